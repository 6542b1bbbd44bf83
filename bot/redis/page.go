package redis

import (
	"context"
	_ "embed"
	"fmt"
	"strconv"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

//go:embed page.lua
var pageSource string

var pageScript = goredis.NewScript(pageSource)

const (
	pageKeeps  = 200 // messages
	fileKeeps  = 8   // messages' own files
	pageExpiry = 60 * 24 * time.Hour
)

// PageAdd adds a message to a chat's page, with a file of its own or none, and
// returns its number, which counts from 1. An operation adds once: again, it
// returns the number of the first time. The newest 200 messages are kept and the
// newest 8 files, until 60 days after the last change.
func (s *Store) PageAdd(ctx context.Context, chat, operation string, message, file []byte) (number int64, err error) {
	return s.page(ctx, chat, "add", operation, 0, message, file)
}

// PageEdit replaces a message, and takes back what was pressed on it. The number
// is 0 where the message is not kept any more.
func (s *Store) PageEdit(ctx context.Context, chat string, number int64, message []byte) (int64, error) {
	return s.page(ctx, chat, "edit", "", number, message, nil)
}

// PagePress notes which button of a message was pressed, once for an operation.
func (s *Store) PagePress(ctx context.Context, chat, operation string, number int64, data string) (int64, error) {
	return s.page(ctx, chat, "press", operation, number, []byte(data), nil)
}

func (s *Store) page(ctx context.Context, chat, what, operation string, number int64, text, file []byte) (int64, error) {
	if err := s.enter(ctx, true); err != nil {
		return 0, err
	}
	now := time.Now()
	keys := []string{s.keys.page(chat), s.keys.pageOrder(chat)}
	args := []any{what, operation, number, text, string(file), pageKeeps, fileKeeps, now.Add(pageExpiry).UnixMilli(),
		strconv.FormatInt(now.UnixMilli(), 36), s.keys.pageNews(), chat}
	n, err := s.db.EvalSha(ctx, pageScript.Hash(), keys, args...).Int64()
	if err != nil && goredis.HasErrorPrefix(err, "NOSCRIPT") {
		if err := pageScript.Load(ctx, s.plain).Err(); err != nil {
			return 0, fmt.Errorf("page: load script: %w", err)
		}
		n, err = s.db.EvalSha(ctx, pageScript.Hash(), keys, args...).Int64()
	}
	if err != nil {
		return 0, fmt.Errorf("page: %s: %w", what, err)
	}
	return n, nil
}
