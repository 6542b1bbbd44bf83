package slack

import (
	"fmt"
	"sync"
	"time"
)

// Health says how well the adapter hears.
type Health struct {
	// Contact is when Slack last delivered something, or the socket was last
	// known to be open; zero before the first time.
	Contact time.Time
	// Listening is set from the start of Listen to its end, Connected while its
	// socket is open.
	Listening, Connected bool
	// Trouble is why the socket is not open, or why what came could not be
	// committed, with its remedy; nil when all is well.
	Trouble error
	// Removed is set where the app was taken out of the workspace, or its token
	// was taken back: nothing comes and nothing leaves till it is installed
	// again.
	Removed error
}

// deafAfter is how long a socket may be closed: Slack closes each now and then,
// and a new one is there within seconds.
const deafAfter = 30 * time.Second

// Ready returns why updates do not come in, nil when they do. Over HTTP silence
// is ready: it may be night.
func (h Health) Ready(now time.Time) error {
	switch {
	case h.Removed != nil:
		return h.Removed
	case !h.Listening || h.Connected:
		return nil
	case now.Sub(h.Contact) <= deafAfter:
		return nil
	case h.Trouble != nil:
		return h.Trouble
	}
	return fmt.Errorf("slack: no socket for %s", now.Sub(h.Contact).Round(time.Second))
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

func (h *health) set(change func(*Health)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	change(&h.now)
}

func (h *health) started(at time.Time) {
	h.set(func(n *Health) { n.Contact, n.Trouble, n.Removed = at, nil, nil })
}

func (h *health) heard(at time.Time) { h.set(func(n *Health) { n.Contact, n.Trouble = at, nil }) }

func (h *health) failed(why error) { h.set(func(n *Health) { n.Trouble = why }) }

func (h *health) removed(why error) { h.set(func(n *Health) { n.Removed = why }) }

// listening notes the start of Listen, from which the patience with a socket
// that does not open counts, and its end.
func (h *health) listening(on bool, at time.Time) {
	h.set(func(n *Health) {
		if n.Listening, n.Connected = on, false; on {
			n.Contact = at
		}
	})
}

func (h *health) connected(on bool, at time.Time) {
	h.set(func(n *Health) {
		if n.Connected || on {
			n.Contact = at
		}
		if n.Connected = on; on {
			n.Trouble = nil
		}
	})
}
