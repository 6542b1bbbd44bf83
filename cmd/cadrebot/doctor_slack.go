package main

import (
	"context"
	"log/slog"
	"strings"
)

// examineSlack asks Slack about the tokens.
func examineSlack(ctx context.Context, c *Config) []finding {
	if c.SlackBotToken == "" {
		return []finding{{unclear, "slack: no token", "set CADREBOT_SLACK_BOT_TOKEN to serve Slack; deploy/slack-manifest.yaml makes the app"}}
	}
	adapter, err := c.newSlack(slog.New(slog.DiscardHandler))
	if err != nil {
		return []finding{{wrong, c.hide(err.Error()), "mend the CADREBOT_SLACK settings"}}
	}
	if err := adapter.Start(ctx); err != nil {
		return []finding{{wrong, c.hide(err.Error()), "without it the bot hears nobody on Slack"}}
	}
	how := "over Socket Mode"
	if c.slackByHTTP() {
		how = "over HTTP, at " + slackPath + " on CADREBOT_LISTEN"
	}
	return []finding{{fine, "slack: the bot is known in " + adapter.Team() + "; events come " + how, ""}}
}

// examineWeb looks at the web chat's address.
func examineWeb(c *Config) []finding {
	switch {
	case !c.Web:
		return []finding{{unclear, "web chat: switched off", "CADREBOT_WEB=true serves it"}}
	case c.WebURL == "":
		return []finding{{unclear, "web chat: on this machine alone", "set CADREBOT_WEB_URL to its public address; links in messages lead there"}}
	case strings.HasPrefix(c.WebURL, "http://"):
		return []finding{{unclear, "web chat: " + c.WebURL + " is not encrypted", "put it behind TLS and set CADREBOT_WEB_URL to https://…: what people write goes over the wire"}}
	}
	return []finding{{fine, "web chat: " + c.WebURL, ""}}
}
