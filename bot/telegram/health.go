package telegram

import (
	"fmt"
	"sync"
	"time"
)

// Health says how well the adapter hears.
type Health struct {
	// Contact is when Telegram last answered a poll or delivered an update;
	// zero before the first time.
	Contact time.Time
	// Polling is set from the start of Poll to its end.
	Polling bool
	// Trouble is why the last poll failed, with its remedy; nil when it did not.
	Trouble error
}

// deafAfter is two long polls and some: a poll that is only waiting is not deaf.
const deafAfter = 2*pollFor + 15*time.Second

// Ready returns why updates do not come in, nil when they do. A webhook that
// is silent is ready: it may be night.
func (h Health) Ready(now time.Time) error {
	switch {
	case !h.Polling:
		return nil
	case h.Trouble != nil && now.Sub(h.Contact) > 2*callWithin:
		return h.Trouble
	case now.Sub(h.Contact) > deafAfter:
		return fmt.Errorf("telegram: no poll was answered for %s", now.Sub(h.Contact).Round(time.Second))
	}
	return nil
}

type health struct {
	mu  sync.Mutex
	now Health
}

// Health is the state now.
func (a *Adapter) Health() Health {
	a.health.mu.Lock()
	defer a.health.mu.Unlock()
	return a.health.now
}

func (h *health) heard(at time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now.Contact, h.now.Trouble = at, nil
}

func (h *health) failed(why error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now.Trouble = why
}

func (h *health) polling(on bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now.Polling = on
}
