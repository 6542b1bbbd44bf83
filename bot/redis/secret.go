package redis

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"cadrebot/bot"
)

// Secret returns the org's secret key, and makes one the first time it is asked
// for. All instances have the same. It must never be logged.
func (s *Store) Secret(ctx context.Context) ([]byte, error) {
	if err := s.enter(ctx, true); err != nil {
		return nil, err
	}
	k := s.keys.secret()
	for range 2 {
		key, err := s.plain.Get(ctx, k).Bytes()
		if err == nil {
			return key, nil
		}
		if !missing(err) {
			return nil, fmt.Errorf("read the secret: %w", err)
		}
		var w words
		w.add("new", w.key(k), ".")
		w.do(k, "SET", rand.Text()+rand.Text())
		reply, err := s.run(ctx, commitScript, w.keys, w.argv...)
		if err == nil {
			_, err = receipt(reply, 0)
		}
		if err != nil && !errors.Is(err, bot.ErrSeen) { // another instance was first
			return nil, fmt.Errorf("make the secret: %w", err)
		}
	}
	return nil, errors.New("make the secret: it is not kept")
}
