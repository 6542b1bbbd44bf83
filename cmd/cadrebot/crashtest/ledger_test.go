package crashtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"cadrebot/bot"
	"cadrebot/bot/redis"
	"cadrebot/bot/redis/embedded"
)

// ledger is what the store says: at each kill which messages may become
// doubles, and at the end what was recorded.
type ledger struct {
	t      *testing.T
	client func() (goredis.UniversalClient, func())
	own    string // the name of our connections, "" where nobody else has any
	at     site

	kills, nonEmpty, unknown int
	last                     int            // in flight at the last kill
	mayDouble                map[string]int // by "chat lane"
}

func newLedger(t *testing.T, at site, client func() (goredis.UniversalClient, func())) *ledger {
	return &ledger{t: t, client: client, mayDouble: map[string]int{}, at: at}
}

// redisLedger looks into a Redis.
func redisLedger(t *testing.T, at site, addr string) *ledger {
	const name = "the-test"
	c := goredis.NewClient(&goredis.Options{Addr: addr, ClientName: name, MaxRetries: -1})
	t.Cleanup(func() { _ = c.Close() })
	l := newLedger(t, at, func() (goredis.UniversalClient, func()) { return c, func() {} })
	l.own = name
	return l
}

// embeddedLedger looks into a data folder, through the program where one uses it.
func embeddedLedger(t *testing.T, at site, dir func() string) *ledger {
	return newLedger(t, at, func() (goredis.UniversalClient, func()) {
		e, err := embedded.Open(dir())
		if errors.Is(err, embedded.ErrLocked) {
			c, err := embedded.Attach(dir())
			if err != nil {
				t.Fatalf("reach the running store: %v", err)
			}
			return c, func() { _ = c.Close() }
		}
		if err != nil {
			t.Fatalf("open the store after a kill: %v", err)
		}
		return e.Client(), func() { _ = e.Close() }
	})
}

const org = "org"

// killed takes stock after a kill of the program: what is in the outbox, and
// which messages of it may have arrived already.
func (l *ledger) killed() {
	l.t.Helper()
	c, done := l.client()
	defer done()
	if l.own != "" && !eventually(10*time.Second, func() bool { return l.alone(c) }) {
		l.t.Fatal("the connections of a killed program stay open")
	}
	depth := 0
	l.last = 0
	l.pending(c, func(e bot.Entry) {
		depth++
		if e.Flight == 0 {
			return
		}
		l.last++
		if !e.Edit && !l.at.knows {
			l.mayDouble[e.Chat+" "+e.Lane.String()]++
		}
	})
	l.kills++
	l.unknown += l.last
	if depth > 0 {
		l.nonEmpty++
	}
}

// alone reports whether everything that a killed program had sent to Redis has
// been dealt with.
func (l *ledger) alone(c goredis.UniversalClient) bool {
	list, err := c.ClientList(context.Background()).Result()
	if err != nil {
		return false
	}
	for line := range strings.Lines(list) {
		if !strings.Contains(line, " name="+l.own+" ") {
			return false
		}
	}
	return true
}

func (l *ledger) pending(c goredis.UniversalClient, each func(bot.Entry)) {
	l.t.Helper()
	store, err := redis.New(c, org)
	if err == nil {
		err = store.Pending(context.Background(), l.at.channel, func(page []bot.Entry) error {
			for _, e := range page {
				each(e)
			}
			return nil
		})
	}
	if err != nil {
		l.t.Fatalf("read the outbox: %v", err)
	}
}

// empty reports whether the outbox of a running program has run dry.
func (l *ledger) empty() bool {
	c, done := l.client()
	defer done()
	n := 0
	l.pending(c, func(bot.Entry) { n++ })
	return n == 0
}

// facts are how often each person has answered and completed.
type facts struct{ answered, completed int }

// records counts what was recorded, by chat.
func (l *ledger) records(people []int64) map[int64]facts {
	l.t.Helper()
	ctx := context.Background()
	c, done := l.client()
	defer done()
	chats := map[string]int64{}
	for _, chat := range people {
		id, err := c.Get(ctx, "{"+org+"}:link:"+l.at.channel+":"+l.at.chat(chat)).Result()
		if err != nil && !errors.Is(err, goredis.Nil) {
			l.t.Fatalf("whose chat is %d: %v", chat, err)
		}
		chats[id] = chat
	}
	found := map[int64]facts{}
	months, err := c.Keys(ctx, "{"+org+"}:records:[0-9]*").Result()
	if err != nil {
		l.t.Fatalf("find the records: %v", err)
	}
	for _, month := range months {
		list, err := c.XRange(ctx, month, "-", "+").Result()
		if err != nil {
			l.t.Fatalf("read the records: %v", err)
		}
		for _, r := range list {
			who := chats[fmt.Sprint(r.Values["who"])]
			f := found[who]
			switch r.Values["what"] {
			case "answered":
				f.answered++
			case "completed":
				f.completed++
			}
			found[who] = f
		}
	}
	return found
}

// verify compares what people saw with what was recorded, once nothing is under
// way any more. It returns how many messages came twice.
func (c *crowd) verify(t *testing.T, l *ledger) (doubles int) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	var ids []int64
	for id := range c.learners {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	found := l.records(ids)
	for _, id := range ids {
		p := c.learners[id]
		doubles += p.doubles
		c.allow(l, id, bot.Replies, p.doubles-p.again)
		c.check(p, found[id])
	}
	for what, got := range c.broadcast {
		lane := bot.Bulk
		if what == "reminder" {
			lane = bot.Deadlines
		}
		for id := range c.learners {
			doubles += c.once(l, what, id, lane, got[id])
		}
		for _, id := range c.idle {
			doubles += c.once(l, what, id, lane, got[id])
		}
	}
	for i, f := range c.faults {
		if i == 20 {
			t.Errorf("… and %d more", len(c.faults)-i)
			break
		}
		t.Error(f)
	}
	return doubles
}

// allow faults doubles that were not counted as unknown. A ledger without an
// account of chats leaves that to the sum.
func (c *crowd) allow(l *ledger, id int64, lane bot.Lane, doubles int) {
	if l.mayDouble == nil {
		return
	}
	if most := l.mayDouble[l.at.chat(id)+" "+lane.String()]; doubles > most {
		c.fault(id, "%d doubles in the lane of %s, but %d messages were in flight at a kill", doubles, lane, most)
	}
}

func (c *crowd) once(l *ledger, what string, id int64, lane bot.Lane, times int) int {
	if times == 0 {
		c.fault(id, "%s has not come", what)
		return 0
	}
	c.allow(l, id, lane, times-1)
	return times - 1
}

// check adds up the rounds of one learner.
func (c *crowd) check(p *learner, f facts) {
	marks, scores := 0, 0
	for i, r := range p.rounds {
		marks += len(r.marks)
		right := 0
		for n := 1; n <= r.n; n++ {
			mark := r.marks[n]
			if mark == "✅" {
				right++
			}
			if answered := p.answered[turn{r.id, n}]; answered != (mark != "") {
				c.fault(p.id, "question %d of round %d: answered %t, marked %q", n, i, answered, mark)
			}
			if meant := p.meant[turn{r.id, n}]; meant != "" && mark != "" && mark != meant {
				c.fault(p.id, "question %d of round %d: marked %s, but answered so that it is %s", n, i, mark, meant)
			}
		}
		if !r.done && i < len(p.rounds)-1 {
			c.fault(p.id, "round %d has no score", i)
		}
		if r.done {
			scores++
			if r.score != right {
				c.fault(p.id, "the score of round %d is %d, but %d answers were right", i, r.score, right)
			}
		}
	}
	if len(p.answered) != f.answered || marks != f.answered {
		c.fault(p.id, "%d questions answered, %d marked, %d recorded", len(p.answered), marks, f.answered)
	}
	if scores != f.completed {
		c.fault(p.id, "%d scores, %d recorded", scores, f.completed)
	}
	if p.asides > p.stale+greetings {
		c.fault(p.id, "%d words about old buttons for %d presses of them", p.asides, p.stale)
	}
	if p.helped > p.asked || p.helped < p.asked-p.unheard {
		c.fault(p.id, "asked for help %d times (%d of them in vain), and helped %d times", p.asked, p.unheard, p.helped)
	}
}

// greetings are the messages that a learner gets besides: on joining the class,
// and after the first round the question what their work is.
const greetings = 2
