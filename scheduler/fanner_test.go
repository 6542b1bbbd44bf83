package scheduler

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"cadrebot/bot"
	"cadrebot/bot/engine"
	"cadrebot/bot/redis"
	"cadrebot/bot/redis/embedded"
)

// note is a dialog that copies a text to everybody, and reads the class that it
// is about.
type note struct{ bot.Dialog }

func (note) Copy(env *bot.Env, job bot.Fanout, to bot.Person) []bot.Effect {
	if _, ok := env.Get(bot.Ref{Kind: bot.ClassRef, ID: job.Object}); !ok {
		return nil
	}
	if to.Name == "panics" {
		panic("on purpose")
	}
	return []bot.Effect{bot.Send{Message: bot.Message{Text: to.ID}}}
}

// mortal is a store that dies after so many commits: the last one is applied or
// not, and nobody hears which.
type mortal struct {
	*redis.Store
	mu     sync.Mutex
	left   int
	answer bool // the last one is applied
}

var errKilled = errors.New("killed")

func (m *mortal) Commit(ctx context.Context, c *bot.Commit) (bot.Receipt, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.left--
	if m.left < 0 || m.left == 0 && !m.answer {
		return bot.Receipt{}, errKilled
	}
	r, err := m.Store.Commit(ctx, c)
	if m.left == 0 {
		return bot.Receipt{}, errKilled
	}
	return r, err
}

func (m *mortal) dead() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.left <= 0
}

func mustStore(t testing.TB) *redis.Store {
	t.Helper()
	e, err := embedded.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	s, err := redis.New(e.Client(), "org")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func mustCommit(t testing.TB, s bot.Store, c *bot.Commit) {
	t.Helper()
	c.Now = time.Now()
	if _, err := s.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

func mustJSON(t testing.TB, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// personAt is the i-th member: every 50th has blocked the bot, every 70th has
// said stop, every 90th can't be dealt with.
func personAt(i int, channel string) (bot.Person, bool) {
	p := bot.Person{ID: "p" + strconv.Itoa(i), Addresses: []bot.Address{{Channel: channel, Chat: strconv.Itoa(i), Gone: i%50 == 0}}, Stopped: i%70 == 0}
	if i%90 == 0 {
		p.Name = "panics"
	}
	return p, i%50 != 0 && i%70 != 0 && i%90 != 0
}

// populate makes an audience of n, a class, and a fan-out to them. It returns
// how many are to get a copy.
func populate(t testing.TB, s bot.Store, n int, channel string, job bot.Fanout) (reached int) {
	t.Helper()
	for from := 0; from < n; from += 500 {
		c := &bot.Commit{}
		for i := from; i < min(n, from+500); i++ {
			p, ok := personAt(i, channel)
			if ok {
				reached++
			}
			c.Puts = append(c.Puts, bot.PutThing{Ref: bot.Ref{Kind: bot.PersonRef, ID: p.ID}, Data: mustJSON(t, p)})
			c.Members = append(c.Members, bot.Member{Audience: job.Audience, Person: p.ID})
		}
		mustCommit(t, s, c)
	}
	things, err := s.Load(t.Context(), bot.Ref{Kind: bot.MembersRef, ID: job.Audience})
	if err != nil {
		t.Fatal(err)
	}
	var m bot.Members
	if err := json.Unmarshal(things[0].Data, &m); err != nil {
		t.Fatal(err)
	}
	job.Total, job.Upto, job.State, job.Object = m.N, m.Upto, bot.JobRunning, "class"
	mustCommit(t, s, &bot.Commit{Puts: []bot.PutThing{
		{Ref: bot.Ref{Kind: bot.ClassRef, ID: "class"}, Data: []byte("{}")},
		{Ref: bot.Ref{Kind: bot.FanoutRef, ID: job.ID}, Data: mustJSON(t, job)},
	}})
	return reached
}

func readJob(t testing.TB, s bot.Store, id string) (bot.Fanout, bot.Thing) {
	t.Helper()
	things, err := s.Load(t.Context(), bot.Ref{Kind: bot.FanoutRef, ID: id})
	if err != nil {
		t.Fatal(err)
	}
	var job bot.Fanout
	if err := json.Unmarshal(things[0].Data, &job); err != nil {
		t.Fatal(err)
	}
	return job, things[0]
}

// copiesOf counts the copies in the outbox by person.
func copiesOf(t testing.TB, s *redis.Store, channel string) map[string]int {
	t.Helper()
	got := map[string]int{}
	err := s.Pending(t.Context(), channel, func(page []bot.Entry) error {
		for _, e := range page {
			if e.Message.Text != e.Person {
				return fmt.Errorf("%s gets the copy of %s", e.Person, e.Message.Text)
			}
			got[e.Person]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// newLoop wires a loop and an engine on stores that may die.
func newLoop(s Store, commits bot.Store, c bot.Channel, now func() time.Time) *Loop {
	log := slog.New(slog.DiscardHandler)
	engine := engine.New(commits, note{}, nil, engine.NewMetrics(prometheus.NewRegistry()), log)
	return New(Config{Store: s, Engine: engine, Copier: note{}, Channels: []bot.Channel{c}, Instance: "i", Now: now, Log: log})
}

// TestEveryMemberOnce: two fanners work at once, and each dies again and again
// in the middle.
func TestEveryMemberOnce(t *testing.T) {
	s := mustStore(t)
	const n = 1900
	job := bot.Fanout{ID: "f", What: "notice", Audience: "everyone", Lane: bot.Bulk}
	reached := populate(t, s, n, "chat", job)
	var two sync.WaitGroup
	for seed := range uint64(2) {
		dice := rand.New(rand.NewPCG(seed, 7))
		two.Go(func() {
			for t.Context().Err() == nil {
				if job, _ := readJob(t, s, "f"); job.State != bot.JobRunning {
					return
				}
				m := &mortal{Store: s, left: 1 + dice.IntN(4), answer: dice.IntN(2) == 0}
				l := newLoop(s, m, bot.Channel{Name: "chat"}, time.Now)
				ctx, cancel := context.WithCancel(t.Context())
				for !m.dead() && ctx.Err() == nil {
					moved, running, _ := l.fanner.round(ctx)
					if !moved && !running {
						break
					}
					if dice.IntN(6) == 0 {
						cancel() // told to end in between
					}
				}
				cancel()
			}
		})
	}
	two.Wait()
	done, _ := readJob(t, s, "f")
	if done.Copies != reached || done.Skipped != n-reached || done.State != bot.JobFanned {
		t.Errorf("job %+v: want %d copies and %d skipped", done, reached, n-reached)
	}
	got := copiesOf(t, s, "chat")
	for i := range n {
		p, ok := personAt(i, "chat")
		if want := map[bool]int{true: 1}[ok]; got[p.ID] != want {
			t.Errorf("%s has %d copies, want %d", p.ID, got[p.ID], want)
		}
	}
	if ids, err := s.Fanouts(t.Context()); err != nil || len(ids) > 0 {
		t.Errorf("still under way: %v, %v", ids, err)
	}
}

// TestFanOutStopsAtTheMark: the outbox holds what ten seconds carry, however
// large the audience.
func TestFanOutStopsAtTheMark(t *testing.T) {
	s := mustStore(t)
	populate(t, s, 1500, "chat", bot.Fanout{ID: "f", Audience: "everyone", Lane: bot.Deadlines})
	c := bot.Channel{Name: "chat", Limits: bot.Limits{PerSecond: 30}}
	l := newLoop(s, s, c, time.Now)
	fan := func() {
		for {
			moved, _, err := l.fanner.round(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if !moved {
				return
			}
		}
	}
	fan()
	waiting := copiesOf(t, s, "chat")
	if len(waiting) < mark(c) || len(waiting) >= mark(c)+fanPage {
		t.Fatalf("%d entries wait, the mark is %d", len(waiting), mark(c))
	}
	total := 0
	for range 20 {
		total += len(waiting)
		release(t, s, "chat")
		fan()
		if waiting = copiesOf(t, s, "chat"); len(waiting) >= mark(c)+fanPage {
			t.Fatalf("%d entries wait, the mark is %d", len(waiting), mark(c))
		}
	}
	if job, _ := readJob(t, s, "f"); job.State != bot.JobFanned || job.Copies != total {
		t.Errorf("job %+v; %d copies were seen", job, total)
	}
}

// release ends everything in the outbox.
func release(t testing.TB, s *redis.Store, channel string) {
	t.Helper()
	c := &bot.Commit{}
	err := s.Pending(t.Context(), channel, func(page []bot.Entry) error {
		for _, e := range page {
			c.Release = append(c.Release, bot.Release{Channel: channel, Lane: e.Lane, ID: e.ID, Fanout: e.Fanout, What: "sent"})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	mustCommit(t, s, c)
}

func TestFanOutObeysItsState(t *testing.T) {
	s := mustStore(t)
	populate(t, s, 450, "chat", bot.Fanout{ID: "f", Audience: "everyone", Lane: bot.Bulk})
	l := newLoop(s, s, bot.Channel{Name: "chat"}, time.Now)
	round := func() (moved, running bool) {
		moved, running, err := l.fanner.round(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return moved, running
	}
	set := func(state bot.JobState) int {
		job, thing := readJob(t, s, "f")
		job.State = state
		mustCommit(t, s, &bot.Commit{Puts: []bot.PutThing{{Ref: thing.Ref, Rev: thing.Rev, Data: mustJSON(t, job)}}})
		return job.Copies
	}
	round()
	before := set(bot.JobPaused)
	if moved, running := round(); moved || running || len(copiesOf(t, s, "chat")) != before {
		t.Error("a paused fan-out moves")
	}
	set(bot.JobRunning)
	if moved, _ := round(); !moved {
		t.Error("a resumed fan-out does not move")
	}
	before = set(bot.JobCancelled)
	round()
	if n := len(copiesOf(t, s, "chat")); n != before {
		t.Errorf("a cancelled fan-out goes on: %d copies, %d before", n, before)
	}
}

// TestFanOutPausedMeanwhile: a page that was made before somebody paused is not
// committed.
func TestFanOutPausedMeanwhile(t *testing.T) {
	s := mustStore(t)
	populate(t, s, 300, "chat", bot.Fanout{ID: "f", Audience: "everyone", Lane: bot.Bulk})
	l := newLoop(s, s, bot.Channel{Name: "chat"}, time.Now)
	job, thing := readJob(t, s, "f")
	paused := job
	paused.State = bot.JobPaused
	mustCommit(t, s, &bot.Commit{Puts: []bot.PutThing{{Ref: thing.Ref, Rev: thing.Rev, Data: mustJSON(t, paused)}}})
	if _, err := l.fanner.page(t.Context(), thing, job, nil); err != nil {
		t.Fatal(err)
	}
	if n := len(copiesOf(t, s, "chat")); n != 0 {
		t.Errorf("%d copies of a paused fan-out", n)
	}
}

func TestFanOutThatLostItsSense(t *testing.T) {
	s := mustStore(t)
	now := time.Now()
	populate(t, s, 120, "chat", bot.Fanout{ID: "f", Audience: "everyone", Lane: bot.Deadlines, NotAfter: now.Add(time.Hour).UnixMilli()})
	l := newLoop(s, s, bot.Channel{Name: "chat"}, func() time.Time { return now.Add(2 * time.Hour) })
	if _, _, err := l.fanner.round(t.Context()); err != nil {
		t.Fatal(err)
	}
	if job, _ := readJob(t, s, "f"); job.State != bot.JobFanned || job.Copies != 0 || job.Skipped != 120 {
		t.Errorf("job %+v", job)
	}
}

// What is held counts apart also where the rest is not to be told any more.
func TestWhatIsHeldOfAFanOutThatLostItsSense(t *testing.T) {
	s := mustStore(t)
	now := time.Now()
	populate(t, s, 120, "chat", bot.Fanout{ID: "f", Audience: "everyone", Lane: bot.Deadlines, NotAfter: now.Add(time.Hour).UnixMilli(), Copies: 50, Held: 40})
	l := newLoop(s, s, bot.Channel{Name: "chat"}, func() time.Time { return now.Add(2 * time.Hour) })
	if _, _, err := l.fanner.round(t.Context()); err != nil {
		t.Fatal(err)
	}
	if job, _ := readJob(t, s, "f"); job.Copies+job.Held+job.Skipped != 120 {
		t.Errorf("the numbers do not add up: %+v", job)
	}
}

// TestHeldCopiesAreTimersOfTheirReaders: who is not to be disturbed gets a timer
// in the same commit as the others get their copies, counted apart from both.
func TestHeldCopiesAreTimersOfTheirReaders(t *testing.T) {
	s := mustStore(t)
	const n = 250
	reached := populate(t, s, n, "chat", bot.Fanout{ID: "f", Audience: "everyone", Lane: bot.Bulk})
	at := time.Now().Add(time.Hour).Truncate(time.Millisecond)
	l := newLoop(s, s, bot.Channel{Name: "chat"}, time.Now)
	l.Copier = sleepers{at}
	for {
		if moved, _, err := l.fanner.round(t.Context()); err != nil {
			t.Fatal(err)
		} else if !moved {
			break
		}
	}
	due, err := s.Due(t.Context(), at, n)
	if err != nil {
		t.Fatal(err)
	}
	for _, ev := range due {
		if ev.Timer != "held:f" || ev.Target.Kind != bot.ConversationRef || ev.Due != at.UnixMilli() {
			t.Errorf("a timer: %+v", ev)
		}
	}
	job, _ := readJob(t, s, "f")
	if job.Held != len(due) || job.Held == 0 || job.Copies != len(copiesOf(t, s, "chat")) || job.Copies+job.Held != reached || job.Skipped != n-reached {
		t.Errorf("job %+v with %d timers; want %d reached", job, len(due), reached)
	}
}

// sleepers copies to everybody else, and holds every third copy.
type sleepers struct{ at time.Time }

func (c sleepers) Copy(env *bot.Env, job bot.Fanout, to bot.Person) []bot.Effect {
	if i, _ := strconv.Atoi(to.ID[1:]); i%3 == 0 && to.Name != "panics" {
		return []bot.Effect{bot.SetWake{Timer: "held:" + job.ID, At: c.at}}
	}
	return note{}.Copy(env, job, to)
}
