package main

import (
	"context"
	"log/slog"
)

// examine asks Slack about the tokens.
func (p *slackPlatform) examine(ctx context.Context, hide func(string) string) []finding {
	if p.SlackBotToken == "" {
		return []finding{{unclear, "slack: no token", "set CADREBOT_SLACK_BOT_TOKEN to serve Slack; deploy/slack-manifest.yaml makes the app"}}
	}
	adapter, err := p.adapter(slog.New(slog.DiscardHandler))
	if err != nil {
		return []finding{{wrong, hide(err.Error()), "mend the CADREBOT_SLACK settings"}}
	}
	if err := adapter.Start(ctx); err != nil {
		return []finding{{wrong, hide(err.Error()), "without it the bot hears nobody on Slack"}}
	}
	how := "over Socket Mode"
	if p.byHTTP() {
		how = "over HTTP, at " + slackPath + " on CADREBOT_LISTEN"
	}
	return []finding{{fine, "slack: the bot is known in " + adapter.Team() + "; events come " + how, ""}}
}
