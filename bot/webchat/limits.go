package webchat

import (
	"math"
	"sync"
	"time"
)

// Limits bound what one chat, one address and all together may take. Zero means
// the default.
type Limits struct {
	// Burst and PerSecond bound what a chat says and presses: 20 at once, then 2 a
	// second.
	Burst, PerSecond float64
	// NewChats bounds the chats that one address begins in an hour: 600, for the
	// people in a hall full of them share one.
	NewChats int
	// PagesPerChat and Pages bound the live pages, of a chat (4: browsers open six
	// connections at most to a host) and in all (5,000).
	PagesPerChat, Pages int
}

func (l Limits) filled() Limits {
	def := func(n *int, d int) {
		if *n == 0 {
			*n = d
		}
	}
	if l.Burst == 0 {
		l.Burst = 20
	}
	if l.PerSecond == 0 {
		l.PerSecond = 2
	}
	def(&l.NewChats, 600)
	def(&l.PagesPerChat, 4)
	def(&l.Pages, 5000)
	return l
}

// buckets let each name do something so often at once, and so often a second.
type buckets struct {
	burst, perSecond float64

	mu    sync.Mutex
	names map[string]bucket
}

type bucket struct {
	left float64
	at   time.Time
}

// mostBuckets bounds the memory of buckets; full ones are nobody's loss.
const mostBuckets = 20_000

func newBuckets(burst, perSecond float64) *buckets {
	return &buckets{burst: burst, perSecond: perSecond, names: map[string]bucket{}}
}

// take reports how long a name has to wait; 0 where it may go on.
func (b *buckets) take(name string, now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.names) >= mostBuckets {
		b.sweep(now)
	}
	left := b.level(b.names[name], now)
	if left < 1 {
		return time.Duration(math.Ceil((1-left)/b.perSecond)) * time.Second
	}
	b.names[name] = bucket{left - 1, now}
	return 0
}

// level is what a bucket holds now; one that is not there is full.
func (b *buckets) level(x bucket, now time.Time) float64 {
	if x.at.IsZero() {
		return b.burst
	}
	return min(b.burst, x.left+max(0, now.Sub(x.at).Seconds())*b.perSecond)
}

// sweep drops the buckets that are full again, and if there are too many others,
// half of all.
func (b *buckets) sweep(now time.Time) {
	for name, x := range b.names {
		if b.level(x, now) >= b.burst {
			delete(b.names, name)
		}
	}
	for name := range b.names {
		if len(b.names) <= mostBuckets/2 {
			break
		}
		delete(b.names, name)
	}
}
