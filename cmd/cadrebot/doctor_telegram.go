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

// examine asks Telegram about the token and the webhook.
func (p *telegramPlatform) examine(ctx context.Context, hide func(string) string) []finding {
	if p.TelegramToken == "" {
		return []finding{{unclear, "telegram: no token", "set CADREBOT_TELEGRAM_TOKEN to serve Telegram; @BotFather gives one"}}
	}
	adapter, err := p.adapter(slog.New(slog.DiscardHandler))
	if err != nil {
		return []finding{{wrong, err.Error(), "mend CADREBOT_TELEGRAM_TOKEN or CADREBOT_TELEGRAM_API_URL"}}
	}
	if err := adapter.Start(ctx); err != nil {
		return []finding{{wrong, err.Error(), "without it the bot hears nobody on Telegram"}}
	}
	list := []finding{{fine, "telegram: the bot is @" + adapter.Username(), ""}}
	return append(list, p.examineWebhook(ctx, hide)...)
}

func (p *telegramPlatform) examineWebhook(ctx context.Context, hide func(string) string) []finding {
	info, err := p.webhookInfo(ctx)
	if err != nil {
		return []finding{{unclear, "telegram: the webhook's state is not told (" + hide(err.Error()) + ")", "try again"}}
	}
	var list []finding
	switch {
	case p.TelegramWebhookURL == "" && info.URL != "":
		list = append(list, finding{unclear, "telegram: a webhook is registered at " + info.URL + ", and this set-up polls",
			"serve will take the webhook away; if another program needs it, give each its own bot"})
	case p.TelegramWebhookURL != "" && info.URL != p.TelegramWebhookURL:
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

func (p *telegramPlatform) webhookInfo(ctx context.Context) (*models.WebhookInfo, error) {
	b, err := client.New(p.TelegramToken, client.WithSkipGetMe(), client.WithServerURL(strings.TrimRight(p.TelegramAPIURL, "/")))
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	return b.GetWebhookInfo(ctx)
}
