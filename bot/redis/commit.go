package redis

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"cadrebot/bot"
)

// seenFor is how long an event is remembered: Telegram keeps updates for a day.
const seenFor = 72 * time.Hour

// textFor is how long a text that is stored once is kept.
const textFor = 366 * 24 * time.Hour

// Commit implements bot.Store.
func (s *Store) Commit(ctx context.Context, c *bot.Commit) (bot.Receipt, error) {
	// A sender may say what became of its messages, whatever the store has become:
	// that keeps them from being sent twice.
	if c.Fence.Epoch == 0 {
		if err := s.enter(ctx, true); err != nil {
			return bot.Receipt{}, err
		}
	}
	var w words
	s.guards(&w, c)
	var gone []traces
	for _, e := range c.Forget {
		t, err := s.trace(ctx, e)
		if err != nil {
			return bot.Receipt{}, fmt.Errorf("commit: find what there is of a person: %w", err)
		}
		gone = append(gone, t)
		s.eraseGuards(&w, t)
	}
	var merged []mergedPerson
	for _, m := range c.Merges {
		p, err := s.found(ctx, m)
		if err != nil {
			return bot.Receipt{}, fmt.Errorf("commit: find what goes over to another person: %w", err)
		}
		merged = append(merged, p)
		s.mergeGuards(&w, p)
	}
	pushed, err := s.pushed(ctx, c.Withdraw)
	if err != nil {
		return bot.Receipt{}, fmt.Errorf("commit: find what is to be withdrawn: %w", err)
	}
	w.add(".")
	for _, t := range gone {
		s.erase(&w, t)
	}
	for _, a := range c.Clear {
		s.clear(&w, a)
	}
	if len(pushed) > 0 {
		s.drop(&w, pushed)
	}
	if err := s.changes(&w, c); err != nil {
		return bot.Receipt{}, fmt.Errorf("commit: %w", err)
	}
	for _, p := range merged {
		s.merge(&w, p)
	}
	reply, err := s.run(ctx, commitScript, w.keys, w.argv...)
	if err != nil {
		return bot.Receipt{}, fmt.Errorf("commit: %w", err)
	}
	r, err := receipt(reply, len(c.Out))
	if err == nil && erases(c) {
		s.eraseHistory(ctx)
	}
	if err == nil {
		s.sweep(ctx, merged)
	}
	return r, err
}

// expiry is when what a commit keeps for d is forgotten: by the commit's own
// clock or the real one, whichever is later, for a commit may be made by
// somebody who travels in time.
func expiry(c *bot.Commit, d time.Duration) int64 {
	return max(c.Now.UnixMilli(), time.Now().UnixMilli()) + d.Milliseconds()
}

func receipt(reply []any, out int) (bot.Receipt, error) {
	status, _ := reply[0].(string)
	switch status {
	case "seen":
		return bot.Receipt{}, bot.ErrSeen
	case "conflict":
		return bot.Receipt{}, bot.ErrConflict
	case "stale":
		return bot.Receipt{}, bot.ErrStale
	case "ok":
	default:
		return bot.Receipt{}, fmt.Errorf("commit: unexpected answer %q", status)
	}
	if out == 0 {
		return bot.Receipt{}, nil
	}
	first, _ := reply[1].(int64)
	flags, _ := reply[2].(string)
	r := bot.Receipt{IDs: make([]int64, out), Flying: make([]bool, out), Listed: make([]bool, out)}
	for i := range r.IDs {
		r.IDs[i] = first + int64(i)
		r.Flying[i] = flags[i] == '1'
		r.Listed[i] = flags[i] == '2'
	}
	return r, nil
}

func (s *Store) guards(w *words, c *bot.Commit) {
	if !c.Seen.IsZero() {
		k, bit := s.keys.seen(c.Channel, c.Seen)
		if bit < 0 {
			w.add("new", w.key(k))
		} else {
			w.add("bit", w.key(k), bit)
		}
	}
	if c.Timer.Target.Kind != "" {
		w.add("due", w.key(s.keys.wakes()), timer(c.Timer.Target, c.Timer.Timer), c.Timer.Due)
	}
	if c.Fence.Epoch != 0 {
		w.add("own", w.key(s.keys.lease(c.Fence.Channel)), epochPrefix(c.Fence))
	}
	for _, t := range c.Reads {
		w.add("rev", w.key(s.keys.thing(t.Ref)), guarded(t.Rev))
	}
	for _, p := range c.Puts {
		if !slices.ContainsFunc(c.Reads, func(t bot.Thing) bool { return t.Ref == p.Ref }) {
			w.add("rev", w.key(s.keys.thing(p.Ref)), guarded(p.Rev))
		}
	}
	for _, l := range c.Links {
		w.add("is", w.key(s.keys.link(l.Channel, l.Chat)), l.Person)
	}
	for _, p := range c.People {
		w.add("there", w.key(s.keys.thing(bot.Ref{Kind: bot.PersonRef, ID: p})))
	}
}

func (s *Store) changes(w *words, c *bot.Commit) error {
	if !c.Seen.IsZero() {
		k, bit := s.keys.seen(c.Channel, c.Seen)
		if bit < 0 {
			w.do(k, "SET", "1")
		} else {
			w.do(k, "SETBIT", bit, 1)
		}
		w.do(k, "PEXPIREAT", expiry(c, seenFor))
	}
	if c.Timer.Target.Kind != "" {
		w.do(s.keys.wakes(), "ZREM", timer(c.Timer.Target, c.Timer.Timer))
	}
	for _, p := range c.Puts {
		s.put(w, p)
	}
	for _, l := range c.SetLinks {
		if l.Person == "" {
			w.do(s.keys.link(l.Channel, l.Chat), "DEL")
		} else {
			w.do(s.keys.link(l.Channel, l.Chat), "SET", l.Person)
		}
	}
	for _, t := range c.Texts {
		w.do(s.keys.text(t.ID), "SET", t.Text)
		w.do(s.keys.text(t.ID), "PEXPIREAT", expiry(c, textFor))
	}
	for _, t := range c.Wakes {
		if t.At == 0 {
			w.do(s.keys.wakes(), "ZREM", timer(t.Target, t.Timer))
		} else {
			w.do(s.keys.wakes(), "ZADD", t.At, timer(t.Target, t.Timer))
		}
	}
	for _, h := range c.Halts {
		if h.How == bot.HaltNone {
			w.do(s.keys.halts(), "HDEL", h.Fanout)
		} else {
			w.do(s.keys.halts(), "HSET", h.Fanout, string(h.How))
		}
	}
	for _, p := range c.Quarantine {
		data, err := json.Marshal(p)
		if err != nil {
			return err
		}
		w.do(s.keys.quarantine(), "HSET", p.ID, data)
	}
	s.records(w, c)
	if err := s.outgoing(w, c); err != nil {
		return err
	}
	s.audiences(w, c)
	s.released(w, c)
	return nil
}

func (s *Store) put(w *words, p bot.PutThing) {
	k := s.keys.thing(p.Ref)
	if p.Data == nil {
		w.do(k, "DEL")
	} else {
		w.do(k, "SET", written(p.Rev, p.Data))
	}
	if p.Names.Person != "" && p.Rev.N == 0 {
		w.do(s.keys.trail(p.Names.Person), "RPUSH", "t "+string(p.Ref.Kind)+":"+p.Ref.ID+" "+p.Names.Name)
	}
	if p.Ref.Kind == bot.FanoutRef {
		var job bot.Fanout
		if json.Unmarshal(p.Data, &job) == nil && (job.State == bot.JobRunning || job.State == bot.JobPaused) {
			w.do(s.keys.fanouts(), "SADD", p.Ref.ID)
		} else {
			w.do(s.keys.fanouts(), "SREM", p.Ref.ID)
		}
	}
}

// outgoing puts entries into the outbox, those of a channel together, each
// channel after the lease that allows marking flights.
func (s *Store) outgoing(w *words, c *bot.Commit) error {
	joins := 0
	for _, m := range c.Members {
		if !m.Leave {
			joins++
		}
	}
	if n := len(c.Out) + joins; n > 0 {
		w.add("seq", w.key(s.keys.seq()), n)
	}
	channel := ""
	for i := range c.Out {
		e := &c.Out[i]
		if e.Channel != channel {
			channel = e.Channel
			prefix := "-" // no lease begins so
			if l, ok := c.Held[channel]; ok && l.Epoch != 0 {
				prefix = epochPrefix(l)
			}
			w.add("held", w.key(s.keys.lease(channel)), prefix, w.key(s.keys.listed(channel)), s.heard.upTo(channel))
		}
		text, err := e.Encoded()
		if err != nil {
			return err
		}
		fly := ""
		if e.Fly {
			fly = strconv.FormatInt(c.Held[channel].Epoch, 10)
		}
		w.add("out", w.key(s.keys.out(channel, e.Lane)), w.key(s.keys.ready(channel)),
			w.key(s.keys.flight(channel)), fly, text)
		if e.NotBefore > c.Now.UnixMilli() {
			w.add("late", w.key(s.keys.held(channel, e.Lane)), e.NotBefore)
		}
	}
	return nil
}

func (s *Store) audiences(w *words, c *bot.Commit) {
	for _, m := range c.Members {
		if m.Leave {
			w.add("leave", w.key(s.keys.members(m.Audience)), w.key(s.keys.trail(m.Person)), m.Person)
		} else {
			w.add("join", w.key(s.keys.members(m.Audience)), w.key(s.keys.trail(m.Person)), m.Person)
		}
	}
	for _, m := range c.Marks {
		w.add("mark", w.key(s.keys.mark(m.Object)), w.key(s.keys.marks(m.Object)),
			w.key(s.keys.trail(m.Person)), m.Person, m.Value)
	}
	for _, n := range c.Counts {
		w.do(s.keys.marks(n.Object), "HINCRBY", n.Value, n.N)
	}
}

// released ends entries' time in the outbox. Those whose outcome nobody counts
// go together: they are the many.
func (s *Store) released(w *words, c *bot.Commit) {
	together, late := map[string][]any{}, map[string][]any{}
	var order []string
	gather := func(k string, id string) {
		if together[k] == nil {
			order = append(order, k)
		}
		together[k] = append(together[k], id)
	}
	for _, h := range c.Handles { // while their entries are there
		k := w.key(s.keys.handles(h.Channel, h.Chat))
		if h.Message == "" {
			w.add("do", k, 1, "HDEL", h.Name)
		} else {
			id := strconv.FormatInt(h.Entry, 10)
			w.add("name", k, w.key(s.keys.out(h.Channel, h.Lane)), id, h.Name, id+"="+h.Message)
		}
	}
	if erases(c) {
		w.do(s.keys.erasing(), "INCR")
	}
	for _, r := range c.Release {
		if r.Last != "" {
			w.do(s.keys.pause(r.Channel), "HDEL", r.Last)
		}
		id := strconv.FormatInt(r.ID, 10)
		if r.Held && !r.Keep {
			late[s.keys.held(r.Channel, r.Lane)] = append(late[s.keys.held(r.Channel, r.Lane)], id)
		}
		switch {
		case r.Keep:
			gather(s.keys.flight(r.Channel), id)
		case r.What == "":
			gather(s.keys.out(r.Channel, r.Lane), id)
			gather(s.keys.flight(r.Channel), id)
		default:
			w.add("end", w.key(s.keys.out(r.Channel, r.Lane)), w.key(s.keys.flight(r.Channel)),
				w.key(s.keys.tally(r.Fanout)), id, r.What)
		}
	}
	for k, ids := range late {
		for part := range slices.Chunk(ids, 1000) {
			w.do(k, "ZREM", part...)
		}
	}
	for _, k := range order {
		for ids := range slices.Chunk(together[k], 1000) {
			w.do(k, "HDEL", ids...)
		}
	}
}

func epochPrefix(l bot.Lease) string { return strconv.FormatInt(l.Epoch, 10) + " " }
