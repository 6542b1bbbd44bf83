package redis

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"cadrebot/bot"
)

// Load implements bot.Store. Things that are plain values share one MGET; the
// rest goes along in the same round trip.
func (s *Store) Load(ctx context.Context, refs ...bot.Ref) ([]bot.Thing, error) {
	if len(refs) == 0 {
		return nil, nil
	}
	if err := s.enter(ctx, false); err != nil {
		return nil, err
	}
	things := make([]bot.Thing, len(refs))
	plain := make([]string, 0, len(refs))
	for i, r := range refs {
		things[i].Ref = r
		if k, ok := s.value(r); ok {
			plain = append(plain, k)
		}
	}
	if len(plain) == len(refs) {
		values, err := s.db.MGet(ctx, plain...).Result()
		if err != nil {
			return nil, fmt.Errorf("load: %w", err)
		}
		return things, s.fill(things, values)
	}
	pipe := s.plain.Pipeline()
	var values *goredis.SliceCmd
	if len(plain) > 0 {
		values = pipe.MGet(ctx, plain...)
	}
	facts := make([]func() ([]byte, error), len(refs))
	for i, r := range refs {
		facts[i] = s.fact(ctx, pipe, r)
	}
	if _, err := pipe.Exec(ctx); err != nil && !missing(err) {
		return nil, fmt.Errorf("load: %w", err)
	}
	for i, f := range facts {
		if f == nil {
			continue
		}
		data, err := f()
		if err != nil && !missing(err) {
			return nil, fmt.Errorf("load %s %s: %w", refs[i].Kind, refs[i].ID, err)
		}
		things[i].Data = data
	}
	if values == nil {
		return things, nil
	}
	return things, s.fill(things, values.Val())
}

// value returns the key of a thing that is kept as one string.
func (s *Store) value(r bot.Ref) (string, bool) {
	switch {
	case r.Kind.Versioned():
		return s.keys.thing(r), true
	case r.Kind == bot.LinkRef:
		ch, chat, _ := strings.Cut(r.ID, ":")
		return s.keys.link(ch, chat), true
	}
	return "", false
}

// fill gives the values of an MGET to the things they belong to.
func (s *Store) fill(things []bot.Thing, values []any) error {
	for i := range things {
		t := &things[i]
		if _, ok := s.value(t.Ref); !ok {
			continue
		}
		v, _ := values[0].(string)
		present := values[0] != nil
		values = values[1:]
		if !present {
			continue
		}
		if !t.Ref.Kind.Versioned() {
			t.Data = []byte(v)
			continue
		}
		rev, data, ok := readHead(v)
		if !ok {
			return fmt.Errorf("load %s %s: no revision in %.40q", t.Ref.Kind, t.Ref.ID, v)
		}
		t.Rev, t.Data = rev, []byte(data)
	}
	return nil
}

// fact asks for a thing that is not a plain value, and returns what decodes the
// answer.
func (s *Store) fact(ctx context.Context, pipe goredis.Pipeliner, r bot.Ref) func() ([]byte, error) {
	switch r.Kind {
	case bot.TallyRef, bot.MarksRef:
		k := s.keys.tally(r.ID)
		if r.Kind == bot.MarksRef {
			k = s.keys.marks(r.ID)
		}
		cmd := pipe.HGetAll(ctx, k)
		return func() ([]byte, error) { return counts(cmd.Val()), cmd.Err() }
	case bot.MarkRef:
		object, person, _ := cutLast(r.ID, "/")
		cmd := pipe.HGet(ctx, s.keys.mark(object), person)
		return func() ([]byte, error) {
			v, err := cmd.Bytes()
			return v, err
		}
	case bot.MembersRef:
		n := pipe.ZCard(ctx, s.keys.members(r.ID))
		last := pipe.ZRevRangeWithScores(ctx, s.keys.members(r.ID), 0, 0)
		return func() ([]byte, error) {
			m := bot.Members{N: int(n.Val())}
			for _, z := range last.Val() {
				m.Upto = int64(z.Score)
			}
			data, _ := json.Marshal(m)
			return data, last.Err()
		}
	case bot.RecordsRef:
		return func() ([]byte, error) { return s.recordsOf(ctx, r.ID) }
	case bot.DepthRef:
		return s.depth(ctx, pipe, r.ID)
	}
	return nil
}

// depth counts what waits in a channel's lanes. What is held for a time to come
// counts for itself: it is of the lanes that a crowd uses.
func (s *Store) depth(ctx context.Context, pipe goredis.Pipeliner, channel string) func() ([]byte, error) {
	var n, late [len(bot.Lanes)]*goredis.IntCmd
	now := "(" + strconv.FormatInt(time.Now().UnixMilli(), 10)
	for l := range n {
		n[l] = pipe.HLen(ctx, s.keys.out(channel, bot.Lane(l)))
		late[l] = pipe.ZCount(ctx, s.keys.held(channel, bot.Lane(l)), now, "+inf")
	}
	return func() ([]byte, error) {
		depth := make(map[string]int64, len(n)+1)
		for l := range n {
			depth[bot.Lane(l).String()] = n[l].Val() - late[l].Val()
			depth[bot.DepthHeld] += late[l].Val()
		}
		return json.Marshal(depth)
	}
}

func counts(fields map[string]string) []byte {
	var b bytes.Buffer
	b.WriteByte('{')
	for name, n := range fields {
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		quoted, _ := json.Marshal(name) // a string always marshals
		b.Write(quoted)
		b.WriteString(":" + n)
	}
	b.WriteByte('}')
	return b.Bytes()
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
