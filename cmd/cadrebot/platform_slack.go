package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/slack"
)

// slackPlatform is an app in a Slack workspace.
type slackPlatform struct {
	SlackBotToken          string        `env:"CADREBOT_SLACK_BOT_TOKEN" placeholder:"TOKEN" help:"The Slack app's bot token, xoxb-…"`
	SlackBotTokenFile      string        `env:"CADREBOT_SLACK_BOT_TOKEN_FILE" placeholder:"FILE" help:"A file with the bot token."`
	SlackAppToken          string        `env:"CADREBOT_SLACK_APP_TOKEN" placeholder:"TOKEN" help:"The app-level token, xapp-…; with it events come over Socket Mode."`
	SlackAppTokenFile      string        `env:"CADREBOT_SLACK_APP_TOKEN_FILE" placeholder:"FILE" help:"A file with the app-level token."`
	SlackSigningSecret     string        `env:"CADREBOT_SLACK_SIGNING_SECRET" placeholder:"SECRET" help:"The app's signing secret; with it, and no app-level token, Slack delivers to /slack on the listen address."`
	SlackSigningSecretFile string        `env:"CADREBOT_SLACK_SIGNING_SECRET_FILE" placeholder:"FILE" help:"A file with the signing secret."`
	SlackAPIURL            string        `name:"slack-api-url" env:"CADREBOT_SLACK_API_URL" default:"https://slack.com/api/" placeholder:"URL" help:"Root of the Web API."`
	SlackRate              int           `env:"CADREBOT_SLACK_RATE" default:"10" help:"Messages a second to the whole workspace; 0 for no limit."`
	SlackChatEvery         time.Duration `env:"CADREBOT_SLACK_CHAT_EVERY" default:"1s" help:"Least time between two messages of a channel; 0 for none."`
}

// slackPath is where Slack delivers: events, presses and commands alike.
const slackPath = "/slack"

func (p *slackPlatform) name() string { return slack.Name }

func (p *slackPlatform) secrets() []secret {
	return []secret{
		{&p.SlackBotToken, p.SlackBotTokenFile, "CADREBOT_SLACK_BOT_TOKEN"},
		{&p.SlackAppToken, p.SlackAppTokenFile, "CADREBOT_SLACK_APP_TOKEN"},
		{&p.SlackSigningSecret, p.SlackSigningSecretFile, "CADREBOT_SLACK_SIGNING_SECRET"},
	}
}

func (p *slackPlatform) on() bool { return p.SlackBotToken != "" }

func (p *slackPlatform) local() bool { return false }

func (p *slackPlatform) path() (pattern, setting string) {
	if p.on() && !p.byHTTP() {
		return "", ""
	}
	return slackPath, ""
}

// byHTTP tells that Slack delivers over HTTP, and not over a socket.
func (p *slackPlatform) byHTTP() bool { return p.SlackBotToken != "" && p.SlackAppToken == "" }

// check implements platform.
func (p *slackPlatform) check() error {
	switch {
	case p.SlackRate < 0 || p.SlackChatEvery < 0:
		return errors.New("CADREBOT_SLACK_RATE and _CHAT_EVERY are 0 or more")
	case p.SlackBotToken == "" && p.SlackAppToken+p.SlackSigningSecret != "":
		return errors.New("CADREBOT_SLACK_BOT_TOKEN is missing: the app's page shows it under OAuth & Permissions")
	case p.SlackBotToken != "" && p.SlackAppToken+p.SlackSigningSecret == "":
		return errors.New("CADREBOT_SLACK_APP_TOKEN (for Socket Mode) or CADREBOT_SLACK_SIGNING_SECRET (for deliveries over HTTP) is missing: without one of them nothing comes in")
	}
	return nil
}

// adapter makes the adapter that the settings describe; nil without a token.
func (p *slackPlatform) adapter(log *slog.Logger) (*slack.Adapter, error) {
	if p.SlackBotToken == "" {
		return nil, nil
	}
	return slack.New(slack.Config{
		BotToken: p.SlackBotToken, AppToken: p.SlackAppToken, SigningSecret: p.SlackSigningSecret, APIURL: p.SlackAPIURL, Log: log,
		Limits: bot.Limits{PerSecond: orNone(p.SlackRate), ChatEvery: orNone(p.SlackChatEvery)},
	})
}

func (p *slackPlatform) open(a *app, at *later) (*connection, error) {
	adapter, err := p.adapter(a.log)
	if err != nil {
		return nil, err
	}
	return &connection{
		adapter: adapter, meet: adapter.Start, final: slack.ErrToken,
		take:  func(ctx context.Context) error { return p.take(ctx, a, adapter, at) },
		ready: func(now time.Time) error { return adapter.Health().Ready(now) },
		heard: func() time.Time { return adapter.Health().Contact },
	}, nil
}

// take receives over a socket, or over HTTP.
func (p *slackPlatform) take(ctx context.Context, a *app, adapter *slack.Adapter, at *later) error {
	if !p.byHTTP() {
		return adapter.Listen(ctx, a.engine)
	}
	at.serve(adapter.Events(a.engine))
	<-ctx.Done()
	return nil
}

func (p *slackPlatform) reread(ctx context.Context, a *app, raw []byte) (ev bot.Event, ok bool, err error) {
	adapter, err := p.adapter(a.log)
	if err == nil && adapter == nil {
		err = errors.New("CADREBOT_SLACK_BOT_TOKEN is needed to read what Slack delivered")
	}
	if err != nil {
		return ev, false, err
	}
	a.engine.Add(adapter, nil)
	return adapter.Reread(ctx, raw)
}
