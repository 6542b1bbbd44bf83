package bottest

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"cadrebot/bot"
)

// Load implements bot.Store.
func (m *Memory) Load(ctx context.Context, refs ...bot.Ref) ([]bot.Thing, error) {
	if err := m.enter(ctx, "Load"); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	things := make([]bot.Thing, len(refs))
	for i, r := range refs {
		if r.Kind.Versioned() {
			things[i] = m.things[r]
		} else {
			things[i].Data = m.fact(r)
		}
		things[i].Ref = r
	}
	return things, nil
}

func (m *Memory) fact(r bot.Ref) []byte {
	var v any
	switch r.Kind {
	case bot.LinkRef:
		return text(m.links[r.ID])
	case bot.TallyRef:
		v = copied(m.tallies[r.ID])
	case bot.MarksRef:
		counts := map[string]int{}
		for value, n := range m.counts[r.ID] {
			counts[value] += n
		}
		v = counts
	case bot.RecordsRef:
		own := []bot.Record{}
		for _, rec := range m.records {
			if rec.Person == r.ID {
				own = append(own, rec)
			}
		}
		slices.SortStableFunc(own, func(a, b bot.Record) int { return a.At.Compare(b.At) })
		v = own[max(0, len(own)-10_000):]
	case bot.MarkRef:
		i := strings.LastIndex(r.ID, "/")
		return text(m.marks[r.ID[:i]][r.ID[i+1:]])
	case bot.MembersRef:
		all := bot.Members{N: len(m.members[r.ID])}
		for _, n := range m.members[r.ID] {
			all.Upto = max(all.Upto, n)
		}
		v = all
	case bot.DepthRef:
		depth := map[string]int{bot.DepthHeld: 0}
		for _, l := range bot.Lanes {
			depth[l] = 0
		}
		for _, e := range m.channel(r.ID).out {
			if e.NotBefore > time.Now().UnixMilli() {
				depth[bot.DepthHeld]++
			} else {
				depth[e.Lane.String()]++
			}
		}
		v = depth
	}
	data, _ := json.Marshal(v) // plain maps and structs always marshal
	return data
}

func text(s string) []byte {
	if s == "" {
		return nil
	}
	return []byte(s)
}

// Due implements Scheduling.
func (m *Memory) Due(ctx context.Context, now time.Time, n int) ([]bot.Event, error) {
	if err := m.enter(ctx, "Due"); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	var due []bot.Event
	for w := range m.wakes {
		if w.Due <= now.UnixMilli() {
			due = append(due, bot.Event{Kind: bot.Wake, Target: w.Target, Timer: w.Timer, Due: w.Due})
		}
	}
	slices.SortFunc(due, func(a, b bot.Event) int {
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Target.ID, b.Target.ID), cmp.Compare(a.Timer, b.Timer))
	})
	return due[:min(n, len(due))], nil
}

// Fanouts implements Scheduling.
func (m *Memory) Fanouts(ctx context.Context) ([]string, error) {
	if err := m.enter(ctx, "Fanouts"); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	ids := []string{}
	for id := range m.fanouts {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids, nil
}

// Page implements Scheduling.
func (m *Memory) Page(ctx context.Context, audience string, after, upto int64, n int) ([]string, int64, error) {
	if err := m.enter(ctx, "Page"); err != nil {
		return nil, 0, err
	}
	defer m.mu.Unlock()
	in := m.members[audience]
	var page []string
	for person, number := range in {
		if number > after && number <= upto {
			page = append(page, person)
		}
	}
	slices.SortFunc(page, func(a, b string) int { return cmp.Compare(in[a], in[b]) })
	page = page[:min(n, len(page))]
	if len(page) > 0 {
		after = in[page[len(page)-1]]
	}
	return page, after, nil
}

// Quarantined implements Scheduling.
func (m *Memory) Quarantined(ctx context.Context) ([]bot.Poison, error) {
	if err := m.enter(ctx, "Quarantined"); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	return slices.Clone(m.poison), nil
}

// Unquarantine implements Scheduling.
func (m *Memory) Unquarantine(ctx context.Context, id string) error {
	if err := m.enter(ctx, "Unquarantine"); err != nil {
		return err
	}
	defer m.mu.Unlock()
	m.poison = slices.DeleteFunc(m.poison, func(p bot.Poison) bool { return p.ID == id })
	return nil
}
