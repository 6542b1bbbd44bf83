package slack

import (
	"sync/atomic"
	"time"
)

// resting is a method that is not to be called before an instant.
type resting struct{ until atomic.Int64 }

// rest is how much longer that is; nothing or less when it may be called.
func (r *resting) rest(now time.Time) time.Duration {
	return time.Duration(r.until.Load() - now.UnixNano())
}

func (r *resting) pause(until time.Time) {
	for {
		old := r.until.Load()
		if until.UnixNano() <= old || r.until.CompareAndSwap(old, until.UnixNano()) {
			return
		}
	}
}
