package main

import (
	"context"
	"fmt"
	"net"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/webchat"
	"cadrebot/content"
)

// openWeb makes the web chat; nil where it is switched off or nothing listens.
func (a *app) openWeb(web *webServer) (*platform, error) {
	if web == nil || !a.cfg.Web {
		return nil, nil
	}
	var langs []string
	for _, l := range content.Langs {
		langs = append(langs, string(l))
	}
	chat, err := webchat.New(webchat.Config{
		Pages: a.db.Store, Seal: a.engine.Seal, URL: a.webAddress(web), Langs: langs, Assets: a, Now: a.now, Log: a.log,
		Proxies: a.cfg.proxies,
		Words: func(lang, key string, args ...any) string {
			return a.phrases.Say(content.ParseLang(lang), key, args...)
		},
		Day: func(lang string, t time.Time) string { return content.Date(content.ParseLang(lang), t) },
	})
	if err != nil {
		return nil, err
	}
	a.engine.Web = chat.Web() + "TOKEN"
	return &platform{
		adapter: chat,
		take: func(ctx context.Context) error {
			web.chat.serve(chat.Handler(a.engine))
			chat.Run(ctx)
			return nil
		},
	}, nil
}

// webAddress is the address that people open: the public one, else that of this
// machine.
func (a *app) webAddress(web *webServer) string {
	if a.cfg.WebURL != "" {
		return a.cfg.WebURL
	}
	host, port, err := net.SplitHostPort(web.addr)
	if ip := net.ParseIP(host); err == nil && (host == "" || ip != nil && ip.IsUnspecified()) {
		return "http://" + net.JoinHostPort("localhost", port)
	}
	return "http://" + web.addr
}

// unseal reads the key that signs what people carry between platforms, however
// long the store takes to answer.
func (a *app) unseal(ctx context.Context) error {
	return repeatedly(ctx, 15*time.Second, func() error {
		key, err := a.db.Secret(ctx)
		if err == nil {
			a.engine.Seal = bot.NewSeal(key)
		}
		return err
	}, func(err error, again time.Duration) bool {
		if newer(err) {
			return false
		}
		err = fmt.Errorf("the store does not answer: %w", err)
		a.health.waitFor(err)
		a.log.Warn("not connected yet", "again", again, "error", err)
		return true
	})
}
