package bottest

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"cadrebot/bot"
)

// Wire is one instance's way to the store. It can be cut, and it can lose the
// answers to commits.
type Wire struct {
	*Memory
	Cut, Lose atomic.Bool
	Loads     atomic.Int64
}

// ErrCut is what whoever calls finds where the way is cut.
var ErrCut = errors.New("cut off")

func (w *Wire) way() error {
	if w.Cut.Load() {
		return ErrCut
	}
	return nil
}

func (w *Wire) Load(ctx context.Context, refs ...bot.Ref) ([]bot.Thing, error) {
	if err := w.way(); err != nil {
		return nil, err
	}
	w.Loads.Add(1)
	return w.Memory.Load(ctx, refs...)
}

func (w *Wire) Commit(ctx context.Context, c *bot.Commit) (bot.Receipt, error) {
	if err := w.way(); err != nil {
		return bot.Receipt{}, err
	}
	r, err := w.Memory.Commit(ctx, c)
	if err == nil && w.Lose.Load() {
		return bot.Receipt{}, ErrCut
	}
	return r, err
}

func (w *Wire) Acquire(ctx context.Context, ch, instance, session string, ttl time.Duration) (bot.Lease, error) {
	if err := w.way(); err != nil {
		return bot.Lease{}, err
	}
	return w.Memory.Acquire(ctx, ch, instance, session, ttl)
}

func (w *Wire) ReleaseLease(ctx context.Context, l bot.Lease) error {
	if err := w.way(); err != nil {
		return err
	}
	return w.Memory.ReleaseLease(ctx, l)
}

func (w *Wire) Claim(ctx context.Context, l bot.Lease, entries []bot.Entry) ([]int64, error) {
	if err := w.way(); err != nil {
		return nil, err
	}
	return w.Memory.Claim(ctx, l, entries)
}

func (w *Wire) Await(ctx context.Context, ch string, d time.Duration) ([]bot.Entry, error) {
	if err := w.way(); err != nil {
		return nil, err
	}
	return w.Memory.Await(ctx, ch, d)
}

func (w *Wire) Pending(ctx context.Context, ch string, page func([]bot.Entry) error) error {
	if err := w.way(); err != nil {
		return err
	}
	return w.Memory.Pending(ctx, ch, page)
}
