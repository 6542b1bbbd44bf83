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

// records appends facts to the month's stream, and notes where each is for
// whom it is about, unless they are being forgotten.
func (s *Store) records(w *words, c *bot.Commit) {
	for _, r := range c.Records {
		args := []any{"what", r.What, "who", r.Person, "at", r.At.UnixMilli()}
		for name, v := range r.Data {
			args = append(args, name, v)
		}
		stream := s.keys.records(r.At)
		forgotten := slices.ContainsFunc(c.Forget, func(e bot.Erasure) bool { return e.Person == r.Person })
		if month := monthOf(r.At); r.Person != "" && !forgotten && month > 0 {
			w.add("fact", w.key(stream), w.key(s.keys.recordsBy(r.Person)), month, len(args))
			w.add(args...)
		} else {
			w.do(stream, "XADD", append([]any{"*"}, args...)...)
		}
	}
}

// Where a record is stands in one number of up to 19 digits, which a Redis list
// keeps in ten bytes: the month of its stream, counted from 2020, then its
// identifier there, 13 digits of milliseconds and three of the number in them.
// Where these do not do, the identifier stands as it is.
type whereabouts struct{ stream, id string }

const recordsSince = 2020

func monthOf(t time.Time) int {
	t = t.UTC()
	return (t.Year()-recordsSince)*12 + int(t.Month())
}

func (s *Store) whereabouts(word string) (whereabouts, bool) {
	const millis, nth = 13, 3
	at := len(word) - millis - nth
	for i, c := range word {
		if c == '-' { // as it is
			at = i - millis
		}
	}
	if at <= 0 {
		return whereabouts{}, false
	}
	month, err := strconv.Atoi(word[:at])
	if err != nil {
		return whereabouts{}, false
	}
	id := word[at:]
	if len(id) == millis+nth {
		number, err := strconv.Atoi(id[millis:])
		if err != nil {
			return whereabouts{}, false
		}
		id = id[:millis] + "-" + strconv.Itoa(number)
	}
	day := time.Date(recordsSince, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
	return whereabouts{s.keys.records(day), id}, true
}

// Bounds of a person's records as they are read: the newest so many, in so many
// round trips at most, each of so many.
const (
	recordsMost = 10_000
	recordsPage = 500
)

// recordsOf reads a person's newest records, oldest first. It costs a round trip
// for 500 of them, and about 2 MB of memory for 10,000; how much the others of
// the org have in the same months does not matter. Those that were trimmed are
// left out.
func (s *Store) recordsOf(ctx context.Context, person string) ([]byte, error) {
	words, err := s.plain.LRange(ctx, s.keys.recordsBy(person), -recordsMost, -1).Result()
	if err != nil {
		return nil, fmt.Errorf("load the records: %w", err)
	}
	list := []bot.Record{}
	for page := range slices.Chunk(words, recordsPage) {
		pipe := s.plain.Pipeline()
		for _, word := range page {
			if at, ok := s.whereabouts(word); ok {
				pipe.XRange(ctx, at.stream, at.id, at.id)
			}
		}
		found, err := pipe.Exec(ctx)
		if err != nil {
			return nil, fmt.Errorf("load the records: %w", err)
		}
		for _, f := range found {
			for _, m := range f.(*goredis.XMessageSliceCmd).Val() {
				list = append(list, recordFrom(m.Values))
			}
		}
	}
	// Those of two people who became one stand one after the other.
	slices.SortStableFunc(list, func(a, b bot.Record) int { return a.At.Compare(b.At) })
	return json.Marshal(list)
}

func recordFrom(fields map[string]any) bot.Record {
	var r bot.Record
	for name, v := range fields {
		text, _ := v.(string)
		switch name {
		case "what":
			r.What = text
		case "who":
			r.Person = text
		case "at":
			at, _ := strconv.ParseInt(text, 10, 64) // always a number
			r.At = time.UnixMilli(at).UTC()
		default:
			if r.Data == nil {
				r.Data = map[string]string{}
			}
			r.Data[name] = text
		}
	}
	return r
}
