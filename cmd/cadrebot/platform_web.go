package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/webchat"
	"cadrebot/content/phrases"
)

// webPlatform is the web chat, a page that the program serves itself.
type webPlatform struct {
	Web        bool     `env:"CADREBOT_WEB" default:"true" negatable:"" help:"Serve the web chat on the listen address."`
	WebURL     string   `env:"CADREBOT_WEB_URL" placeholder:"URL" help:"The web chat's public address, such as https://learn.example.org. Without it that of this machine."`
	WebProxies []string `env:"CADREBOT_WEB_PROXIES" placeholder:"PREFIX" help:"Networks of proxies before the web chat, such as 10.0.0.0/8: their word on where a request comes from is taken."`

	proxies []netip.Prefix
}

func (p *webPlatform) name() string { return webchat.Name }

func (p *webPlatform) secrets() []secret { return nil }

func (p *webPlatform) on() bool { return p.Web }

func (p *webPlatform) local() bool { return true }

func (p *webPlatform) path() (pattern, setting string) { return "/", "" }

// check implements platform.
func (p *webPlatform) check() error {
	p.WebProxies = slices.DeleteFunc(p.WebProxies, func(s string) bool { return s == "" })
	for _, text := range p.WebProxies {
		prefix, err := netip.ParsePrefix(strings.TrimSpace(text))
		if err != nil {
			return fmt.Errorf("CADREBOT_WEB_PROXIES: %q is no network such as 10.0.0.0/8", text)
		}
		p.proxies = append(p.proxies, prefix)
	}
	if p.WebURL == "" {
		return nil
	}
	u, err := url.Parse(p.WebURL)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || strings.Trim(u.Path, "/") != "" {
		return errors.New("CADREBOT_WEB_URL is not an address such as https://learn.example.org, without a path")
	}
	return nil
}

func (p *webPlatform) open(a *app, at *later) (*connection, error) {
	address := p.address(at.addr)
	var langs []string
	for _, l := range phrases.Langs {
		langs = append(langs, string(l))
	}
	chat, err := webchat.New(webchat.Config{
		Pages: a.db.Store, Seal: a.engine.Seal, URL: address, Langs: langs, Assets: a, Now: a.now, Log: a.log,
		Proxies: p.proxies,
		Words: func(lang, key string, args ...any) string {
			return a.phrases.Say(phrases.ParseLang(lang), key, args...)
		},
		Day: func(lang string, t time.Time) string { return phrases.Date(phrases.ParseLang(lang), t) },
	})
	if err != nil {
		return nil, err
	}
	a.engine.Web = chat.Web() + "TOKEN"
	return &connection{
		adapter: chat, what: "web chat", address: address,
		take: func(ctx context.Context) error {
			at.serve(chat.Handler(a.engine))
			chat.Run(ctx)
			return nil
		},
	}, nil
}

// address is the one that people open: the public one, else that of this
// machine.
func (p *webPlatform) address(listening string) string {
	if p.WebURL != "" {
		return p.WebURL
	}
	host, port, err := net.SplitHostPort(listening)
	if ip := net.ParseIP(host); err == nil && (host == "" || ip != nil && ip.IsUnspecified()) {
		return "http://" + net.JoinHostPort("localhost", port)
	}
	return "http://" + listening
}

func (p *webPlatform) reread(_ context.Context, a *app, raw []byte) (ev bot.Event, ok bool, err error) {
	made, err := p.open(a, &later{addr: a.cfg.Listen})
	if err != nil {
		return ev, false, err
	}
	a.engine.Add(made.adapter, nil)
	if err := json.Unmarshal(raw, &ev); err != nil {
		return ev, false, fmt.Errorf("read the event: %w", err)
	}
	return ev, true, nil
}

// examine looks at the web chat's address.
func (p *webPlatform) examine(context.Context, func(string) string) []finding {
	switch {
	case !p.Web:
		return []finding{{unclear, "web chat: switched off", "CADREBOT_WEB=true serves it"}}
	case p.WebURL == "":
		return []finding{{unclear, "web chat: on this machine alone", "set CADREBOT_WEB_URL to its public address; links in messages lead there"}}
	case strings.HasPrefix(p.WebURL, "http://"):
		return []finding{{unclear, "web chat: " + p.WebURL + " is not encrypted", "put it behind TLS and set CADREBOT_WEB_URL to https://…: what people write goes over the wire"}}
	}
	return []finding{{fine, "web chat: " + p.WebURL, ""}}
}
