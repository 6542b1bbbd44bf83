package redis

import (
	"context"
	"fmt"
	"strconv"

	goredis "github.com/redis/go-redis/v9"
)

// PageRead calls each with every message of a page whose last change comes after
// since, in the order of their changes, and with the button pressed on it, and
// returns the page's birth and its newest change. Who has read up to that change
// misses nothing by reading on from there, as long as the birth is the same: a
// page that was forgotten is born again. It is "" where there is none.
func (s *Store) PageRead(ctx context.Context, chat string, since int64,
	each func(number, change int64, message []byte, pressed string)) (birth string, change int64, err error) {
	page := s.keys.page(chat)
	pipe := s.plain.Pipeline()
	head := pipe.HMGet(ctx, page, "b", "c") // before the list, which then holds all up to it
	list := pipe.ZRangeByScoreWithScores(ctx, s.keys.pageOrder(chat),
		&goredis.ZRangeBy{Min: "(" + strconv.FormatInt(since, 10), Max: "+inf"})
	if _, err := pipe.Exec(ctx); err != nil {
		return "", 0, fmt.Errorf("read a page: %w", err)
	}
	birth, change = pageHead(head.Val())
	changed := list.Val()
	if birth == "" || len(changed) == 0 {
		return birth, change, nil
	}
	fields := make([]string, 0, 2*len(changed))
	for _, z := range changed {
		n, _ := z.Member.(string)
		fields = append(fields, "m:"+n, "p:"+n)
	}
	values, err := s.plain.HMGet(ctx, page, fields...).Result()
	if err != nil {
		return "", 0, fmt.Errorf("read a page: %w", err)
	}
	for i, z := range changed {
		name, _ := z.Member.(string)
		n, err := strconv.ParseInt(name, 10, 64)
		if err != nil {
			return "", 0, fmt.Errorf("read a page: message %q: %w", name, err)
		}
		change = max(change, int64(z.Score))
		message, kept := values[2*i].(string)
		pressed, _ := values[2*i+1].(string)
		if kept {
			each(n, int64(z.Score), []byte(message), pressed)
		}
	}
	return birth, change, nil
}

func pageHead(values []any) (birth string, change int64) {
	birth, _ = values[0].(string)
	text, _ := values[1].(string)
	change, _ = strconv.ParseInt(text, 10, 64) // the script counts
	return birth, change
}

// PageMessage returns one message of a page, nil where it is not kept.
func (s *Store) PageMessage(ctx context.Context, chat string, number int64) ([]byte, error) {
	return s.pageField(ctx, chat, "m:", number)
}

// PageFile returns a message's own file, nil where it is not kept.
func (s *Store) PageFile(ctx context.Context, chat string, number int64) ([]byte, error) {
	return s.pageField(ctx, chat, "f:", number)
}

func (s *Store) pageField(ctx context.Context, chat, field string, number int64) ([]byte, error) {
	data, err := s.db.HGet(ctx, s.keys.page(chat), field+strconv.FormatInt(number, 10)).Bytes()
	if missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read of a page: %w", err)
	}
	return data, nil
}

// PageHeads calls each with the birth and the newest change of each chat's page,
// in their order.
func (s *Store) PageHeads(ctx context.Context, chats []string, each func(birth string, change int64)) error {
	pipe := s.plain.Pipeline()
	heads := make([]*goredis.SliceCmd, len(chats))
	for i, chat := range chats {
		heads[i] = pipe.HMGet(ctx, s.keys.page(chat), "b", "c")
	}
	if len(chats) > 0 {
		if _, err := pipe.Exec(ctx); err != nil {
			return fmt.Errorf("read the heads of pages: %w", err)
		}
	}
	for _, h := range heads {
		each(pageHead(h.Val()))
	}
	return nil
}

// PageNews calls heard with each chat whose page changes, whoever changes it,
// until ctx ends. While the connection is lost it hears nothing; ready is called
// each time it listens (again), for then others may have changed meanwhile.
func (s *Store) PageNews(ctx context.Context, ready func(), heard func(chat string)) error {
	sub := s.plain.Subscribe(ctx, s.keys.pageNews())
	stop := context.AfterFunc(ctx, func() { _ = sub.Close() })
	defer func() {
		stop()
		_ = sub.Close()
	}()
	for {
		news, err := sub.Receive(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			return fmt.Errorf("listen for pages: %w", err)
		}
		switch news := news.(type) {
		case *goredis.Subscription:
			ready()
		case *goredis.Message:
			heard(news.Payload)
		}
	}
}
