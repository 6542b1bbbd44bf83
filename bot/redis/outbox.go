package redis

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"cadrebot/bot"
)

// Acquire implements bot.Outbox.
func (s *Store) Acquire(ctx context.Context, channel, instance, session string, ttl time.Duration) (bot.Lease, error) {
	if instance == "" || strings.ContainsFunc(instance+session, unicode.IsSpace) {
		return bot.Lease{}, fmt.Errorf("acquire lease of %s: instance %q: want a name without spaces", channel, instance)
	}
	keys := []string{s.keys.lease(channel), s.keys.epoch(channel), s.keys.layout()}
	reply, err := leaseScript.Run(ctx, s.plain, keys, instance, session, ttl.Milliseconds(), s.layout.known).Int64Slice()
	if err == nil {
		err = s.learn(int(reply[1]))
	}
	if err == nil && reply[0] == 0 {
		err = bot.ErrStale
	}
	if err != nil {
		return bot.Lease{}, fmt.Errorf("acquire lease of %s: %w", channel, err)
	}
	return bot.Lease{Channel: channel, Epoch: reply[0]}, nil
}

// ReleaseLease implements bot.Outbox.
func (s *Store) ReleaseLease(ctx context.Context, l bot.Lease) error {
	return s.fenced(ctx, l, func(w *words) { w.do(s.keys.lease(l.Channel), "DEL") })
}

// fenced applies changes if the lease is still held.
func (s *Store) fenced(ctx context.Context, l bot.Lease, changes func(*words)) error {
	_, err := s.underLease(ctx, l, changes)
	return err
}

// underLease is fenced with the script's answer.
func (s *Store) underLease(ctx context.Context, l bot.Lease, changes func(*words)) ([]any, error) {
	var w words
	s.guards(&w, &bot.Commit{Fence: l})
	w.add(".")
	changes(&w)
	reply, err := s.run(ctx, commitScript, w.keys, w.argv...)
	if err != nil {
		return nil, err
	}
	_, err = receipt(reply, 0)
	return reply, err
}

// Claim implements bot.Outbox.
func (s *Store) Claim(ctx context.Context, l bot.Lease, entries []bot.Entry) (gone []int64, err error) {
	reply, err := s.underLease(ctx, l, func(w *words) {
		for _, e := range entries {
			w.add("claim", w.key(s.keys.out(l.Channel, e.Lane)), w.key(s.keys.flight(l.Channel)), e.ID, l.Epoch)
		}
	})
	if err != nil {
		return nil, fmt.Errorf("claim %d entries: %w", len(entries), err)
	}
	flags, _ := reply[2].(string)
	for i, e := range entries {
		if flags[i] == '0' {
			gone = append(gone, e.ID)
		}
	}
	return gone, nil
}

// Pending implements bot.Outbox.
func (s *Store) Pending(ctx context.Context, channel string, page func([]bot.Entry) error) error {
	listed, err := s.plain.Get(ctx, s.keys.listed(channel)).Int64()
	if err != nil && !missing(err) {
		return fmt.Errorf("read outbox of %s: %w", channel, err)
	}
	flights, err := s.plain.HGetAll(ctx, s.keys.flight(channel)).Result()
	if err != nil {
		return fmt.Errorf("read flights of %s: %w", channel, err)
	}
	for l := range bot.Lanes {
		lane := bot.Lane(l)
		ids, err := s.plain.HKeys(ctx, s.keys.out(channel, lane)).Result()
		if err != nil {
			return fmt.Errorf("read outbox of %s: %w", channel, err)
		}
		numbers := make([]int64, 0, len(ids))
		for _, id := range ids {
			n, err := strconv.ParseInt(id, 10, 64)
			if err != nil {
				return fmt.Errorf("read outbox of %s: entry %q: %w", channel, id, err)
			}
			numbers = append(numbers, n)
		}
		slices.Sort(numbers)
		for part := range slices.Chunk(numbers, 256) {
			entries, err := s.entries(ctx, channel, lane, part)
			if err != nil {
				return err
			}
			for i := range entries {
				epoch := flights[strconv.FormatInt(entries[i].ID, 10)]
				entries[i].Flight, _ = strconv.ParseInt(epoch, 10, 64)
			}
			if err := page(entries); err != nil {
				return err
			}
		}
	}
	s.heard.read(channel, listed)
	return nil
}

// entries reads the named entries of a lane; those that are gone are left out.
func (s *Store) entries(ctx context.Context, channel string, lane bot.Lane, ids []int64) ([]bot.Entry, error) {
	fields := make([]string, len(ids))
	for i, id := range ids {
		fields[i] = strconv.FormatInt(id, 10)
	}
	values, err := s.plain.HMGet(ctx, s.keys.out(channel, lane), fields...).Result()
	if err != nil {
		return nil, fmt.Errorf("read outbox of %s: %w", channel, err)
	}
	entries := make([]bot.Entry, 0, len(ids))
	for i, v := range values {
		text, ok := v.(string)
		if !ok {
			continue
		}
		e, err := bot.DecodeEntry(channel, lane, ids[i], []byte(text))
		if err != nil {
			return nil, fmt.Errorf("read outbox of %s: entry %d: %w", channel, ids[i], err)
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// awaitAtOnce is how many entries one wait brings at most.
const awaitAtOnce = 256

// Await implements bot.Outbox.
func (s *Store) Await(ctx context.Context, channel string, d time.Duration) ([]bot.Entry, error) {
	s.heard.again(channel)
	k := s.keys.ready(channel)
	ctx2, cancel := context.WithTimeout(ctx, d+5*time.Second)
	defer cancel()
	first, err := s.plain.BLPop(ctx2, d, k).Result()
	if missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("await entries of %s: %w", channel, err)
	}
	names := first[1:]
	more, err := s.plain.LPopCount(ctx, k, awaitAtOnce-1).Result()
	if err == nil {
		names = append(names, more...)
	} else if !missing(err) {
		return nil, fmt.Errorf("await entries of %s: %w", channel, err)
	}
	var ids [len(bot.Lanes)][]int64
	for _, name := range names {
		lane, id, _ := strings.Cut(name, ":")
		l := slices.Index(bot.Lanes[:], lane)
		n, err := strconv.ParseInt(id, 10, 64)
		if l < 0 || err != nil {
			return nil, fmt.Errorf("await entries of %s: %q is no entry", channel, name)
		}
		ids[l] = append(ids[l], n)
	}
	var entries []bot.Entry
	for l := range ids {
		if len(ids[l]) == 0 {
			continue
		}
		more, err := s.entries(ctx, channel, bot.Lane(l), ids[l])
		if err != nil {
			return nil, err
		}
		entries = append(entries, more...)
	}
	slices.SortFunc(entries, func(a, b bot.Entry) int { return int(a.ID - b.ID) })
	for _, numbers := range ids {
		for _, n := range numbers {
			s.heard.brings(channel, n)
		}
	}
	return entries, nil
}

// Pauses implements bot.Outbox.
func (s *Store) Pauses(ctx context.Context, channel string) (map[string]int64, error) {
	fields, err := s.plain.HGetAll(ctx, s.keys.pause(channel)).Result()
	if err != nil {
		return nil, fmt.Errorf("read pauses of %s: %w", channel, err)
	}
	pauses := make(map[string]int64, len(fields))
	for chat, until := range fields {
		if pauses[chat], err = strconv.ParseInt(until, 10, 64); err != nil {
			return nil, fmt.Errorf("read pauses of %s: %w", channel, err)
		}
	}
	return pauses, nil
}

// SetPause implements bot.Outbox.
func (s *Store) SetPause(ctx context.Context, l bot.Lease, chat string, until time.Time) error {
	err := s.fenced(ctx, l, func(w *words) {
		if until.IsZero() {
			w.do(s.keys.pause(l.Channel), "HDEL", chat)
		} else {
			w.do(s.keys.pause(l.Channel), "HSET", chat, until.UnixMilli())
		}
	})
	if err != nil {
		return fmt.Errorf("keep pause of %s: %w", l.Channel, err)
	}
	return nil
}

// FindHandle implements bot.Outbox.
func (s *Store) FindHandle(ctx context.Context, channel, chat, name string, before int64) (string, error) {
	v, err := s.db.HGet(ctx, s.keys.handles(channel, chat), name).Result()
	if err != nil && !missing(err) {
		return "", fmt.Errorf("find handle: %w", err)
	}
	newest, found := int64(-1), ""
	for word := range strings.FieldsSeq(v) {
		entry, message, _ := strings.Cut(word, "=")
		if n, err := strconv.ParseInt(entry, 10, 64); err == nil && n < before && n > newest {
			newest, found = n, message
		}
	}
	return found, nil
}

// Text implements bot.Outbox.
func (s *Store) Text(ctx context.Context, id string) (string, error) {
	v, err := s.plain.Get(ctx, s.keys.text(id)).Result()
	if err != nil && !missing(err) {
		return "", fmt.Errorf("read text %s: %w", id, err)
	}
	return v, nil
}

// Halted implements bot.Outbox.
func (s *Store) Halted(ctx context.Context) (map[string]bot.HaltKind, error) {
	fields, err := s.plain.HGetAll(ctx, s.keys.halts()).Result()
	if err != nil {
		return nil, fmt.Errorf("read halts: %w", err)
	}
	halts := make(map[string]bot.HaltKind, len(fields))
	for f, how := range fields {
		halts[f] = bot.HaltKind(how)
	}
	return halts, nil
}
