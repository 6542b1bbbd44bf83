package redis

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"cadrebot/bot"
)

// Due returns up to n wakes that are due at now, the earliest first.
func (s *Store) Due(ctx context.Context, now time.Time, n int) ([]bot.Event, error) {
	return s.wakes(ctx, &goredis.ZRangeBy{Min: "-inf", Max: strconv.FormatInt(now.UnixMilli(), 10), Count: int64(n)})
}

// Timers returns up to n wakes that are set, the earliest first.
func (s *Store) Timers(ctx context.Context, n int) ([]bot.Event, error) {
	return s.wakes(ctx, &goredis.ZRangeBy{Min: "-inf", Max: "+inf", Count: int64(n)})
}

func (s *Store) wakes(ctx context.Context, by *goredis.ZRangeBy) ([]bot.Event, error) {
	due, err := s.plain.ZRangeByScoreWithScores(ctx, s.keys.wakes(), by).Result()
	if err != nil {
		return nil, fmt.Errorf("read wakes: %w", err)
	}
	events := make([]bot.Event, 0, len(due))
	for _, z := range due {
		member, _ := z.Member.(string)
		target, name, ok := parseTimer(member)
		if !ok {
			return nil, fmt.Errorf("read wakes: %q is no timer", member)
		}
		events = append(events, bot.Event{Kind: bot.Wake, Target: target, Timer: name, Due: int64(z.Score)})
	}
	return events, nil
}

// Fanouts lists the fan-outs that are under way.
func (s *Store) Fanouts(ctx context.Context) ([]string, error) {
	ids, err := s.plain.SMembers(ctx, s.keys.fanouts()).Result()
	if err != nil {
		return nil, fmt.Errorf("read fan-outs: %w", err)
	}
	slices.Sort(ids)
	return ids, nil
}

// Page returns up to n members of an audience with a sequence number above
// after and up to upto, in the order in which they joined, and the number of
// the last of them.
func (s *Store) Page(ctx context.Context, audience string, after, upto int64, n int) ([]string, int64, error) {
	page, err := s.plain.ZRangeByScoreWithScores(ctx, s.keys.members(audience), &goredis.ZRangeBy{
		Min: "(" + strconv.FormatInt(after, 10), Max: strconv.FormatInt(upto, 10), Count: int64(n),
	}).Result()
	if err != nil {
		return nil, 0, fmt.Errorf("read audience: %w", err)
	}
	members := make([]string, len(page))
	for i, z := range page {
		members[i], _ = z.Member.(string)
		after = int64(z.Score)
	}
	return members, after, nil
}

// Quarantined lists the events that could not be handled, the oldest first.
func (s *Store) Quarantined(ctx context.Context) ([]bot.Poison, error) {
	fields, err := s.plain.HGetAll(ctx, s.keys.quarantine()).Result()
	if err != nil {
		return nil, fmt.Errorf("read quarantine: %w", err)
	}
	list := make([]bot.Poison, 0, len(fields))
	for id, v := range fields {
		var p bot.Poison
		if err := json.Unmarshal([]byte(v), &p); err != nil {
			return nil, fmt.Errorf("read quarantine: %s: %w", id, err)
		}
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b bot.Poison) int { return a.At.Compare(b.At) })
	return list, nil
}

// Unquarantine drops an event from the quarantine.
func (s *Store) Unquarantine(ctx context.Context, id string) error {
	if err := s.enter(ctx, true); err != nil {
		return err
	}
	var w words
	w.add(".")
	w.do(s.keys.quarantine(), "HDEL", id)
	_, err := s.run(ctx, commitScript, w.keys, w.argv...)
	if err != nil {
		return fmt.Errorf("drop from quarantine: %w", err)
	}
	return nil
}
