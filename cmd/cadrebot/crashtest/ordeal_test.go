package crashtest

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"
)

// ordeal is a crowd, a program and the hand that kills.
type ordeal struct {
	t       *testing.T
	traffic func() (made, pending int) // of what people did
	home    *installation
	others  []*installation
	crowd   *crowd
	desk    *desk
	ledger  *ledger
	rng     *rand.Rand
	due     time.Time // when the reminder falls due

	planned int // kills, where more follow until enough have met something
	notices int
	begun   time.Time
	updates int
}

// seedOf is the seed of a test, which CADREBOT_CRASH_SEED repeats.
func seedOf(t *testing.T) uint64 {
	seed := uint64(time.Now().UnixNano())
	if text := os.Getenv("CADREBOT_CRASH_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("CADREBOT_CRASH_SEED=%d repeats this", seed)
	return seed
}

// killsOf is how many kills a test makes.
func killsOf(t *testing.T, usual int) int {
	if text := os.Getenv("CADREBOT_CRASH_KILLS"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	return usual
}

// gather starts the program, makes a class whose reminder will fall due in the
// middle, and has everybody join it.
func (o *ordeal) gather(least time.Duration) {
	o.t.Helper()
	o.home.start()
	o.due = dueAt(least)
	code := o.desk.class(o.due.Add(time.Hour))
	before := o.crowd.seen.Load()
	o.crowd.everyone("/start " + code)
	all := int64(len(o.crowd.learners) + len(o.crowd.idle))
	if !eventually(30*time.Second, func() bool { return o.crowd.seen.Load()-before >= all }) {
		o.t.Fatalf("%d of %d people have joined the class", o.crowd.seen.Load()-before, all)
	}
	o.crowd.begin()
	o.learning()
}

// learning notes where learning begins.
func (o *ordeal) learning() {
	o.begun = time.Now()
	o.updates, _ = o.traffic()
}

// moment waits for the instant of the next kill: some time after the program has
// come back to life, sometimes before, and sometimes while many are being told.
func (o *ordeal) moment(kill int) {
	before := o.crowd.seen.Load()
	pause := time.Duration(o.rng.IntN(250)) * time.Millisecond
	if o.rng.Float64() < 0.85 {
		eventually(10*time.Second, func() bool { return o.crowd.seen.Load() > before || !o.home.alive() })
		pause = time.Duration(50+o.rng.IntN(700)) * time.Millisecond
	}
	what := ""
	if kill%15 == 5 && o.desk != nil {
		o.notices++
		what = noticeMark + strconv.Itoa(o.notices)
		go o.desk.notice(what)
	} else if until := time.Until(o.due); until > 0 && until < 800*time.Millisecond {
		what = "reminder"
	}
	if what != "" {
		some := 1 + o.rng.IntN(len(o.crowd.idle))
		eventually(3*time.Second, func() bool { return o.crowd.heard(what) >= some })
		return
	}
	<-time.After(pause)
}

// arrived reports whether nothing is on its way any more.
func (o *ordeal) arrived() bool {
	_, pending := o.traffic()
	return pending == 0
}

// finish lets everything come to its end and checks what everybody saw.
func (o *ordeal) finish() {
	t := o.t
	t.Helper()
	span := time.Since(o.begun)
	made, _ := o.traffic()
	rate := float64(made-o.updates) / span.Seconds()
	if !o.crowd.hold(30 * time.Second) {
		t.Errorf("%d of %d learners have something to answer; the others are stuck", o.crowd.held.Load(), len(o.crowd.learners))
	}
	if !o.crowd.onward(30 * time.Second) {
		t.Errorf("after it all only %d of %d learners can go on", o.crowd.held.Load(), len(o.crowd.learners))
	}
	all := len(o.crowd.learners) + len(o.crowd.idle)
	told := func() bool {
		for i := range o.notices {
			if o.crowd.heard(noticeMark+strconv.Itoa(i+1)) < all {
				return false
			}
		}
		return o.due.IsZero() || o.crowd.heard("reminder") >= all
	}
	eventually(30*time.Second, told)
	unknown := o.home.metric("cadrebot_unknown_total")
	last := o.ledger.last
	if !eventually(30*time.Second, func() bool { return o.ledger.empty() && o.arrived() }) {
		_, pending := o.traffic()
		t.Errorf("%d updates wait, and the outbox is dry: %t", pending, o.ledger.empty())
	}
	o.home.stop()
	for _, other := range o.others {
		other.stop()
	}
	if !o.ledger.empty() {
		t.Error("something stays in the outbox")
	}
	doubles := o.crowd.verify(t, o.ledger)
	l := o.ledger
	t.Logf("%d kills in %s at %.0f updates/s (%d in all), %d with a non-empty outbox; %d in flight at kills, %d doubles; %d notices and a reminder to %d people",
		l.kills, span.Round(time.Second), rate, made, l.nonEmpty, max(l.unknown, int(unknown)), doubles, o.notices, all)
	switch {
	case l.mayDouble == nil && doubles > int(unknown):
		t.Errorf("%d doubles, but only %v unknown", doubles, unknown)
	case l.mayDouble != nil:
		enough := l.kills
		if o.planned > 0 {
			enough = o.planned
		}
		if 2*l.nonEmpty < enough {
			t.Errorf("only %d of %d kills found something in the outbox, half of %d are wanted", l.nonEmpty, l.kills, enough)
		}
		if int(unknown) < last {
			t.Errorf("the last life counted %v unknown, but %d messages were in flight when the one before was killed", unknown, last)
		}
	}
}
