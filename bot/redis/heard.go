package redis

import "sync"

// heard knows up to which number this process has taken over what was put onto
// a channel's ready list. As long as there is more on it, or on its way from
// it, what this process commits goes onto the list too: else it would overtake.
type heard struct {
	mu       sync.Mutex
	upto     map[string]int64
	underway map[string]int64 // brought by the last Await, whose caller has them when it calls again
}

func (h *heard) upTo(channel string) int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.upto[channel]
}

// read notes that everything up to a number has been handed to the caller.
func (h *heard) read(channel string, number int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.upto == nil {
		h.upto, h.underway = map[string]int64{}, map[string]int64{}
	}
	h.upto[channel] = max(h.upto[channel], number)
}

// brings notes what an Await returns.
func (h *heard) brings(channel string, number int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.underway == nil {
		h.upto, h.underway = map[string]int64{}, map[string]int64{}
	}
	h.underway[channel] = max(h.underway[channel], number)
}

// again notes that the caller of Await calls again.
func (h *heard) again(channel string) {
	h.mu.Lock()
	number := h.underway[channel]
	h.mu.Unlock()
	h.read(channel, number)
}
