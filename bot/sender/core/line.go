package core

import (
	"cadrebot/bot"
	"time"
)

// Item is an entry of the outbox in the sender's hands. The caller may read the entry
// without a lock from when Pick or Accept has returned it until Done is called.
type Item struct {
	bot.Entry
	line  *line
	tries int
	// doubt is set once a try has ended without an answer.
	doubt bool
	// unmarking is set until the store has taken back its flight mark.
	unmarking bool
	// found is the message that an edit by name means, once it is known: the
	// name may be used again before the edit leaves.
	found string
	began time.Time
}

// line is a queue whose messages keep their order: the new messages of a chat
// in a lane, or the edits of one message. Its head waits out its own delays;
// other lines go on.
type line struct {
	key    lineKey
	chat   *chat
	items  []*Item // the head first; without the one in flight
	flying *Item
	// until is when the head may be tried at the earliest.
	until time.Time
	// place is where the line stands among those that are ready, or waiting:
	// -1 if nowhere.
	place   int
	waiting bool
}

type lineKey struct {
	chat string
	lane bot.Lane
	edit string // the message that is edited; "" for new messages
}

// chat is what the lines of one chat share.
type chat struct {
	name  string
	lines int
	// sending is set while a new message is in flight; next is when the
	// platform takes another.
	sending bool
	next    time.Time
	// paused is until when the platform has refused the chat.
	paused time.Time
	// talked is when the chat last had a reply: a crowd waits for a person.
	talked time.Time
	// recent are the instants of a group's last messages.
	recent []time.Time
	// blocked are the lines that wait for the message in flight.
	blocked []*line
}

// head is the item that is next, or nil.
func (l *line) head() *Item {
	if len(l.items) == 0 {
		return nil
	}
	return l.items[0]
}

func (l *line) pop() *Item {
	it := l.items[0]
	l.items[0] = nil
	l.items = l.items[1:]
	return it
}

// push queues an item by its number: a page of the outbox that is read again
// may bring what others have passed.
func (l *line) push(it *Item) {
	i := len(l.items)
	for i > 0 && l.items[i-1].ID > it.ID {
		i--
	}
	l.items = append(l.items, nil)
	copy(l.items[i+1:], l.items[i:])
	l.items[i] = it
}

// rank orders the heads of lines that are ready, within a lane: deadlines by
// what is lost first, else by age; an edit that answers a press goes a little
// before the message that follows it.
func (l *line) rank() int64 {
	it := l.head()
	switch {
	case it == nil:
		return 0
	case it.Lane == bot.Deadlines && it.NotAfter > 0:
		return it.NotAfter
	case it.Lane == bot.Deadlines:
		return 1 << 62
	case it.Edit:
		return it.At - editLead
	}
	return it.At
}

// editLead is the head start of an edit, in milliseconds: it is what answers a
// press. Beside a crowd, with people who think for one to four seconds, one edit
// in a hundred takes 90 ms with it, and 115 with 150 ms (TestThinkingPeople).
const editLead = 600

// lineHeap holds lines in the order of less.
type lineHeap struct {
	lines []*line
	less  func(a, b *line) bool
}

func (h *lineHeap) Len() int           { return len(h.lines) }
func (h *lineHeap) Less(i, j int) bool { return h.less(h.lines[i], h.lines[j]) }
func (h *lineHeap) Swap(i, j int) {
	h.lines[i], h.lines[j] = h.lines[j], h.lines[i]
	h.lines[i].place, h.lines[j].place = i, j
}
func (h *lineHeap) Push(x any) {
	l := x.(*line)
	l.place = len(h.lines)
	h.lines = append(h.lines, l)
}
func (h *lineHeap) Pop() any {
	last := len(h.lines) - 1
	l := h.lines[last]
	h.lines[last] = nil
	h.lines = h.lines[:last]
	l.place = -1
	return l
}

func byRank(a, b *line) bool {
	ra, rb := a.rank(), b.rank()
	if ra != rb {
		return ra < rb
	}
	return a.head().ID < b.head().ID
}

func byUntil(a, b *line) bool { return a.until.Before(b.until) }
