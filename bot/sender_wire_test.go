package bot_test

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
)

// wire is one instance's way to the store. It can be cut, and it can lose the
// answers to commits.
type wire struct {
	*bottest.Memory
	cut, lose atomic.Bool
	loads     atomic.Int64
}

var errCut = errors.New("cut off")

func (w *wire) way() error {
	if w.cut.Load() {
		return errCut
	}
	return nil
}

func (w *wire) Load(ctx context.Context, refs ...bot.Ref) ([]bot.Thing, error) {
	if err := w.way(); err != nil {
		return nil, err
	}
	w.loads.Add(1)
	return w.Memory.Load(ctx, refs...)
}

func (w *wire) Commit(ctx context.Context, c *bot.Commit) (bot.Receipt, error) {
	if err := w.way(); err != nil {
		return bot.Receipt{}, err
	}
	r, err := w.Memory.Commit(ctx, c)
	if err == nil && w.lose.Load() {
		return bot.Receipt{}, errCut
	}
	return r, err
}

func (w *wire) Acquire(ctx context.Context, ch, instance, session string, ttl time.Duration) (bot.Lease, error) {
	if err := w.way(); err != nil {
		return bot.Lease{}, err
	}
	return w.Memory.Acquire(ctx, ch, instance, session, ttl)
}

func (w *wire) ReleaseLease(ctx context.Context, l bot.Lease) error {
	if err := w.way(); err != nil {
		return err
	}
	return w.Memory.ReleaseLease(ctx, l)
}

func (w *wire) Claim(ctx context.Context, l bot.Lease, entries []bot.Entry) ([]int64, error) {
	if err := w.way(); err != nil {
		return nil, err
	}
	return w.Memory.Claim(ctx, l, entries)
}

func (w *wire) Await(ctx context.Context, ch string, d time.Duration) ([]bot.Entry, error) {
	if err := w.way(); err != nil {
		return nil, err
	}
	return w.Memory.Await(ctx, ch, d)
}

func (w *wire) Pending(ctx context.Context, ch string, page func([]bot.Entry) error) error {
	if err := w.way(); err != nil {
		return err
	}
	return w.Memory.Pending(ctx, ch, page)
}
