package bottest

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"cadrebot/bot"
)

// Commit implements bot.Store.
func (m *Memory) Commit(ctx context.Context, c *bot.Commit) (bot.Receipt, error) {
	if err := m.enter(ctx, "Commit"); err != nil {
		return bot.Receipt{}, err
	}
	defer m.mu.Unlock()
	if err := m.guard(c); err != nil {
		return bot.Receipt{}, err
	}
	if !c.Seen.IsZero() {
		m.seen[seenKey(c)] = true
	}
	if c.Timer.Target.Kind != "" {
		delete(m.wakes, c.Timer)
	}
	for _, gone := range c.Forget {
		m.erase(gone)
	}
	for _, a := range c.Clear {
		m.clear(a)
	}
	for _, a := range c.Withdraw {
		m.drop(a, bot.Deadlines, bot.Bulk)
	}
	for _, p := range c.Puts {
		if p.Ref.Kind == bot.FanoutRef {
			m.fan(p)
		}
		if p.Data == nil {
			delete(m.things, p.Ref)
		} else {
			m.things[p.Ref] = bot.Thing{Ref: p.Ref, Rev: m.next(p.Rev), Data: p.Data}
		}
		if n := p.Names; n.Person != "" {
			if m.named[n.Person] == nil {
				m.named[n.Person] = map[bot.Ref]bot.Naming{}
			}
			m.named[n.Person][p.Ref] = n
		}
	}
	for _, l := range c.SetLinks {
		m.links[l.Channel+":"+l.Chat] = l.Person
	}
	for _, t := range c.Texts {
		m.texts[t.ID] = t.Text
	}
	for _, t := range c.Wakes {
		m.wake(t)
	}
	for _, h := range c.Halts {
		if h.How == bot.HaltNone {
			delete(m.halts, h.Fanout)
		} else {
			m.halts[h.Fanout] = h.How
		}
	}
	m.poison = append(m.poison, c.Quarantine...)
	m.records = append(m.records, c.Records...)
	receipt := m.send(c)
	m.people(c)
	m.end(c)
	for _, x := range c.Merges {
		m.merge(x)
	}
	return receipt, nil
}

// fan notes whether a fan-out is under way.
func (m *Memory) fan(p bot.PutThing) {
	var job bot.Fanout
	delete(m.fanouts, p.Ref.ID)
	if json.Unmarshal(p.Data, &job) == nil && (job.State == bot.JobRunning || job.State == bot.JobPaused) {
		m.fanouts[p.Ref.ID] = true
	}
}

// next is the revision of a thing that is written; its tag is no other's.
func (m *Memory) next(r bot.Rev) bot.Rev {
	m.writes++
	return bot.Rev{N: r.N + 1, Tag: strconv.FormatInt(m.writes, 36)}
}

func seenKey(c *bot.Commit) string {
	return fmt.Sprint(c.Channel, " ", c.Seen.Number, " ", c.Seen.Text)
}

func (m *Memory) guard(c *bot.Commit) error {
	switch {
	case !c.Seen.IsZero() && m.seen[seenKey(c)]:
		return bot.ErrSeen
	case c.Timer.Target.Kind != "" && !m.wakes[c.Timer]:
		return bot.ErrSeen
	case c.Fence.Epoch != 0 && !m.holds(c.Fence):
		return bot.ErrStale
	}
	for _, t := range c.Reads {
		if m.things[t.Ref].Rev != t.Rev {
			return bot.ErrConflict
		}
	}
	for _, p := range c.Puts {
		if m.things[p.Ref].Rev != p.Rev {
			return bot.ErrConflict
		}
	}
	for _, id := range c.People {
		if m.things[bot.Ref{Kind: bot.PersonRef, ID: id}].Rev.N == 0 {
			return bot.ErrConflict
		}
	}
	for _, l := range c.Links {
		if m.links[l.Channel+":"+l.Chat] != l.Person {
			return bot.ErrConflict
		}
	}
	return nil
}

func (m *Memory) wake(t bot.Timer) {
	for w := range m.wakes {
		if w.Target == t.Target && w.Timer == t.Timer {
			delete(m.wakes, w)
		}
	}
	if t.At != 0 {
		m.wakes[bot.TimerGuard{Target: t.Target, Timer: t.Timer, Due: t.At}] = true
	}
}

func (m *Memory) send(c *bot.Commit) bot.Receipt {
	var r bot.Receipt
	for _, e := range c.Out {
		m.seq++
		e.ID = m.seq
		ch := m.channel(e.Channel)
		held := m.holds(c.Held[e.Channel]) && ch.listed <= ch.heard
		r.IDs, r.Flying, r.Listed = append(r.IDs, e.ID), append(r.Flying, held && e.Fly), append(r.Listed, !held)
		if !held {
			ch.listed = e.ID
			ch.ready = append(ch.ready, e.ID)
			close(m.news)
			m.news = make(chan struct{})
		} else if e.Fly {
			e.Flight = c.Held[e.Channel].Epoch
		}
		e.Fly = false
		ch.out[e.ID] = e
	}
	return r
}

func (m *Memory) people(c *bot.Commit) {
	for _, x := range c.Members {
		if m.members[x.Audience] == nil {
			m.members[x.Audience] = map[string]int64{}
		}
		if x.Leave {
			delete(m.members[x.Audience], x.Person)
		} else if m.seq++; m.members[x.Audience][x.Person] == 0 {
			m.members[x.Audience][x.Person] = m.seq
		}
	}
	for _, x := range c.Marks {
		if m.marks[x.Object] == nil {
			m.marks[x.Object] = map[string]string{}
		}
		was, marked := m.marks[x.Object][x.Person]
		if marked {
			m.count(x.Object, was, -1)
		}
		m.marks[x.Object][x.Person] = x.Value
		m.count(x.Object, x.Value, 1)
	}
	for _, x := range c.Counts {
		m.count(x.Object, x.Value, x.N)
	}
}

func (m *Memory) count(object, value string, n int) {
	if m.counts[object] == nil {
		m.counts[object] = map[string]int{}
	}
	m.counts[object][value] += n
}

func (m *Memory) end(c *bot.Commit) {
	m.name(c)
	for _, r := range c.Release {
		ch := m.channel(r.Channel)
		e, there := ch.out[r.ID]
		if r.Last != "" {
			delete(ch.pauses, r.Last)
		}
		switch {
		case !there:
		case r.Keep:
			e.Flight = 0
			ch.out[r.ID] = e
		default:
			delete(ch.out, r.ID)
			if r.What != "" {
				if m.tallies[r.Fanout] == nil {
					m.tallies[r.Fanout] = map[string]int{}
				}
				m.tallies[r.Fanout][r.What]++
			}
		}
	}
}

// name keeps the names of messages whose entries are still there.
func (m *Memory) name(c *bot.Commit) {
	for _, h := range c.Handles {
		ch := m.channel(h.Channel)
		all, name := ch.handles, h.Chat+" "+h.Name
		_, there := ch.out[h.Entry]
		switch kept := all[name]; {
		case h.Message == "":
			delete(all, name)
		case !there:
		case len(kept) == 0 || kept[0] != h:
			all[name] = append([]bot.Handle{h}, kept[:min(len(kept), 2)]...)
		}
	}
}

// Expire ends a channel's lease as if its time were over.
func (m *Memory) Expire(channel string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.channel(channel).until = time.Time{}
}
