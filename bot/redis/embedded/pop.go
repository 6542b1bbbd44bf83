package embedded

import (
	"math"
	"strconv"
	"time"
)

// BLPOP and BRPOP wait here and not in miniredis, so that nothing is held up
// meanwhile and the journal gets the LPOP or RPOP that they come to.

// waiter waits for one of some lists to grow.
type waiter struct {
	grown chan struct{} // of one
}

// wake tells those who wait for a list. The caller holds mu.
func (e *Redis) wake(key string) {
	for _, w := range e.waiting[key] {
		select {
		case w.grown <- struct{}{}:
		default:
		}
	}
}

// pop answers a BLPOP or BRPOP when one of its lists has something or its
// time is up.
func (e *Redis) pop(c *connection, words []string) {
	if len(words) < 3 {
		c.reply(0, wrongNumber(words[0]))
		return
	}
	seconds, err := strconv.ParseFloat(words[len(words)-1], 64)
	if err != nil || math.IsNaN(seconds) || seconds < 0 || seconds > 1e9 {
		c.reply(0, errorReply("ERR timeout is not a float or out of range"))
		return
	}
	var late <-chan time.Time
	if seconds > 0 {
		timer := time.NewTimer(time.Duration(seconds * float64(time.Second)))
		defer timer.Stop()
		late = timer.C
	}
	w := &waiter{grown: make(chan struct{}, 1)}
	for {
		done := false
		position, reply := e.write(func() (reply string) {
			e.leave(w, words)
			if done = c.peer.Closed(); done {
				return "" // nobody is there to take it
			}
			if reply, done = e.tryPop(c.peer, words); !done {
				e.join(w, words)
			}
			return reply
		})
		if done || reply != "" {
			c.reply(position, reply)
			return
		}
		select {
		case <-w.grown:
		case <-late:
			e.mu.Lock()
			e.leave(w, words)
			e.mu.Unlock()
			c.reply(0, "*-1\r\n")
			return
		case <-e.closing:
			return
		}
	}
}

// tryPop takes from the first list that has something; false if none has.
func (e *Redis) tryPop(as peer, words []string) (string, bool) {
	for _, key := range words[1 : len(words)-1] {
		reply := e.change(as, []string{words[0][1:], key})
		if isNull(reply) {
			continue
		}
		if reply[0] == '-' {
			return string(reply), true
		}
		return string(append(appendPair(key), reply...)), true
	}
	return "", false
}

// appendPair begins a reply of two, the first a key.
func appendPair(key string) []byte {
	head := appendCommand(nil, key) // *1 and the key
	head[1] = '2'
	return head
}

func (e *Redis) join(w *waiter, words []string) {
	for _, key := range words[1 : len(words)-1] {
		e.waiting[key] = append(e.waiting[key], w)
	}
}

func (e *Redis) leave(w *waiter, words []string) {
	for _, key := range words[1 : len(words)-1] {
		list := e.waiting[key]
		for i := len(list) - 1; i >= 0; i-- {
			if list[i] == w {
				list = append(list[:i], list[i+1:]...)
			}
		}
		if len(list) == 0 {
			delete(e.waiting, key)
		} else {
			e.waiting[key] = list
		}
	}
}
