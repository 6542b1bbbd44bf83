package main

import (
	"context"
	"log/slog"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/slack"
)

// newSlack makes the adapter that the settings describe; nil without a token.
func (c *Config) newSlack(log *slog.Logger) (*slack.Adapter, error) {
	if c.SlackBotToken == "" {
		return nil, nil
	}
	return slack.New(slack.Config{
		BotToken: c.SlackBotToken, AppToken: c.SlackAppToken, SigningSecret: c.SlackSigningSecret, APIURL: c.SlackAPIURL, Log: log,
		Limits: bot.Limits{PerSecond: orNone(c.SlackRate), ChatEvery: orNone(c.SlackChatEvery)},
	})
}

// openSlack makes the Slack app; nil without a token.
func (a *app) openSlack(web *webServer) (*platform, error) {
	adapter, err := a.cfg.newSlack(a.log)
	if err != nil || adapter == nil {
		return nil, err
	}
	return &platform{
		adapter: adapter, meet: adapter.Start, final: slack.ErrToken,
		take:  func(ctx context.Context) error { return a.takeSlack(ctx, adapter, web) },
		ready: func(now time.Time) error { return adapter.Health().Ready(now) },
		heard: func() time.Time { return adapter.Health().Contact },
	}, nil
}

// takeSlack receives over a socket, or over HTTP.
func (a *app) takeSlack(ctx context.Context, adapter *slack.Adapter, web *webServer) error {
	if !a.cfg.slackByHTTP() {
		return adapter.Listen(ctx, a.engine)
	}
	web.slack.serve(adapter.Events(a.engine))
	<-ctx.Done()
	return nil
}
