package scheduler

import (
	"context"
	"encoding/json"
	"fmt"

	"cadrebot/bot"
)

// marks are the channels' high-water marks: above them nothing more is put into
// a lane, so that memory does not grow with the audience.
type marks struct {
	store    Store
	channels map[string]bot.Channel
	refs     []bot.Ref
}

// High-water marks: so many seconds of a channel's rate, but enough to keep it
// busy; and a number for channels without a rate.
const (
	markSeconds   = 10
	markLeast     = 200
	markUnlimited = 2000
)

func newMarks(store Store, channels []bot.Channel) marks {
	m := marks{store: store, channels: map[string]bot.Channel{}}
	for _, c := range channels {
		m.channels[c.Name] = c
		m.refs = append(m.refs, bot.Ref{Kind: bot.DepthRef, ID: c.Name})
	}
	return m
}

// markHeld is how many entries a channel may hold for a time to come, as when a
// notice meets people's quiet hours: about 30 MB of the store and of the sender.
const markHeld = 20_000

// mark is how many entries a lane of a channel may hold.
func mark(c bot.Channel) int {
	if c.Limits.PerSecond == 0 {
		return markUnlimited
	}
	return max(markLeast, markSeconds*c.Limits.PerSecond)
}

// full names the channels of which a lane is at its mark or above.
func (m *marks) full(ctx context.Context, lane bot.Lane) (map[string]bool, error) {
	if len(m.refs) == 0 {
		return nil, nil
	}
	things, err := m.store.Load(ctx, m.refs...)
	if err != nil {
		return nil, fmt.Errorf("read the outbox's depth: %w", err)
	}
	var full map[string]bool
	for _, t := range things {
		depth := map[string]int{}
		if err := json.Unmarshal(t.Data, &depth); err != nil {
			return nil, fmt.Errorf("read the outbox's depth of %s: %w", t.Ref.ID, err)
		}
		if depth[lane.String()] >= mark(m.channels[t.Ref.ID]) || depth[bot.DepthHeld] >= markHeld {
			if full == nil {
				full = map[string]bool{}
			}
			full[t.Ref.ID] = true
		}
	}
	return full, nil
}
