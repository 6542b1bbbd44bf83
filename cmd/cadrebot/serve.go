package main

import (
	"context"
	"errors"
	"time"
)

type serveCmd struct{}

// Run serves every channel that is configured until ctx ends.
func (serveCmd) Run(p *Program, ctx *context.Context) error {
	c := &p.cli.Config
	if len(c.which(func(platform) bool { return true })) == 0 {
		return errors.New("there is nothing to serve; set CADREBOT_TELEGRAM_TOKEN to a bot's token from @BotFather or CADREBOT_SLACK_BOT_TOKEN, let CADREBOT_WEB be true, or run cadrebot without a subcommand to talk here")
	}
	db, err := openDatabase(c, false)
	if err != nil {
		return err
	}
	a, err := newApp(c, db, time.Now, p.log)
	if err != nil {
		return err
	}
	defer func() { _ = a.close() }()
	web, err := a.listen(p.Listening)
	switch {
	case err != nil && (c.delivered() || !c.remote()):
		return err
	case err != nil:
		p.log.Warn("no web chat, no health, no metrics", "error", err)
	}
	a.warnOfDatabase(*ctx)
	if err := a.ready(*ctx, web, true); err != nil || (*ctx).Err() != nil {
		a.stopWeb(web)
		return err
	}
	a.opened(func(what, address string) { p.log.Info(what, "address", address) })
	err = a.run(*ctx, append(a.intakes(), a.keepWeb(web))...)
	p.log.Info("stopped")
	return err
}

// ready makes the platforms and the engine know each other. With patience it
// waits for platforms that can't be reached yet.
func (a *app) ready(ctx context.Context, web *webServer, patient bool) error {
	if err := a.unseal(ctx); err != nil || ctx.Err() != nil {
		return err
	}
	if err := a.open(web); err != nil {
		return err
	}
	return a.meet(ctx, patient)
}

// keepWeb ends the HTTP server with the intakes.
func (a *app) keepWeb(web *webServer) func(context.Context) error {
	return func(ctx context.Context) error {
		<-ctx.Done()
		a.stopWeb(web)
		return nil
	}
}

func (a *app) stopWeb(web *webServer) {
	ctx, cancel := context.WithTimeout(context.Background(), takeWithin)
	defer cancel()
	web.stop(ctx)
}
