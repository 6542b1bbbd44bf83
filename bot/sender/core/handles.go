package core

import "slices"

// handleBook knows which message of a chat was sent under which name, as long
// as it is recent, and who waits for a name whose message has not left yet. A
// name may be used again: an edit means the newest message that was committed
// before it.
type handleBook struct {
	known   map[string][]named
	order   []string
	coming  map[string][]int64 // entries that have yet to be sent
	waiters map[string][]*line
}

// named is a message of a name: under which entry it left, and how the platform
// calls it.
type named struct {
	entry   int64
	message string
}

// namesakes is how many messages of one name are kept, the newest first: an
// edit may come late, when the name has been used again.
const namesakes = 3

// handlesKept is how many names are kept in memory; the store has them all.
const handlesKept = 10_000

// reset forgets what is to come, but not what was sent: that may not be in the
// store yet.
func (h *handleBook) reset() {
	h.coming, h.waiters = map[string][]int64{}, map[string][]*line{}
	if h.known == nil {
		h.forget()
	}
}

// forget forgets what was sent, too: somebody else may have sent since.
func (h *handleBook) forget() { h.known, h.order = map[string][]named{}, nil }

func handleKey(chat, name string) string { return chat + " " + name }

// expect notes that a new message will have a name.
func (h *handleBook) expect(it *Item) {
	if it.Handle != "" && !it.Edit {
		k := handleKey(it.Chat, it.Handle)
		h.coming[k] = append(h.coming[k], it.ID)
	}
}

// pending reports whether an edit has to wait for the message it names, and
// lets its line wait.
func (h *handleBook) pending(it *Item, l *line) bool {
	k := handleKey(it.Chat, it.Handle)
	if !slices.ContainsFunc(h.coming[k], func(id int64) bool { return id < it.ID }) {
		return false
	}
	h.waiters[k] = append(h.waiters[k], l)
	return true
}

// between reports whether a message with the name may have been committed
// between two edits by that name: then they are edits of two messages. It is
// certain that none was only where what came before the edits is still known.
func (h *handleBook) between(a, b *Item) bool {
	if a.Target != "" || a.Handle == "" {
		return false
	}
	k, before := handleKey(a.Chat, a.Handle), false
	is := func(id int64) bool {
		before = before || id < a.ID
		return a.ID < id && id < b.ID
	}
	return slices.ContainsFunc(h.known[k], func(n named) bool { return is(n.entry) }) ||
		slices.ContainsFunc(h.coming[k], is) || !before
}

// learn notes under which identifier the platform keeps a message, "" if it
// came to nothing, and returns the lines that may have waited for it.
func (h *handleBook) learn(it *Item, message string) []*line {
	if it.Handle == "" || it.Edit {
		return nil
	}
	k := h.leave(it, it.Chat)
	if message != "" {
		h.keep(k, it.ID, message)
	}
	free := h.waiters[k]
	delete(h.waiters, k)
	for _, l := range free {
		for _, other := range l.items {
			h.pin(other)
		}
	}
	return free
}

// leave notes that an entry is not coming any more under its name in a chat.
func (h *handleBook) leave(it *Item, chat string) string {
	k := handleKey(chat, it.Handle)
	left := slices.DeleteFunc(h.coming[k], func(id int64) bool { return id == it.ID })
	if len(left) == 0 {
		delete(h.coming, k)
	} else {
		h.coming[k] = left
	}
	return k
}

// moved notes that an entry has another chat than before.
func (h *handleBook) moved(it *Item, from string) {
	if it.Handle != "" && !it.Edit {
		delete(h.waiters, h.leave(it, from))
		h.expect(it)
	}
}

func (h *handleBook) keep(k string, entry int64, message string) {
	list, known := h.known[k]
	if !known {
		h.order = append(h.order, k)
	}
	h.known[k] = append([]named{{entry, message}}, list[:min(len(list), namesakes-1)]...)
	if len(h.order) > handlesKept {
		delete(h.known, h.order[0])
		h.order = h.order[1:]
	}
}

// pin settles which message an edit means, if that has left already.
func (h *handleBook) pin(it *Item) {
	if !it.Edit || it.Target != "" || it.found != "" {
		return
	}
	k := handleKey(it.Chat, it.Handle)
	if !slices.ContainsFunc(h.coming[k], func(id int64) bool { return id < it.ID }) {
		it.found = h.find(it)
	}
}

// find returns the message that an edit names, or "" if only the store may
// know it.
func (h *handleBook) find(it *Item) string {
	for _, n := range h.known[handleKey(it.Chat, it.Handle)] {
		if n.entry < it.ID {
			return n.message
		}
	}
	return ""
}
