package crashtest

import (
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"cadrebot/bot/redis/redistest"
	"cadrebot/dialogs/recall"
)

// school is a program with a course of its own, the people who learn there, and
// the hand that kills.
type school struct {
	t       *testing.T
	fake    stage
	traffic func() (made, pending int) // of what people did
	home    *installation
	desk    *desk
	ledger  *ledger
	store   string // the folder in which the store lives
	rng     *rand.Rand
	readers *readers
	leavers *leavers
	daily   *daily
}

func newSchool(t *testing.T, readers, leavers, daily int, env ...string) *school {
	seed := seedOf(t)
	courses, err := filepath.Abs("testdata/courses")
	if err != nil {
		t.Fatal(err)
	}
	m := newMessenger(t, seed, 5*time.Millisecond)
	s := &school{t: t, fake: m, traffic: m.settled, desk: newDesk(t, m), rng: rand.New(rand.NewPCG(seed, 9))}
	s.home = install(t, delivered, m, append(env, "CADREBOT_CONTENT="+courses)...)
	s.readers = newReaders(m, seed, readers)
	s.leavers = newLeavers(m, leavers)
	s.daily = newDaily(m, daily)
	return s
}

// open starts the program and makes a class that everybody joins.
func (s *school) open() {
	s.t.Helper()
	s.fake.OnSend(func(call sight) {
		_ = s.readers.saw(call) || s.leavers.saw(call) || s.daily.saw(call)
	})
	s.home.start()
	code := s.desk.class(time.Now().Add(6 * time.Hour))
	for id := range s.readers.all {
		s.fake.Say(id, "/start "+code)
	}
	s.readers.begin()
	s.daily.begin()
	if !eventually(20*time.Second, s.daily.set) {
		s.t.Fatal("the daily times are not set")
	}
	s.leavers.begin(code)
}

// kills kills the program and starts it again, so often.
func (s *school) kills(n int) {
	s.t.Helper()
	for kill := range n {
		before := s.readers.moves.Load()
		if !eventually(20*time.Second, func() bool { return s.readers.moves.Load() > before+int64(len(s.readers.all)) }) {
			s.readers.mu.Lock()
			defer s.readers.mu.Unlock()
			s.readers.tell(s.t)
			s.t.Fatal("nobody gets on")
		}
		<-time.After(time.Duration(s.rng.IntN(600)) * time.Millisecond)
		s.home.kill()
		s.ledger.killed()
		if kill == 0 {
			s.leavers.look(s.t, s.ledger)
		}
		s.leavers.leave(1 + len(s.leavers.all)/n)
		if kill%3 == 1 && s.daily.told() {
			s.daily.fallDue(s.t, s.ledger)
		}
		s.home.start()
	}
}

// close lets everybody finish their step and compares all with the store.
func (s *school) close(began time.Time, day int) {
	t := s.t
	t.Helper()
	s.leavers.leave(len(s.leavers.all))
	if !eventually(20*time.Second, s.leavers.gone) || !eventually(20*time.Second, s.daily.told) {
		t.Errorf("all who leave are gone: %t; all daily rounds have come: %t", s.leavers.gone(), s.daily.told())
	}
	if !eventually(time.Minute, s.readers.busy) {
		t.Error("too little has happened for this to say anything")
	}
	if !s.readers.hold() || !s.readers.onward() {
		t.Error("not all readers can go on")
	}
	if !eventually(30*time.Second, func() bool { _, pending := s.traffic(); return pending == 0 && s.ledger.empty() }) {
		_, pending := s.traffic()
		t.Errorf("%d updates wait, and the outbox is dry: %t", pending, s.ledger.empty())
	}
	s.home.stop()
	doubles := s.readers.verify(t, s.ledger, day)
	s.leavers.verify(t, s.ledger, s.store)
	s.daily.verify(t, s.ledger)
	answers, lessons := s.readers.done()
	t.Logf("%d kills in %s; %d readers made %d moves, gave %d answers and finished %d lessons; %d in flight at kills, %d doubles",
		s.ledger.kills, time.Since(began).Round(time.Second), len(s.readers.all), s.readers.moves.Load(), answers, lessons, s.ledger.unknown, doubles)
	if s.ledger.unknown == 0 {
		t.Error("no kill found anything in flight")
	}
}

// TestKillsInLessons kills the program while people go through lessons and
// answer every kind of question, others have themselves erased, and daily
// rounds fall due.
func TestKillsInLessons(t *testing.T) {
	server := redistest.Start(t)
	s := newSchool(t, 40, 20, 20, "CADREBOT_REDIS_URL=redis://"+server.Addr())
	s.ledger, s.store = redisLedger(t, onTelegram, server.Addr()), server.Dir()
	s.open()
	began, day := time.Now(), recall.DayOf(time.Now().UTC())
	s.kills(killsOf(t, 12))
	s.close(began, day)
}

// TestKillsInLessonsOnTheEmbeddedStore is the same without a Redis.
func TestKillsInLessonsOnTheEmbeddedStore(t *testing.T) {
	s := newSchool(t, 10, 5, 5)
	s.ledger, s.store = embeddedLedger(t, onTelegram, func() string { return s.home.data }), s.home.data
	s.open()
	began, day := time.Now(), recall.DayOf(time.Now().UTC())
	s.kills(killsOf(t, 5))
	s.close(began, day)
}
