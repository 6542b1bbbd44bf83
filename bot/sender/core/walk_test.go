package core

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"cadrebot/bot"
)

// What the channel of the walks allows, and how long a post takes there and back.
const (
	walkRate  = 6
	walkEvery = 200 * time.Millisecond
	walkTrip  = 40 * time.Millisecond
)

// TestWalks plays scripts made by chance, and holds each to what is promised of all:
// order, the platform's limits, no message twice without a reason, and an end to
// everything. What fails is printed as a script to be played again.
func TestWalks(t *testing.T) {
	for seed := range uint64(400) {
		w := newWalk(t, seed)
		for range 150 {
			w.step()
		}
		w.end()
		if t.Failed() {
			t.Fatalf("seed %d:\n%s", seed, w.String())
		}
	}
}

// walk is a script in the making, and what is remembered to judge it by.
type walk struct {
	*desk
	random *rand.Rand
	posted []time.Time
	news   map[string]time.Time // a chat's last new message
	order  map[lineKey]int64    // the last message of a line that was taken
	once   map[int64]bool       // posted, and not to be posted again
}

func newWalk(t *testing.T, seed uint64) *walk {
	w := &walk{desk: newDesk(t), random: rand.New(rand.NewPCG(seed, 1)),
		news: map[string]time.Time{}, order: map[lineKey]int64{}, once: map[int64]bool{}}
	w.left, w.taken, w.says = w.judge, w.judgeOrder, w.answerByChance
	w.told(fmt.Sprintf("channel rate=%d every=%v group=20", walkRate, walkEvery))
	w.told("own")
	w.told(fmt.Sprint("platform ", walkTrip))
	return w
}

// told does what a command says, and writes it down.
func (w *walk) told(command string) {
	w.WriteString("> " + command + "\n")
	w.do(command)
}

func (w *walk) step() {
	switch n := w.random.IntN(100); {
	case n < 45:
		w.told("commit " + w.anyEntry())
	case n < 50:
		w.told("commit " + w.anyEntry() + " | " + w.anyEntry() + " | " + w.anyEntry())
	case n < 55:
		w.told("elsewhere " + w.anyEntry())
	case n < 58:
		w.told("refused " + w.anyEntry())
	case n < 60:
		w.told("unheard " + w.anyEntry())
		w.told("read")
	case n < 62:
		clear(w.once)
		w.told("lose")
		w.told("tick " + w.pick("5ms", "1s"))
		w.told("own")
	case n < 64:
		w.told("crossed " + w.anyEntry())
	case n < 66:
		w.told("reading begins")
	case n < 68:
		w.told("reading ends")
	case n < 72:
		w.told("halt f " + w.pick("pause", "on", "on"))
	case n < 74:
		w.told("store " + w.pick("breaks", "works", "works"))
	default:
		w.told("tick " + w.pick("5ms", "40ms", "300ms", "1s", "7s"))
	}
}

// end lets everything come to its end.
func (w *walk) end() {
	w.says = func(*Item) string { return "sent" }
	w.told("halt f on")
	w.told("store works")
	w.told("tick 3h")
	w.s.Tidy(w.now)
	if entries, lines, chats, waited, flying := w.s.Kept(); entries+lines+chats+waited+flying+len(w.outbox) > 0 {
		w.t.Errorf("at the end there are %d entries, %d lines, %d chats, %d names, %d in flight, %d in the outbox",
			entries, lines, chats, waited, flying, len(w.outbox))
	}
}

func (w *walk) anyEntry() string {
	chat := w.pick("chat=a", "chat=b", "chat=c", "chat=g group")
	switch w.random.IntN(10) {
	case 0:
		return chat + " lane=bulk of=f notice"
	case 1:
		return chat + " lane=bulk in=2s of=f notice"
	case 2:
		return chat + " lane=deadlines within=30s reminder"
	case 3:
		return chat + " name=q question"
	case 4:
		return chat + " edit=q named edit"
	case 5, 6:
		return chat + " edit=m7 edit"
	case 7:
		return chat + " drop in=500ms reply"
	}
	return chat + " reply"
}

func (w *walk) pick(of ...string) string { return of[w.random.IntN(len(of))] }

func (w *walk) answerByChance(it *Item) string {
	says := "sent"
	if w.random.IntN(6) == 0 {
		says = w.pick("429 1s", "429 3s", "not taken", "silence", "rejected")
	}
	if says != "sent" && says != "rejected" {
		delete(w.once, it.ID)
	}
	return says
}

// judge looks at a post that begins.
func (w *walk) judge(it *Item) {
	if w.once[it.ID] {
		w.t.Errorf("%d is posted again", it.ID)
	}
	w.once[it.ID] = true
	if time.UnixMilli(it.NotBefore).After(w.now) {
		w.t.Errorf("%d is posted before its time", it.ID)
	}
	// The way there is as long each time, so the platform sees the same distances.
	w.posted = append(w.posted, w.now)
	if n := len(w.posted) - 1 - walkRate; n >= 0 && w.now.Sub(w.posted[n]) < time.Second {
		w.t.Errorf("%d is one too many in a second", it.ID)
	}
	if it.Edit {
		return
	}
	if w.now.Sub(w.news[it.Chat]) < walkEvery {
		w.t.Errorf("%d comes too soon for its chat", it.ID)
	}
	w.news[it.Chat] = w.now
	for _, other := range w.flying {
		if other.Chat == it.Chat && !other.Edit {
			w.t.Errorf("%d and %d are in flight to one chat", it.ID, other.ID)
		}
	}
}

// judgeOrder looks at what the platform took. What was held back takes its place late.
func (w *walk) judgeOrder(it *Item) {
	if it.NotBefore > 0 && it.Lane != bot.Replies {
		return
	}
	k := w.s.keyOf(&it.Entry)
	if it.ID < w.order[k] {
		w.t.Errorf("%d arrives after %d", it.ID, w.order[k])
	}
	w.order[k] = it.ID
}
