package main

import (
	"context"
	"errors"
	"time"

	"cadrebot/bot"
)

// platform is a channel on which people reach the bot from outside.
type platform struct {
	adapter bot.Adapter
	// meet asks the platform who the bot is, once. An error that wraps final is
	// not worth another try.
	meet  func(ctx context.Context) error
	final error
	// take receives until ctx ends.
	take func(ctx context.Context) error
	// ready returns why nothing comes in, nil when it does; heard is when it last
	// did, zero if never.
	ready func(now time.Time) error
	heard func() time.Time
}

// open makes the platforms that the settings describe; those that are served
// over HTTP find their place on web, which may be nil.
func (a *app) open(web *webServer) error {
	for _, make := range []func(*webServer) (*platform, error){a.openTelegram, a.openSlack, a.openWeb} {
		p, err := make(web)
		if err != nil {
			return err
		}
		if p != nil {
			a.platforms = append(a.platforms, p)
		}
	}
	return nil
}

// meet asks each platform who the bot is, until it answers: messages carry links
// with the bot's name. A token that is not known is the one error.
func (a *app) meet(ctx context.Context, patient bool) error {
	for _, p := range a.platforms {
		if p.meet == nil {
			a.add(p.adapter)
			continue
		}
		err := repeatedly(ctx, 15*time.Second, func() error { return p.meet(ctx) }, func(err error, again time.Duration) bool {
			a.health.waitFor(err)
			if patient {
				a.log.Warn("not connected yet", "again", again, "error", err)
			}
			return patient && !errors.Is(err, p.final)
		})
		if err != nil || ctx.Err() != nil {
			return err
		}
		a.add(p.adapter)
	}
	return nil
}

// intakes are what receives on all platforms.
func (a *app) intakes() []func(context.Context) error {
	var list []func(context.Context) error
	for _, p := range a.platforms {
		list = append(list, p.take)
	}
	return list
}

// repeatedly tries something until it succeeds, ctx ends, or an error comes that
// is not worth another try; it says so each time, at growing intervals.
func repeatedly(ctx context.Context, most time.Duration, try func() error, failed func(err error, again time.Duration) (goOn bool)) error {
	for pause := time.Second; ; pause = min(2*pause, most) {
		err := try()
		if err == nil || ctx.Err() != nil {
			return nil
		}
		if !failed(err, pause) {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
}
