package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	client "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// examineTelegram asks Telegram about the token and the webhook.
func examineTelegram(ctx context.Context, c *Config) []finding {
	if c.TelegramToken == "" {
		return []finding{{unclear, "telegram: no token", "set CADREBOT_TELEGRAM_TOKEN to serve Telegram; @BotFather gives one"}}
	}
	adapter, err := c.newTelegram(slog.New(slog.DiscardHandler))
	if err != nil {
		return []finding{{wrong, err.Error(), "mend CADREBOT_TELEGRAM_TOKEN or CADREBOT_TELEGRAM_API_URL"}}
	}
	if err := adapter.Start(ctx); err != nil {
		return []finding{{wrong, err.Error(), "without it the bot hears nobody on Telegram"}}
	}
	list := []finding{{fine, "telegram: the bot is @" + adapter.Username(), ""}}
	return append(list, examineWebhook(ctx, c)...)
}

func examineWebhook(ctx context.Context, c *Config) []finding {
	info, err := webhookInfo(ctx, c)
	if err != nil {
		return []finding{{unclear, "telegram: the webhook's state is not told (" + c.hide(err.Error()) + ")", "try again"}}
	}
	var list []finding
	switch {
	case c.TelegramWebhookURL == "" && info.URL != "":
		list = append(list, finding{unclear, "telegram: a webhook is registered at " + info.URL + ", and this set-up polls",
			"serve will take the webhook away; if another program needs it, give each its own bot"})
	case c.TelegramWebhookURL != "" && info.URL != c.TelegramWebhookURL:
		list = append(list, finding{unclear, "telegram: the webhook is not registered yet", "serve registers it when it starts"})
	case info.URL != "":
		list = append(list, finding{fine, "telegram: the webhook is registered", ""})
	}
	if at := time.Unix(int64(info.LastErrorDate), 0); info.LastErrorDate != 0 && time.Since(at) < 24*time.Hour {
		list = append(list, finding{wrong, fmt.Sprintf("telegram: its last delivery failed %s ago: %s", time.Since(at).Round(time.Second), info.LastErrorMessage),
			"see whether the address reaches CADREBOT_LISTEN from outside, with a certificate that is valid"})
	}
	if n := info.PendingUpdateCount; n > 1000 {
		list = append(list, finding{unclear, fmt.Sprintf("telegram: %d updates wait", n), "start serve, or see why it does not take them"})
	}
	return list
}

func webhookInfo(ctx context.Context, c *Config) (*models.WebhookInfo, error) {
	b, err := client.New(c.TelegramToken, client.WithSkipGetMe(), client.WithServerURL(strings.TrimRight(c.TelegramAPIURL, "/")))
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	return b.GetWebhookInfo(ctx)
}

// hide takes the secrets out of a text that others have worded.
func (c *Config) hide(text string) string {
	for _, secret := range []string{c.TelegramToken, c.TelegramWebhookSecret, c.SlackBotToken, c.SlackAppToken, c.SlackSigningSecret, c.RedisURL} {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "…")
		}
	}
	return text
}
