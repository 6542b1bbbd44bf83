package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"cadrebot/content/phrases"
)

type chatCmd struct{}

// Run talks in this terminal and serves the web chat, and the platforms for which
// a token is set, until the input ends.
func (chatCmd) Run(p *Program, ctx *context.Context) error {
	c := &p.cli.Config
	db, err := openDatabase(c, true)
	if err != nil {
		return err
	}
	a, err := newApp(c, db, time.Now, p.log)
	if err != nil {
		return err
	}
	defer func() { _ = a.close() }()
	if err := db.reachable(*ctx, 5*time.Second); err != nil {
		return err
	}
	running, stop := context.WithCancel(*ctx)
	defer stop()
	var beside []func(context.Context) error
	if db.real || db.embedded != nil {
		if beside, err = a.serveBeside(running, p); err != nil {
			return err
		}
	} else if c.remote() {
		p.log.Warn("another process has the data folder and serves its channels; this one only talks here", "data", c.Data)
	}
	return a.run(running, append(beside, a.sit(p, operator, "", stop))...)
}

// serveBeside serves the web chat and the platforms besides the terminal. A port
// that is taken is said and costs the web chat alone.
func (a *app) serveBeside(ctx context.Context, p *Program) ([]func(context.Context) error, error) {
	web, err := a.listen(p.Listening)
	switch {
	case err != nil && a.cfg.delivered():
		return nil, err
	case err != nil && len(a.cfg.which(platform.local)) > 0:
		fmt.Fprintf(p.Stderr, "No web chat: %v. Choose another address with CADREBOT_LISTEN; this terminal works all the same.\n", err)
	case err != nil:
		a.log.Warn("no health, no metrics", "error", err)
	}
	if a.cfg.remote() {
		a.warnOfDatabase(ctx)
	}
	if err := a.ready(ctx, web, false); err != nil {
		a.stopWeb(web)
		return nil, err
	}
	a.opened(func(what, address string) { fmt.Fprintf(p.Stderr, "%s: %s\n", phrases.Capital(what), address) })
	return append(a.intakes(), a.keepWeb(web)), nil
}

type talkCmd struct {
	As    string `default:"me" placeholder:"NAME" help:"Who talks; everybody has a conversation of their own."`
	Lang  string `placeholder:"zh|vi|en" help:"The language that the terminal reports; by default that of the environment."`
	Files string `default:"." placeholder:"FOLDER" help:"Where files are put that the bot sends."`
	At    string `placeholder:"TIME" help:"Travel in time: 2026-11-27T08:00, or +36h from now. It happens on a copy, and nothing of it is kept."`
}

// Run talks in this terminal until the input ends.
func (t talkCmd) Run(p *Program, ctx *context.Context) error {
	if t.As == "" || len(t.As) > 40 || strings.ContainsAny(t.As, " :{}\t\n") {
		return fmt.Errorf("--as %q: want 1 to 40 bytes without spaces, colons and braces", t.As)
	}
	if _, known := phrases.KnownLang(t.Lang); t.Lang != "" && !known {
		return fmt.Errorf("--lang %q: want zh, vi or en", t.Lang)
	}
	c := p.cli.Config
	var ahead time.Duration
	now := func() time.Time { return time.Now().Add(ahead) }
	if t.At != "" {
		var scratch string
		var err error
		if ahead, scratch, err = travel(&c, t.At); err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(scratch) }()
		fmt.Fprintf(p.Stderr, "It is %s. Nothing that happens here is kept.\n", now().Format("Mon 2006-01-02 15:04 MST"))
	}
	db, err := openDatabase(&c, true)
	if err != nil {
		return err
	}
	a, err := newApp(&c, db, now, p.log)
	if err != nil {
		return err
	}
	a.ahead, a.files = ahead, t.Files
	defer func() { _ = a.close() }()
	if err := db.reachable(*ctx, 5*time.Second); err != nil {
		return err
	}
	running, stop := context.WithCancel(*ctx)
	defer stop()
	return a.run(running, a.sit(p, t.As, t.Lang, stop))
}
