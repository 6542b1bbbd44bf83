package embedded

import (
	"container/heap"
	"math"
	"strconv"
	"sync/atomic"
	"time"
)

// Time stands still inside miniredis: its clock is set to 1970 for good, so
// that the time to live it keeps with a key is the key's last moment, in
// absolute terms. (Its own running clock sorts all keys at every command:
// 5,000 keys made it twenty times slower.) Here is the clock instead: a key
// goes when its moment has come, before the next command sees it, and the
// journal is told, so that a replay need not guess when that was.

// still is the time inside miniredis.
var still = time.UnixMilli(0).UTC()

// deadlines knows the first moment at which a key may have to go.
type deadlines struct {
	due   dueHeap
	known map[string]int64 // the earliest entry in due of each key
	next  atomic.Int64     // due[0], or the end of time
}

type dueKey struct {
	at  int64 // milliseconds since 1970
	key string
}

func newDeadlines() *deadlines {
	d := &deadlines{known: map[string]int64{}}
	d.next.Store(math.MaxInt64)
	return d
}

// note remembers to look at a key at this moment. A later moment than one
// already noted is found out when that one comes.
func (d *deadlines) note(key string, at int64) {
	if old, ok := d.known[key]; ok && old <= at {
		return
	}
	d.known[key] = at
	heap.Push(&d.due, dueKey{at, key})
	d.next.Store(d.due[0].at)
}

// pop returns a key whose moment has come, or false.
func (d *deadlines) pop(now int64) (string, bool) {
	for len(d.due) > 0 && d.due[0].at <= now {
		first := heap.Pop(&d.due).(dueKey)
		if len(d.due) == 0 {
			d.next.Store(math.MaxInt64)
		} else {
			d.next.Store(d.due[0].at)
		}
		if d.known[first.key] == first.at {
			delete(d.known, first.key)
			return first.key, true
		}
	}
	return "", false
}

type dueHeap []dueKey

func (h dueHeap) Len() int           { return len(h) }
func (h dueHeap) Less(i, j int) bool { return h[i].at < h[j].at }
func (h dueHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *dueHeap) Push(x any)        { *h = append(*h, x.(dueKey)) }
func (h *dueHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}

// deadline is the key's last moment in milliseconds since 1970, or false.
// Not for use within a script.
func (e *Redis) deadline(key string) (int64, bool) {
	ttl := e.mini.TTL(key)
	return ttl.Milliseconds(), ttl != 0
}

// expire removes the keys whose moment has come and records that. The caller
// holds mu.
func (e *Redis) expire(now int64) {
	for {
		key, ok := e.deadlines.pop(now)
		if !ok {
			return
		}
		switch at, ok := e.deadline(key); {
		case ok && at > now:
			e.deadlines.note(key, at)
		case ok:
			e.mini.Del(key)
			e.record("DEL", key)
		}
	}
}

// timeReply answers the commands that would show that time stands still in
// miniredis, or returns false.
func (e *Redis) timeReply(as peer, words []string) (string, bool) {
	now := e.clock()
	switch words[0] {
	case "TIME":
		sec := strconv.FormatInt(now.Unix(), 10)
		micro := strconv.Itoa(now.Nanosecond() / 1000)
		return string(appendCommand(nil, sec, micro)), true
	case "TTL", "PTTL":
		if len(words) != 2 {
			return "", false
		}
		in := e.inners.borrow()
		defer e.inners.giveBack(in)
		reply := string(in.run(as, "PEXPIRETIME", words[1]))
		at, err := strconv.ParseInt(replyText([]byte(reply)), 10, 64)
		if err != nil || at < 0 {
			return reply, true // no such key, no end, or an error
		}
		left := max(at-now.UnixMilli(), 0)
		if words[0] == "TTL" {
			left = (left + 500) / 1000
		}
		return ":" + strconv.FormatInt(left, 10) + "\r\n", true
	}
	return "", false
}
