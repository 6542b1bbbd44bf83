package scheduler

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"sync"
	"time"

	"cadrebot/bot"
)

// Store is what the loop reads, and the lease by which replicas agree who works.
type Store interface {
	// Due returns up to n wakes that are due at now, the earliest first.
	Due(ctx context.Context, now time.Time, n int) ([]bot.Event, error)
	// Fanouts lists the fan-outs that are under way.
	Fanouts(ctx context.Context) ([]string, error)
	// Page returns up to n members of an audience numbered above after and up
	// to upto, in their order, and the number of the last of them.
	Page(ctx context.Context, audience string, after, upto int64, n int) ([]string, int64, error)
	// Load reads things in the order of refs.
	Load(ctx context.Context, refs ...bot.Ref) ([]bot.Thing, error)
	// Acquire takes or renews a lease, or fails with bot.ErrStale while
	// another instance holds it.
	Acquire(ctx context.Context, name, instance, session string, ttl time.Duration) (bot.Lease, error)
	// ReleaseLease gives a lease back.
	ReleaseLease(ctx context.Context, lease bot.Lease) error
}

// Engine commits what time brings about.
type Engine interface {
	// Handle commits the effects of a wake; release lets its messages leave.
	Handle(ctx context.Context, events ...bot.Event) (release func(), err error)
	// CommitPage commits a page of a fan-out.
	CommitPage(ctx context.Context, c *bot.Commit) error
}

// Copier makes one recipient's copy of what a fan-out sends.
type Copier interface {
	Copy(env *bot.Env, job bot.Fanout, to bot.Person) []bot.Effect
}

// Config is what a Loop works with. All of it is needed.
type Config struct {
	Store  Store
	Engine Engine
	Copier Copier
	// Channels are those on which anybody can be reached.
	Channels []bot.Channel
	// Instance names this installation and stays the same over restarts.
	Instance string
	Now      func() time.Time
	Log      *slog.Logger
}

// Loop hands due wakes to the engine and moves fan-outs along. Of all replicas
// only one does it at a time; should two ever do, the commits' guards keep every
// wake and every copy single.
type Loop struct {
	Config
	session string
	marks   marks
	wakes   wakes
	fanner  fanner
}

// New returns a loop that does nothing until Run.
func New(c Config) *Loop {
	l := &Loop{Config: c, session: rand.Text(), marks: newMarks(c.Store, c.Channels)}
	l.wakes = wakes{Loop: l, failed: map[string]failure{}, heldBy: map[string]string{}}
	l.fanner = fanner{Loop: l, channels: l.marks.channels}
	return l
}

// The lease that replicas share, and its times: another instance takes over
// within ttl + renew after a kill, and at once after a stop.
const (
	leaseName  = "scheduler"
	leaseTTL   = 6 * time.Second
	leaseRenew = 1500 * time.Millisecond
	// graceful is how long a commit under way may take once Run is told to end.
	graceful = 2 * time.Second
)

// Run works whenever this instance holds the lease, until ctx ends. It returns
// once what was under way is committed, or has had 2 s for it.
func (l *Loop) Run(ctx context.Context) {
	var lease bot.Lease
	var until time.Time // by this machine's monotonic clock
	stop := func() {}
	working := false
	for ctx.Err() == nil {
		asked := time.Now()
		got, err := l.acquire(ctx)
		switch {
		case err == nil:
			lease, until = got, asked.Add(leaseTTL-leaseRenew)
		case errors.Is(err, bot.ErrStale):
			until = time.Time{}
		case ctx.Err() == nil:
			l.Log.Warn("scheduler's lease", "error", err)
		}
		switch held := time.Now().Before(until); {
		case held && !working:
			l.Log.Info("scheduling", "epoch", lease.Epoch)
			stop, working = l.start(ctx), true
		case !held && working:
			l.Log.Warn("scheduler's lease lost", "epoch", lease.Epoch)
			stop()
			working = false
		}
		sleep(ctx, leaseRenew)
	}
	stop()
	if time.Now().Before(until) {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		if err := l.Store.ReleaseLease(last, lease); err != nil && !errors.Is(err, bot.ErrStale) {
			l.Log.Warn("give the scheduler's lease back", "error", err)
		}
	}
}

func (l *Loop) acquire(ctx context.Context) (bot.Lease, error) {
	ctx, cancel := context.WithTimeout(ctx, leaseRenew)
	defer cancel()
	return l.Store.Acquire(ctx, leaseName, l.Instance, l.session, leaseTTL)
}

// start lets both loops work until the returned function is called, which waits
// for them.
func (l *Loop) start(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var loops sync.WaitGroup
	loops.Go(func() { l.wakes.run(ctx) })
	loops.Go(func() { l.fanner.run(ctx) })
	return func() {
		cancel()
		loops.Wait()
	}
}

// lingering is a context for commits: it outlives ctx by the grace, so that
// what is under way at the end gets its answer.
func lingering(ctx context.Context) (context.Context, context.CancelFunc) {
	inner, cancel := context.WithCancel(context.WithoutCancel(ctx))
	off := context.AfterFunc(ctx, func() { time.AfterFunc(graceful, cancel) })
	return inner, func() { off(); cancel() }
}

// sleep waits for d or the end of ctx.
func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
