package main

import (
	"context"
	"fmt"
	"time"

	"cadrebot/bot"
)

// unseal reads the key that signs what people carry between platforms, however
// long the store takes to answer.
func (a *app) unseal(ctx context.Context) error {
	return repeatedly(ctx, 15*time.Second, func() error {
		key, err := a.db.Secret(ctx)
		if err == nil {
			a.engine.Seal = bot.NewSeal(key)
		}
		return err
	}, func(err error, again time.Duration) bool {
		if newer(err) {
			return false
		}
		err = fmt.Errorf("the store does not answer: %w", err)
		a.health.waitFor(err)
		a.log.Warn("not connected yet", "again", again, "error", err)
		return true
	})
}
