package core

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
)

// desk is what a sender is in a script: a State with a clock, a store and a platform
// that do as they are told.
type desk struct {
	strings.Builder
	t          *testing.T
	s          *State
	now, begun time.Time
	again      time.Time // when to look again
	epoch, ids int64
	outbox     map[int64]*bot.Entry
	pauses     map[string]int64
	halts      map[string]bot.HaltKind
	flying     map[int64]*Item
	former     map[int64]*Item // in flight when the lease was lost
	broken     bool            // the store marks nothing
	reading    Reading
	page       []bot.Entry   // what the reading has found
	trip       time.Duration // after which the platform answers by itself
	answers    []answer
	posts      map[bot.Lane]int   // if not nil, posts are counted instead of told
	says       func(*Item) string // what the platform answers by itself
	left       func(*Item)        // is told of each post
	taken      func(*Item)        // and of each that the platform took
}

type answer struct {
	at time.Time
	it *Item
}

func newDesk(t *testing.T) *desk {
	begun := time.UnixMilli(1_000_000_000)
	d := &desk{t: t, now: begun, begun: begun, outbox: map[int64]*bot.Entry{}, pauses: map[string]int64{},
		halts: map[string]bot.HaltKind{}, flying: map[int64]*Item{},
		says: func(*Item) string { return "sent" }, left: func(*Item) {}, taken: func(*Item) {}}
	d.s = New(bot.Channel{Name: "tg"})
	return d
}

// do carries out one command:
//
//	channel rate=30 every=1s group=20 in-order
//	                  the platform's limits: posts a second, a chat's pause between
//	                  new messages, a group's messages a minute
//	own               this instance gets the lease and reads the outbox
//	lose              the store says that another instance has the lease
//	store breaks, store works
//	                  entries can't be marked as in flight, and can again
//	commit OPTIONS text | OPTIONS text
//	                  entries are committed here, in one commit: chat=a
//	                  lane=replies, edit=m1 (of a message) or edit=name, name=q,
//	                  in=1h (not before), within=2h (not after), of=f (a fan-out's),
//	                  group, drop (never twice)
//	crowd 40 OPTIONS text
//	                  the same to 40 chats, a commit each
//	refused OPTIONS text
//	                  a commit that the store refuses
//	unheard OPTIONS text
//	                  a commit of which the store's answer is lost
//	crossed OPTIONS text
//	                  a commit that a reading of the outbox sees before the
//	                  store's answer comes
//	read              the outbox is read
//	reading begins, reading ends
//	                  the same, with time for other things between them
//	elsewhere OPTIONS text
//	                  another instance commits
//	tick 40ms         time passes
//	count 1s          the same; posts are counted, not told
//	platform 50ms     from now on each post is answered after 50ms
//	answer 1 sent m1 | 429 3s | not taken | silence | gone | moved b | rejected
//	                  the platform answers the post of an entry; "silence" is a
//	                  post of which nobody knows whether it arrived
//	late 1 sent       the same, for a post that began under a former lease
//	halt f pause      a fan-out is halted: pause, cancel or on
//	forget a          a chat is forgotten, and what the outbox held for it
//	state             what is in memory
func (d *desk) do(command string) {
	name, rest, _ := strings.Cut(command, " ")
	args := strings.Fields(rest)
	switch name {
	case "channel":
		d.channel(args)
	case "own":
		d.own()
	case "lose":
		lease, _ := d.s.Lease()
		d.s.Lose(lease)
		d.s.Refused()
		d.former, d.flying, d.answers = d.flying, map[int64]*Item{}, nil
	case "store":
		d.broken = rest == "breaks"
	case "commit":
		d.commit(rest, func() {})
	case "crossed":
		d.commit(rest, d.read)
	case "refused":
		entries := d.entries(rest)
		if lease, fly, ok := d.s.Reserve(entries, d.now); ok {
			d.s.Cancel(lease, entries, fly, d.now)
		}
	case "unheard":
		entries := d.entries(rest)
		lease, fly, _ := d.s.Reserve(entries, d.now)
		for i := range entries {
			d.store(&entries[i], fly[i], lease)
		}
		d.s.Cancel(lease, entries, fly, d.now)
		d.s.Missed()
	case "read":
		d.read()
	case "reading":
		if rest == "begins" {
			d.beginReading()
		} else {
			d.endReading()
		}
	case "crowd":
		n, rest, _ := strings.Cut(rest, " ")
		for i := range d.number(n) {
			d.commit(strings.Replace(rest, "chat=", fmt.Sprintf("chat=%02d", i+1), 1), func() {})
		}
	case "elsewhere":
		e := d.entry(rest)
		d.store(&e, false, bot.Lease{})
		d.s.Came(bot.Lease{Channel: "tg", Epoch: d.epoch}, []bot.Entry{e}, d.now)
	case "tick":
		d.tick(d.span(args[0]))
	case "count":
		d.posts = map[bot.Lane]int{}
		d.tick(d.span(args[0]))
		d.say("posted %d replies, %d deadlines, %d bulk", d.posts[bot.Replies], d.posts[bot.Deadlines], d.posts[bot.Bulk])
		d.posts = nil
	case "platform":
		d.trip = d.span(args[0])
	case "answer":
		it := d.flying[int64(d.number(args[0]))]
		if it == nil {
			d.t.Fatalf("%s: not in flight", command)
		}
		d.answer(it, d.outcome(it, args[1:]))
	case "late":
		it := d.former[int64(d.number(args[0]))]
		if !d.s.Done(it, d.outcome(it, args[1:]), true, d.now, d.now) {
			d.say("the answer to %d means nothing any more", it.ID)
		}
	case "halt":
		how := bot.HaltKind(strings.Replace(args[1], "on", "", 1))
		d.halts[args[0]] = how
		d.s.Halt(bot.Halt{Fanout: args[0], How: how}, d.now)
	case "forget":
		maps.DeleteFunc(d.outbox, func(_ int64, e *bot.Entry) bool { return e.Chat == args[0] })
		d.s.ForgetChat(args[0], d.now)
	case "state":
		d.state()
	default:
		d.t.Fatalf("what is %q?", command)
	}
	d.look()
}

// look does what the sender asks for until it asks for nothing more.
func (d *desk) look() {
	for {
		batch, again := d.s.Pick(d.now)
		if !again.IsZero() && !again.After(d.now) {
			d.t.Fatalf("at %v it wants to look again at %v", d.since(d.now), d.since(again))
		}
		d.again = again
		lease, _ := d.s.Lease()
		if d.broken && len(batch) > 0 {
			d.s.Unclaimed(lease, batch, d.now)
			batch = nil
		}
		for _, it := range batch {
			if e := d.outbox[it.ID]; e == nil {
				d.s.Vanished(it, d.now)
			} else {
				e.Flight = lease.Epoch
				d.post(it)
			}
		}
		out := d.s.Output()
		d.acknowledge()
		if out.Unknown > 0 {
			d.say("%d in doubt", out.Unknown)
		}
		if out.Was != 0 {
			d.say("lost lease %d", out.Was)
		}
		if !out.Look && len(batch) == 0 {
			return
		}
	}
}

func (d *desk) tick(span time.Duration) {
	for end := d.now.Add(span); d.now.Before(end); {
		next := end
		if !d.again.IsZero() && d.again.Before(next) {
			next = d.again
		}
		if len(d.answers) > 0 && d.answers[0].at.Before(next) {
			next = d.answers[0].at
		}
		d.now = next
		for len(d.answers) > 0 && !d.answers[0].at.After(d.now) {
			it := d.answers[0].it
			d.answers = d.answers[1:]
			d.answer(it, d.outcome(it, strings.Fields(d.says(it))))
		}
		d.look()
	}
}

func (d *desk) post(it *Item) {
	if !d.s.Begin(it, d.now) {
		d.say("%d does not leave", it.ID)
		return
	}
	d.left(it)
	d.flying[it.ID] = it
	switch target := it.Entry.Target; {
	case d.posts != nil:
		d.posts[it.Lane]++
	case it.Edit:
		d.say("posts %d to %s, instead of %s: %s", it.ID, it.Chat, cmp.Or(target, d.s.Target(it), "what the store finds"), it.Message.Text)
	default:
		d.say("posts %d to %s: %s", it.ID, it.Chat, it.Message.Text)
	}
	if d.trip > 0 {
		d.answers = append(d.answers, answer{d.now.Add(d.trip), it})
	}
}

func (d *desk) answer(it *Item, o bot.Outcome) {
	delete(d.flying, it.ID)
	if o.Status == bot.Sent {
		d.taken(it)
	}
	if it.Handle == "" && o.Status == bot.Sent {
		o.Message = ""
	}
	d.s.Done(it, o, true, d.now, d.now)
}

// acknowledge tells the store what it is to be told.
func (d *desk) acknowledge() {
	acks := d.s.Acks(1000)
	d.s.Acknowledged(acks, true)
	for _, a := range acks {
		switch {
		case a.Pause != nil && a.Pause.Until.IsZero():
			delete(d.pauses, a.Pause.Chat)
		case a.Pause != nil:
			d.pauses[a.Pause.Chat] = a.Pause.Until.UnixMilli()
			d.say("%s is paused until %s", cmp.Or(a.Pause.Chat, "the channel"), d.since(a.Pause.Until))
		case a.Keep:
			if e := d.outbox[a.Item.ID]; e != nil {
				e.Flight = 0
			}
		default:
			delete(d.outbox, a.Item.ID)
			if a.What != "sent" {
				d.say("%d is %s", a.Item.ID, a.What)
			}
		}
	}
}

// own takes the lease as the next owner.
func (d *desk) own() {
	d.epoch++
	until := d.now.Add(time.Hour)
	if lease := (bot.Lease{Channel: "tg", Epoch: d.epoch}); !d.s.Renewed(lease, until) {
		d.s.Take(d.pauses, d.halts, until, d.now)
	}
	d.read()
}

func (d *desk) read() {
	d.beginReading()
	d.endReading()
}

// beginReading reads the newest entry first: order must not depend on that of reading.
func (d *desk) beginReading() {
	d.reading, _ = d.s.Read()
	d.page = nil
	for _, e := range d.outbox {
		d.page = append(d.page, *e)
	}
	slices.SortFunc(d.page, func(a, b bot.Entry) int { return cmp.Compare(b.ID, a.ID) })
}

func (d *desk) endReading() {
	d.s.Page(d.reading, d.page, d.now)
	d.s.Loaded(d.reading)
}

func (d *desk) store(e *bot.Entry, marked bool, lease bot.Lease) {
	d.ids++
	e.ID, e.At = d.ids, d.now.UnixMilli()
	stored := *e
	if marked {
		stored.Flight = lease.Epoch
	}
	d.outbox[e.ID] = &stored
}

// commit commits entries; before their committer hears of it, meanwhile happens.
func (d *desk) commit(list string, meanwhile func()) {
	entries := d.entries(list)
	lease, fly, ok := d.s.Reserve(entries, d.now)
	r := bot.Receipt{Flying: fly}
	for i := range entries {
		d.store(&entries[i], ok && fly[i], lease)
		r.IDs = append(r.IDs, d.ids)
	}
	meanwhile()
	if !ok {
		return
	}
	for _, it := range d.s.Accept(lease, entries, fly, r, d.now) {
		d.post(it)
	}
}

func (d *desk) say(format string, args ...any) {
	fmt.Fprintf(d, "%-7s %s\n", d.since(d.now), fmt.Sprintf(format, args...))
}

func (d *desk) since(t time.Time) string { return t.Sub(d.begun).Round(time.Microsecond).String() }

func (d *desk) span(s string) time.Duration {
	span, err := time.ParseDuration(s)
	if err != nil {
		d.t.Fatal(err)
	}
	return span
}

func (d *desk) number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		d.t.Fatal(err)
	}
	return n
}
