package bot

import (
	"context"
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
	outbox  Outbox
	adapter Adapter
	channel Channel
	log     *slog.Logger
	metrics *Metrics
	events  func(ctx context.Context, ev Event) error // what the platform says of a chat

	instance, session string
	wake              chan struct{} // the dispatcher has something to look at
	acks              chan ack
	resyncs           chan struct{}
	posts             sync.WaitGroup

	mu       sync.Mutex
	lease    Lease
	owned    bool
	until    time.Time // by the monotonic clock: no post begins after it
	stopping bool
	items    map[int64]*item
	ended    map[int64]bool // finished while the outbox is being read; nil otherwise
	lines    map[lineKey]*line
	chats    map[string]*chat
	ready    [lanes]lineHeap
	waiting  lineHeap
	window   *window
	pace     pace
	paused   time.Time          // the platform has refused the whole channel until then
	refused  map[string]refusal // who was refused lately
	halts    map[string]HaltKind
	parked   map[string][]*line // lines whose head is paused, by fan-out
	handles  handleBook
	flying   int
	texts    textCache
	alive    atomic.Int64 // Unix nanoseconds of the last word from the store
}

// Timing of leases and posts.
const (
	leaseTTL    = 6 * time.Second
	leaseRenew  = 1500 * time.Millisecond
	leaseMargin = time.Second // posts end this long before the lease does
	postWithin  = 30 * time.Second
	awaitFor    = time.Second
	maxFlying   = 1024
)

// NewSender returns a sender that does nothing until Run. Instance names this
// installation and stays the same over restarts; events takes what the platform
// says of a chat (gone, migrated).
func NewSender(outbox Outbox, adapter Adapter, instance string, events func(context.Context, Event) error,
	metrics *Metrics, log *slog.Logger) *Sender {
	s := &Sender{
		outbox: outbox, adapter: adapter, channel: adapter.Channel(), log: log, metrics: metrics, events: events,
		instance: instance, session: opaqueID(),
		wake: make(chan struct{}, 1), acks: make(chan ack, 4096), resyncs: make(chan struct{}, 1),
	}
	s.texts.read = outbox.Text
	s.reset()
	return s
}

// reset forgets everything that is in memory; the outbox has it all.
func (s *Sender) reset() {
	s.items = map[int64]*item{}
	s.lines = map[lineKey]*line{}
	s.chats = map[string]*chat{}
	for l := range s.ready {
		s.ready[l] = lineHeap{less: byRank}
	}
	s.waiting = lineHeap{less: byUntil}
	s.window = newWindow(s.channel.Limits.PerSecond)
	s.pace = newPace(s.channel.Limits.PerSecond)
	s.paused = time.Time{}
	s.refused = map[string]refusal{}
	s.halts = map[string]HaltKind{}
	s.parked = map[string][]*line{}
	s.handles.reset()
}

// Owner reports whether this instance sends for the channel now.
func (s *Sender) Owner() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.may(time.Now())
}

// may reports whether a post may begin.
func (s *Sender) may(now time.Time) bool {
	return s.owned && !s.stopping && now.Before(s.until)
}

// Run keeps or awaits the lease and delivers, until ctx ends; then it lets what
// is in flight end, acknowledges it and gives the lease back.
func (s *Sender) Run(ctx context.Context) {
	inner, stop := context.WithCancel(context.WithoutCancel(ctx))
	var loops sync.WaitGroup
	loops.Go(func() { s.dispatchLoop(inner) })
	loops.Go(func() { s.ackLoop(inner) })
	loops.Go(func() { s.awaitLoop(inner) })
	s.leaseLoop(ctx)
	s.wind(stop, &loops)
}

// wind ends a sender: nothing new leaves, what is in flight ends.
func (s *Sender) wind(stop func(), loops *sync.WaitGroup) {
	s.mu.Lock()
	s.stopping = true
	lease, owned := s.lease, s.owned
	s.mu.Unlock()
	ended := make(chan struct{})
	go func() { s.posts.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(windWithin):
		s.log.Warn("posts still in flight at the end", "channel", s.channel.Name)
	}
	stop()
	loops.Wait()
	if owned {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if err := s.outbox.ReleaseLease(ctx, lease); err != nil && !errors.Is(err, ErrStale) {
			s.log.Warn("give the lease back", "channel", s.channel.Name, "error", err)
		}
	}
}

// windWithin is how long posts in flight may take at the end.
const windWithin = 3 * time.Second

// leaseLoop holds the lease or tries to get it.
func (s *Sender) leaseLoop(ctx context.Context) {
	for {
		s.renew(ctx)
		select {
		case <-ctx.Done():
			return
		case <-s.resyncs:
			s.reread(ctx)
		case <-time.After(leaseRenew):
		}
	}
}

// renew takes or keeps the lease. Whoever gets it anew reads the outbox first.
func (s *Sender) renew(ctx context.Context) {
	asked := time.Now()
	ctx, cancel := context.WithTimeout(ctx, leaseRenew)
	defer cancel()
	lease, err := s.outbox.Acquire(ctx, s.channel.Name, s.instance, s.session, leaseTTL)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		if errors.Is(err, ErrStale) {
			s.lose()
		} else if ctx.Err() == nil || asked.After(s.until) {
			s.log.Warn("lease", "channel", s.channel.Name, "error", err)
		}
		return
	}
	s.alive.Store(time.Now().UnixNano())
	if s.owned && lease.Epoch == s.lease.Epoch {
		s.until = asked.Add(leaseTTL - leaseMargin)
		s.poke()
		return
	}
	s.lose()
	s.take(ctx, lease, asked)
}

// lose forgets what a former owner knew.
func (s *Sender) lose() {
	if s.owned {
		s.log.Warn("lease lost", "channel", s.channel.Name, "epoch", s.lease.Epoch)
	}
	s.owned = false
	s.metrics.owner.WithLabelValues(s.channel.Name).Set(0)
	s.reset()
}

// take begins a new ownership: pauses and tokens of the former owner are
// respected, what it had in flight is in doubt.
func (s *Sender) take(ctx context.Context, lease Lease, asked time.Time) {
	s.lease = lease
	s.until = asked.Add(leaseTTL - leaseMargin)
	pauses, err := s.outbox.Pauses(ctx, s.channel.Name)
	if err == nil {
		s.halts, err = s.outbox.Halted(ctx)
	}
	if err != nil {
		s.log.Warn("take over", "channel", s.channel.Name, "error", err)
		return // the lease runs out, or the next renewal begins again
	}
	now := time.Now()
	for name, until := range pauses {
		t := time.UnixMilli(until)
		switch {
		case !t.After(now):
		case name == "":
			s.paused = t
		default:
			s.chat(name).paused = t
		}
	}
	if lease.Epoch > 1 {
		s.window.fill(now)
	}
	s.owned = true
	s.metrics.owner.WithLabelValues(s.channel.Name).Set(1)
	s.ended = map[int64]bool{}
	s.mu.Unlock()
	err = s.readOutbox(ctx)
	s.mu.Lock()
	s.ended = nil
	if err != nil {
		s.log.Warn("read the outbox", "channel", s.channel.Name, "error", err)
		s.resyncLater()
	}
	s.log.Info("sending", "channel", s.channel.Name, "epoch", lease.Epoch, "waiting", len(s.items))
	s.poke()
}

// resync asks for the outbox to be read again: something was committed without
// its committer hearing of it.
func (s *Sender) resync() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.resyncLater()
}

func (s *Sender) resyncLater() {
	select {
	case s.resyncs <- struct{}{}:
	default:
	}
}

func (s *Sender) reread(ctx context.Context) {
	s.mu.Lock()
	owned := s.owned
	s.ended = map[int64]bool{}
	s.mu.Unlock()
	if owned {
		if err := s.readOutbox(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("read the outbox", "channel", s.channel.Name, "error", err)
		}
	}
	s.mu.Lock()
	s.ended = nil
	s.mu.Unlock()
}

// readOutbox queues what the outbox holds and memory does not.
func (s *Sender) readOutbox(ctx context.Context) error {
	return s.outbox.Pending(ctx, s.channel.Name, func(page []Entry) error {
		s.mu.Lock()
		defer s.mu.Unlock()
		for i := range page {
			s.queue(page[i])
		}
		s.poke()
		return nil
	})
}

// awaitLoop queues what other instances commit.
func (s *Sender) awaitLoop(ctx context.Context) {
	for ctx.Err() == nil {
		if !s.Owner() {
			if pause(ctx, awaitFor/4) != nil {
				return
			}
			continue
		}
		entries, err := s.outbox.Await(ctx, s.channel.Name, awaitFor)
		if err != nil {
			if ctx.Err() == nil {
				s.log.Warn("await", "channel", s.channel.Name, "error", err)
				s.resync()
			}
			if pause(ctx, awaitFor) != nil {
				return
			}
			continue
		}
		s.mu.Lock()
		for i := range entries {
			s.queue(entries[i])
		}
		s.poke()
		s.mu.Unlock()
		s.readHalts(ctx)
	}
}

// poke makes the dispatcher look.
func (s *Sender) poke() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// refusal notes that the platform refused a chat for its rate.
type refusal struct{ until time.Time }
