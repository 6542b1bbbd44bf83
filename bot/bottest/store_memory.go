package bottest

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"cadrebot/bot"
)

// Memory is a store in memory, for tests that own the clock. It passes the
// suite of Stores. Slow is how long each call takes.
type Memory struct {
	Slow time.Duration

	mu       sync.Mutex
	fail     func(method string) error
	news     chan struct{} // closed when something comes onto a ready list
	seq      int64
	writes   int64
	seen     map[string]bool
	things   map[bot.Ref]bot.Thing
	links    map[string]string
	texts    map[string]string
	wakes    map[bot.TimerGuard]bool // by their Due, one for each target and timer
	members  map[string]map[string]int64
	marks    map[string]map[string]string
	counts   map[string]map[string]int
	named    map[string]map[bot.Ref]bot.Naming // by person
	tallies  map[string]map[string]int
	halts    map[string]bot.HaltKind
	poison   []bot.Poison
	records  []bot.Record
	fanouts  map[string]bool // those under way
	channels map[string]*memoryChannel

	pages     map[string]*memoryPage // by chat
	births    int
	listeners map[int]chan string
	listening int
}

type memoryChannel struct {
	epoch             int64
	instance, session string
	until             time.Time
	out               map[int64]bot.Entry
	ready             []int64
	// listed is the newest entry put onto ready, heard up to which its reader
	// has them, underway up to which the last Await brought them.
	listed, heard, underway int64
	pauses                  map[string]int64
	handles                 map[string][]bot.Handle
}

// NewMemory returns an empty store.
func NewMemory() *Memory {
	return &Memory{
		news: make(chan struct{}), seen: map[string]bool{}, things: map[bot.Ref]bot.Thing{}, links: map[string]string{},
		texts: map[string]string{}, wakes: map[bot.TimerGuard]bool{}, members: map[string]map[string]int64{},
		marks: map[string]map[string]string{}, counts: map[string]map[string]int{}, named: map[string]map[bot.Ref]bot.Naming{}, tallies: map[string]map[string]int{}, halts: map[string]bot.HaltKind{},
		fanouts: map[string]bool{}, channels: map[string]*memoryChannel{}, pages: map[string]*memoryPage{},
	}
}

// Fail sets what is asked, by the method's name, before each call from now on,
// one after the other; its error is the call's, which then does nothing.
func (m *Memory) Fail(fail func(method string) error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail = fail
}

// enter takes the lock for one call.
func (m *Memory) enter(ctx context.Context, method string) error {
	if m.Slow > 0 {
		time.Sleep(m.Slow)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	if m.fail != nil {
		if err := m.fail(method); err != nil {
			m.mu.Unlock()
			return err
		}
	}
	return nil
}

func (m *Memory) channel(name string) *memoryChannel {
	c := m.channels[name]
	if c == nil {
		c = &memoryChannel{out: map[int64]bot.Entry{}, pauses: map[string]int64{}, handles: map[string][]bot.Handle{}}
		m.channels[name] = c
	}
	return c
}

// holds reports whether a lease is held.
func (m *Memory) holds(l bot.Lease) bool {
	c := m.channel(l.Channel)
	return l.Epoch != 0 && c.epoch == l.Epoch && c.instance != "" && time.Now().Before(c.until)
}

// Acquire implements bot.Outbox.
func (m *Memory) Acquire(ctx context.Context, channel, instance, session string, ttl time.Duration) (bot.Lease, error) {
	if err := m.enter(ctx, "Acquire"); err != nil {
		return bot.Lease{}, err
	}
	defer m.mu.Unlock()
	c := m.channel(channel)
	now := time.Now()
	held := c.instance != "" && now.Before(c.until)
	if held && c.instance != instance {
		return bot.Lease{}, bot.ErrStale
	}
	if !held || c.session != session {
		c.epoch++
	}
	c.instance, c.session, c.until = instance, session, now.Add(ttl)
	return bot.Lease{Channel: channel, Epoch: c.epoch}, nil
}

// ReleaseLease implements bot.Outbox.
func (m *Memory) ReleaseLease(ctx context.Context, l bot.Lease) error {
	if err := m.enter(ctx, "ReleaseLease"); err != nil {
		return err
	}
	defer m.mu.Unlock()
	if !m.holds(l) {
		return bot.ErrStale
	}
	m.channel(l.Channel).instance = ""
	return nil
}

// Pending implements bot.Outbox.
func (m *Memory) Pending(ctx context.Context, channel string, page func([]bot.Entry) error) error {
	if err := m.enter(ctx, "Pending"); err != nil {
		return err
	}
	var all []bot.Entry
	c := m.channel(channel)
	listed := c.listed
	for _, e := range c.out {
		all = append(all, e)
	}
	m.mu.Unlock()
	slices.SortFunc(all, func(a, b bot.Entry) int { return cmp.Or(cmp.Compare(a.Lane, b.Lane), cmp.Compare(a.ID, b.ID)) })
	for part := range slices.Chunk(all, 256) {
		if m.Slow > 0 {
			time.Sleep(m.Slow)
		}
		if err := page(part); err != nil {
			return err
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	c.heard = max(c.heard, listed)
	return nil
}

// Claim implements bot.Outbox.
func (m *Memory) Claim(ctx context.Context, l bot.Lease, entries []bot.Entry) (gone []int64, err error) {
	if err := m.enter(ctx, "Claim"); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	if !m.holds(l) {
		return nil, bot.ErrStale
	}
	out := m.channel(l.Channel).out
	for _, e := range entries {
		kept, ok := out[e.ID]
		if !ok {
			gone = append(gone, e.ID)
			continue
		}
		kept.Flight = l.Epoch
		out[e.ID] = kept
	}
	return gone, nil
}

// Await implements bot.Outbox.
func (m *Memory) Await(ctx context.Context, channel string, d time.Duration) ([]bot.Entry, error) {
	late := time.NewTimer(d)
	defer late.Stop()
	for {
		if err := m.enter(ctx, "Await"); err != nil {
			return nil, err
		}
		c, news := m.channel(channel), m.news
		c.heard = max(c.heard, c.underway)
		var entries []bot.Entry
		for _, id := range c.ready {
			c.underway = max(c.underway, id)
			if e, ok := c.out[id]; ok {
				e.Flight = 0
				entries = append(entries, e)
			}
		}
		came := len(c.ready) > 0
		c.ready = nil
		m.mu.Unlock()
		if came {
			return entries, nil
		}
		select {
		case <-news:
		case <-late.C:
			return nil, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// Pauses implements bot.Outbox.
func (m *Memory) Pauses(ctx context.Context, channel string) (map[string]int64, error) {
	if err := m.enter(ctx, "Pauses"); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	return copied(m.channel(channel).pauses), nil
}

// SetPause implements bot.Outbox.
func (m *Memory) SetPause(ctx context.Context, l bot.Lease, chat string, until time.Time) error {
	if err := m.enter(ctx, "SetPause"); err != nil {
		return err
	}
	defer m.mu.Unlock()
	if !m.holds(l) {
		return bot.ErrStale
	}
	if until.IsZero() {
		delete(m.channel(l.Channel).pauses, chat)
	} else {
		m.channel(l.Channel).pauses[chat] = until.UnixMilli()
	}
	return nil
}

// FindHandle implements bot.Outbox.
func (m *Memory) FindHandle(ctx context.Context, channel, chat, name string, before int64) (string, error) {
	if err := m.enter(ctx, "FindHandle"); err != nil {
		return "", err
	}
	defer m.mu.Unlock()
	for _, h := range m.channel(channel).handles[chat+" "+name] {
		if h.Entry < before {
			return h.Message, nil
		}
	}
	return "", nil
}

// Text implements bot.Outbox.
func (m *Memory) Text(ctx context.Context, id string) (string, error) {
	if err := m.enter(ctx, "Text"); err != nil {
		return "", err
	}
	defer m.mu.Unlock()
	return m.texts[id], nil
}

// Halted implements bot.Outbox.
func (m *Memory) Halted(ctx context.Context) (map[string]bot.HaltKind, error) {
	if err := m.enter(ctx, "Halted"); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	return copied(m.halts), nil
}

func copied[K comparable, V any](m map[K]V) map[K]V {
	c := make(map[K]V, len(m))
	for k, v := range m {
		c[k] = v
	}
	return c
}
