package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/telegram"
)

// newTelegram makes the adapter that the settings describe; nil without a token.
func (c *Config) newTelegram(log *slog.Logger) (*telegram.Adapter, error) {
	if c.TelegramToken == "" {
		if c.webhook != nil {
			return nil, errors.New("CADREBOT_TELEGRAM_WEBHOOK_URL is set, but no CADREBOT_TELEGRAM_TOKEN")
		}
		return nil, nil
	}
	return telegram.New(telegram.Config{
		Token: c.TelegramToken, APIURL: c.TelegramAPIURL, Log: log,
		Limits: bot.Limits{
			PerSecond:      orNone(c.TelegramRate),
			ChatEvery:      orNone(c.TelegramChatEvery),
			GroupPerMinute: orNone(c.TelegramGroupRate),
		},
	})
}

// orNone turns "0 for no limit" into what an adapter takes for none.
func orNone[T int | time.Duration](v T) T {
	if v == 0 {
		return -1
	}
	return v
}

// openTelegram makes the bot on Telegram; nil without a token.
func (a *app) openTelegram(web *webServer) (*platform, error) {
	adapter, err := a.cfg.newTelegram(a.log)
	if err != nil || adapter == nil {
		return nil, err
	}
	return &platform{
		adapter: adapter, meet: adapter.Start, final: telegram.ErrToken,
		take:  func(ctx context.Context) error { return a.takeTelegram(ctx, adapter, web) },
		ready: func(now time.Time) error { return adapter.Health().Ready(now) },
		heard: func() time.Time { return adapter.Health().Contact },
	}, nil
}

// takeTelegram receives by webhook or by polling, and keeps the bot's menu.
func (a *app) takeTelegram(ctx context.Context, adapter *telegram.Adapter, web *webServer) error {
	go a.setMenu(ctx, adapter)
	if a.cfg.webhook == nil {
		return adapter.Poll(ctx, a.engine)
	}
	secret := a.cfg.TelegramWebhookSecret
	if secret == "" {
		secret = adapter.DefaultSecret()
	}
	web.telegram.serve(adapter.Webhook(a.engine, secret))
	err := repeatedly(ctx, time.Minute, func() error {
		return adapter.RegisterWebhook(ctx, a.cfg.TelegramWebhookURL, secret)
	}, func(err error, again time.Duration) bool {
		a.log.Error("the webhook is not registered", "again", again, "error", err)
		return true
	})
	<-ctx.Done()
	return err
}
