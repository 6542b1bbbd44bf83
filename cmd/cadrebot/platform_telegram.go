package main

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/telegram"
)

// telegramPlatform is a bot on Telegram.
type telegramPlatform struct {
	TelegramToken             string        `env:"CADREBOT_TELEGRAM_TOKEN" placeholder:"TOKEN" help:"The bot's token from @BotFather."`
	TelegramTokenFile         string        `env:"CADREBOT_TELEGRAM_TOKEN_FILE" placeholder:"FILE" help:"A file with the token."`
	TelegramAPIURL            string        `name:"telegram-api-url" env:"CADREBOT_TELEGRAM_API_URL" default:"https://api.telegram.org" placeholder:"URL" help:"Root of the Bot API."`
	TelegramWebhookURL        string        `env:"CADREBOT_TELEGRAM_WEBHOOK_URL" placeholder:"URL" help:"Receive by webhook at this address, served at its path on the listen address. Without it the bot polls."`
	TelegramWebhookSecret     string        `env:"CADREBOT_TELEGRAM_WEBHOOK_SECRET" placeholder:"SECRET" help:"Secret of the webhook, 1 to 256 of A-Z a-z 0-9 _ -. Without it one is derived from the token."`
	TelegramWebhookSecretFile string        `env:"CADREBOT_TELEGRAM_WEBHOOK_SECRET_FILE" placeholder:"FILE" help:"A file with the webhook's secret."`
	TelegramRate              int           `env:"CADREBOT_TELEGRAM_RATE" default:"30" help:"Messages a second that Telegram allows this bot; 0 for no limit."`
	TelegramChatEvery         time.Duration `env:"CADREBOT_TELEGRAM_CHAT_EVERY" default:"1s" help:"Least time between two messages of a chat; 0 for none."`
	TelegramGroupRate         int           `env:"CADREBOT_TELEGRAM_GROUP_RATE" default:"20" help:"Messages a minute in one group; 0 for no limit."`

	webhook *url.URL
}

func (p *telegramPlatform) name() string { return telegram.Name }

func (p *telegramPlatform) secrets() []secret {
	return []secret{
		{&p.TelegramToken, p.TelegramTokenFile, "CADREBOT_TELEGRAM_TOKEN"},
		{&p.TelegramWebhookSecret, p.TelegramWebhookSecretFile, "CADREBOT_TELEGRAM_WEBHOOK_SECRET"},
	}
}

func (p *telegramPlatform) on() bool { return p.TelegramToken != "" || p.webhook != nil }

func (p *telegramPlatform) local() bool { return false }

func (p *telegramPlatform) path() (pattern, setting string) {
	if p.webhook == nil {
		return "", "CADREBOT_TELEGRAM_WEBHOOK_URL"
	}
	return p.webhook.Path, "CADREBOT_TELEGRAM_WEBHOOK_URL"
}

// check implements platform.
func (p *telegramPlatform) check() error {
	if p.TelegramRate < 0 || p.TelegramChatEvery < 0 || p.TelegramGroupRate < 0 {
		return errors.New("CADREBOT_TELEGRAM_RATE, _CHAT_EVERY and _GROUP_RATE are 0 or more")
	}
	if p.TelegramWebhookURL == "" {
		return nil
	}
	u, err := url.Parse(p.TelegramWebhookURL)
	if err != nil || u.Host == "" {
		return errors.New("CADREBOT_TELEGRAM_WEBHOOK_URL is not an address such as https://bot.example.org/telegram")
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		return errors.New("CADREBOT_TELEGRAM_WEBHOOK_URL: Telegram wants https; plain http works on loopback alone")
	}
	if u.Path == "" {
		u.Path = "/"
	}
	secret := p.TelegramWebhookSecret
	if len(secret) > 256 || strings.Trim(secret, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
		return errors.New("CADREBOT_TELEGRAM_WEBHOOK_SECRET: 1 to 256 of A-Z a-z 0-9 _ - are possible")
	}
	p.webhook = u
	return nil
}

// adapter makes the adapter that the settings describe; nil without a token.
func (p *telegramPlatform) adapter(log *slog.Logger) (*telegram.Adapter, error) {
	if p.TelegramToken == "" {
		if p.webhook != nil {
			return nil, errors.New("CADREBOT_TELEGRAM_WEBHOOK_URL is set, but no CADREBOT_TELEGRAM_TOKEN")
		}
		return nil, nil
	}
	return telegram.New(telegram.Config{
		Token: p.TelegramToken, APIURL: p.TelegramAPIURL, Log: log,
		Limits: bot.Limits{
			PerSecond:      orNone(p.TelegramRate),
			ChatEvery:      orNone(p.TelegramChatEvery),
			GroupPerMinute: orNone(p.TelegramGroupRate),
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

func (p *telegramPlatform) open(a *app, at *later) (*connection, error) {
	adapter, err := p.adapter(a.log)
	if err != nil {
		return nil, err
	}
	return &connection{
		adapter: adapter, meet: adapter.Start, final: telegram.ErrToken, takeTurns: adapter.TakeTurns,
		take:  func(ctx context.Context) error { return p.take(ctx, a, adapter, at) },
		ready: func(now time.Time) error { return adapter.Health().Ready(now) },
		heard: func() time.Time { return adapter.Health().Contact },
	}, nil
}

// take receives by webhook or by polling, and keeps the bot's menu.
func (p *telegramPlatform) take(ctx context.Context, a *app, adapter *telegram.Adapter, at *later) error {
	go a.setMenu(ctx, adapter)
	if p.webhook == nil {
		return adapter.Poll(ctx, a.engine)
	}
	secret := p.TelegramWebhookSecret
	if secret == "" {
		secret = adapter.DefaultSecret()
	}
	at.serve(adapter.Webhook(a.engine, secret))
	err := repeatedly(ctx, time.Minute, func() error {
		return adapter.RegisterWebhook(ctx, p.TelegramWebhookURL, secret)
	}, func(err error, again time.Duration) bool {
		a.log.Error("the webhook is not registered", "again", again, "error", err)
		return true
	})
	<-ctx.Done()
	return err
}

func (p *telegramPlatform) reread(_ context.Context, a *app, raw []byte) (ev bot.Event, ok bool, err error) {
	adapter, err := p.adapter(a.log)
	if err == nil && adapter == nil {
		err = errors.New("CADREBOT_TELEGRAM_TOKEN is needed to read an update")
	}
	if err != nil {
		return ev, false, err
	}
	a.engine.Add(adapter, nil)
	return adapter.Decode(raw)
}
