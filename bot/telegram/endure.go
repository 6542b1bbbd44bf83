package telegram

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	client "github.com/go-telegram/bot"
)

// prepare learns the bot's name and takes a webhook away, which would keep
// polls from being answered.
func (a *Adapter) prepare(ctx context.Context) error {
	for pause := a.retryPause; ; pause = min(2*pause, a.mostPause) {
		var err error
		if a.Username() == "" {
			err = a.Start(ctx)
		}
		if err == nil {
			err = a.deleteWebhook(ctx)
		}
		if err == nil || errors.Is(err, ErrToken) || ctx.Err() != nil {
			return errUnlessEnded(ctx, err)
		}
		a.health.failed(err)
		a.log.Warn("telegram can't be polled yet", "again", pause, "error", err)
		if !sleep(ctx, pause) {
			return nil
		}
	}
}

func errUnlessEnded(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

func (a *Adapter) deleteWebhook(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, callWithin)
	defer cancel()
	if _, err := a.rare.DeleteWebhook(ctx, &client.DeleteWebhookParams{}); err != nil {
		return fmt.Errorf("telegram: delete the webhook: %w", a.remedy(err))
	}
	return nil
}

// endure waits after a failed poll as long as its reason asks for; false where
// ctx ends meanwhile.
func (a *Adapter) endure(ctx context.Context, err error, pause *time.Duration) bool {
	wait := *pause
	var r *refusal
	if errors.As(err, &r) {
		switch r.Code {
		case http.StatusConflict:
			wait = a.conflictPause
			if !a.turn() {
				return sleep(ctx, turnEvery) // another instance has taken over, as it should
			}
			err = fmt.Errorf("another program polls with the same token; stop it or give it a bot of its own: %w", err)
		case http.StatusTooManyRequests:
			wait = r.wait()
		case http.StatusUnauthorized, http.StatusNotFound:
			wait = a.mostPause
			err = fmt.Errorf("%w: %w", ErrToken, err)
		}
	}
	*pause = min(2**pause, a.mostPause)
	a.health.failed(err)
	a.log.Warn("poll failed", "again", wait, "error", err)
	if r != nil && r.Code == http.StatusConflict && r.says("webhook is active") {
		if err := a.deleteWebhook(ctx); err != nil {
			a.log.Warn("take the webhook away", "error", err)
		}
	}
	return sleep(ctx, wait)
}
