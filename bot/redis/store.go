// Package redis keeps conversations, the outbox and the records in Redis, or in
// the embedded store that speaks the same protocol.
//
// It knows keys and scripts, and nothing of platforms or dialogs. It must never
// write outside a script: a write is refused or applied as a whole, and its
// keys all carry the org's hash tag.
package redis

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"

	goredis "github.com/redis/go-redis/v9"

	"cadrebot/bot"
)

//go:embed commit.lua
var commitSource string

//go:embed lease.lua
var leaseSource string

var (
	commitScript = goredis.NewScript(commitSource)
	leaseScript  = goredis.NewScript(leaseSource)
)

// Store is one org's part of a Redis. It is safe for concurrent use.
type Store struct {
	db    goredis.UniversalClient // hot path: commands of many goroutines share round trips
	plain goredis.UniversalClient // everything else, blocking reads included
	keys  keys
	heard heard

	layout layout
}

var _ bot.Outbox = (*Store)(nil)

// New returns the store of an org, a name of up to 64 bytes without braces.
// The client must not retry by itself: after a lost answer only the engine
// knows what to do.
func New(client goredis.UniversalClient, org string) (*Store, error) {
	if org == "" || len(org) > 64 || strings.ContainsAny(org, "{} \n") {
		return nil, fmt.Errorf("org %q: want 1 to 64 bytes without braces and spaces", org)
	}
	return &Store{db: client, plain: client, keys: newKeys(org),
		layout: layout{known: Layout, newer: make(chan struct{})}}, nil
}

// Share lets the commands of many goroutines share round trips, which pays on
// a real server.
func (s *Store) Share() error {
	shared, err := s.plain.AutoPipelineWithOptions(&goredis.AutoPipelineOptions{
		MaxBatchSize: 300, MaxConcurrentBatches: 4, Unordered: true, // each caller waits for its own answer
	})
	if err != nil {
		return fmt.Errorf("share round trips: %w", err)
	}
	s.db = shared
	return nil
}

// run calls a script by its hash, and loads it where the server has forgotten
// it (nothing was executed then, so the second call is safe).
func (s *Store) run(ctx context.Context, script *goredis.Script, keys []string, args ...any) ([]any, error) {
	v, err := s.db.EvalSha(ctx, script.Hash(), keys, args...).Slice()
	if err != nil && goredis.HasErrorPrefix(err, "NOSCRIPT") {
		if err := script.Load(ctx, s.plain).Err(); err != nil {
			return nil, fmt.Errorf("load script: %w", err)
		}
		v, err = s.db.EvalSha(ctx, script.Hash(), keys, args...).Slice()
	}
	return v, err
}

// Ping reports whether the server answers.
func (s *Store) Ping(ctx context.Context) error { return s.plain.Ping(ctx).Err() }

// missing reports that an error only says that there is no such value.
func missing(err error) bool { return errors.Is(err, goredis.Nil) }
