package sender

import (
	"cadrebot/bot"
	"cadrebot/bot/sender/core"
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// Sender delivers the outbox of one channel. Of all instances only the one that
// holds the channel's lease sends; the others' Senders wait to take over. It
// keeps the order of each line, the channel's limits, and a person before a
// crowd; it marks a message as in flight before it leaves and deletes it once
// the platform has answered.
type Sender struct {
	// Ahead is how far the clock of those who commit is ahead of the real one,
	// for who travels in time. It is set before Run.
	Ahead time.Duration
	// Assets reads the files of courses; without it their words go alone. It is
	// set before Run.
	Assets bot.Assets

	outbox  bot.Outbox
	adapter bot.Adapter
	channel bot.Channel
	log     *slog.Logger
	metrics *Metrics
	events  func(ctx context.Context, ev bot.Event) error // what the platform says of a chat

	instance, session string
	wake              chan struct{} // the dispatcher has something to look at
	acked             chan struct{} // acks has something
	rereads           chan struct{} // the outbox is to be read
	idle              chan struct{} // the last post has ended while stopping
	texts             textCache
	assets            chan struct{} // places for messages that carry a file
	alive             atomic.Int64  // Unix nanoseconds of the last word from the store

	mu      sync.Mutex // never held over a call to the store or the platform
	state   *core.State
	posting int // goroutines that post
	stopped bool
}

// Timing of leases and posts.
const (
	leaseTTL    = 6 * time.Second
	leaseRenew  = 1500 * time.Millisecond
	leaseMargin = time.Second // posts cease to begin this long before the lease ends
	postWithin  = 30 * time.Second
	awaitFor    = time.Second
)

// New returns a sender that does nothing until Run. Instance names this
// installation and stays the same over restarts; events takes what the platform
// says of a chat (gone, migrated).
func New(outbox bot.Outbox, adapter bot.Adapter, instance string, events func(context.Context, bot.Event) error,
	metrics *Metrics, log *slog.Logger) *Sender {
	s := &Sender{
		outbox: outbox, adapter: adapter, channel: adapter.Channel(), log: log, metrics: metrics, events: events,
		instance: instance, session: rand.Text(),
		state: core.New(adapter.Channel()),
		wake:  make(chan struct{}, 1), acked: make(chan struct{}, 1),
		rereads: make(chan struct{}, 1), idle: make(chan struct{}, 1),
		assets: make(chan struct{}, assetsAtOnce),
	}
	s.texts.read = outbox.Text
	return s
}

// Owner reports whether this instance sends for the channel now.
func (s *Sender) Owner() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.May(time.Now())
}

// Run keeps or awaits the lease and delivers, until ctx ends; then it lets what
// is in flight end, acknowledges it and gives the lease back, within 5 s.
func (s *Sender) Run(ctx context.Context) {
	s.mu.Lock()
	s.state.Ahead = s.Ahead
	s.mu.Unlock()
	inner, stop := context.WithCancel(context.WithoutCancel(ctx))
	var dispatch, loops, acks sync.WaitGroup
	dispatch.Go(func() { s.dispatchLoop(inner) })
	loops.Go(func() { s.awaitLoop(inner) })
	loops.Go(func() { s.readLoop(inner) })
	ackCtx, stopAcks := context.WithCancel(context.WithoutCancel(ctx))
	acks.Go(func() { s.ackLoop(ackCtx) })
	s.leaseLoop(ctx)

	s.mu.Lock()
	s.stopped = true
	s.state.Stop()
	lease, _ := s.state.Lease()
	s.mu.Unlock()
	late := time.NewTimer(landWithin)
	defer late.Stop()
	stop()
	dispatch.Wait()
	s.landAll(late.C)
	stopAcks()
	acks.Wait()
	loops.Wait() // an Await of ours must not take what the next owner waits for
	s.giveUp(lease)
}

// What the end of a sender may take: its posts in flight, its last
// acknowledgements, and giving the lease back.
const (
	landWithin   = 2500 * time.Millisecond
	flushWithin  = time.Second
	giveUpWithin = time.Second
)

// landAll waits until the posts in flight have ended, or it is late.
func (s *Sender) landAll(late <-chan time.Time) {
	for {
		s.mu.Lock()
		n := s.posting
		s.mu.Unlock()
		if n == 0 {
			return
		}
		select {
		case <-s.idle:
		case <-late:
			s.log.Warn("posts still in flight at the end", "channel", s.channel.Name, "posts", n)
			return
		}
	}
}

// giveUp gives the lease back, so that the next owner need not wait.
func (s *Sender) giveUp(lease bot.Lease) {
	s.metrics.owner.WithLabelValues(s.channel.Name).Set(0)
	if lease.Epoch == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), giveUpWithin)
	defer cancel()
	if err := s.outbox.ReleaseLease(ctx, lease); err != nil && !errors.Is(err, bot.ErrStale) {
		s.log.Warn("give the lease back", "channel", s.channel.Name, "error", err)
	}
}

// unlock carries out what the state asks for, and ends the use of it.
func (s *Sender) unlock() {
	defer s.mu.Unlock()
	out := s.state.Output()
	if out.Look {
		signal(s.wake)
	}
	if out.Read {
		signal(s.rereads)
	}
	if out.Acks {
		signal(s.acked)
	}
	for _, f := range out.Finished {
		s.metrics.sends.WithLabelValues(s.channel.Name, f.Lane.String(), f.What).Inc()
	}
	if out.Unknown > 0 {
		s.metrics.unknown.WithLabelValues(s.channel.Name).Add(float64(out.Unknown))
	}
	if out.Lost {
		s.metrics.owner.WithLabelValues(s.channel.Name).Set(0)
	}
	if out.Was != 0 {
		s.log.Warn("lease lost", "channel", s.channel.Name, "epoch", out.Was)
	}
}

// signal wakes the goroutine that waits on c, once for any number of calls.
func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
