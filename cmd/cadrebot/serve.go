package main

import (
	"context"
	"errors"
	"time"

	"cadrebot/bot/telegram"
)

type serveCmd struct{}

// Run serves every channel that is configured until ctx ends.
func (serveCmd) Run(p *Program, ctx *context.Context) error {
	c := &p.cli.Config
	adapter, err := c.newTelegram(p.log)
	if err != nil {
		return err
	}
	if adapter == nil {
		return errors.New("there is nothing to serve; set CADREBOT_TELEGRAM_TOKEN to a bot's token from @BotFather, or run cadrebot without a subcommand to talk here")
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
	a.telegram = adapter
	web, err := a.listen(p.Listening)
	switch {
	case err != nil && c.webhook != nil:
		return err
	case err != nil:
		p.log.Warn("no health, no metrics", "error", err)
	}
	a.warnOfDatabase(*ctx)
	if err := a.meet(*ctx); err != nil || (*ctx).Err() != nil {
		web.stop(*ctx)
		return err
	}
	a.add(adapter)
	err = a.run(*ctx, a.takeTelegram(web))
	p.log.Info("stopped")
	return err
}

// meet asks Telegram who the bot is, until it answers: messages carry links
// with the bot's name. A token that is not known is the one error.
func (a *app) meet(ctx context.Context) error {
	for pause := time.Second; ; pause = min(2*pause, 15*time.Second) {
		err := a.telegram.Start(ctx)
		if err == nil || ctx.Err() != nil {
			return nil
		}
		if errors.Is(err, telegram.ErrToken) {
			return err
		}
		a.health.waitFor(err)
		a.log.Warn("not connected yet", "again", pause, "error", err)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
}

// takeTelegram receives by webhook or by polling, and keeps the bot's menu.
func (a *app) takeTelegram(web *webServer) func(context.Context) error {
	return func(ctx context.Context) error {
		go a.setMenu(ctx)
		if a.cfg.webhook == nil {
			err := a.telegram.Poll(ctx, a.engine)
			a.stopWeb(web)
			return err
		}
		secret := a.cfg.TelegramWebhookSecret
		if secret == "" {
			secret = a.telegram.DefaultSecret()
		}
		hook := a.telegram.Webhook(a.engine, secret)
		web.hook.Store(&hook)
		a.register(ctx, secret)
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

// register has Telegram deliver here, however often it must be asked.
func (a *app) register(ctx context.Context, secret string) {
	for pause := time.Second; ctx.Err() == nil; pause = min(2*pause, time.Minute) {
		err := a.telegram.RegisterWebhook(ctx, a.cfg.TelegramWebhookURL, secret)
		if err == nil || ctx.Err() != nil {
			return
		}
		a.log.Error("the webhook is not registered", "again", pause, "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}
