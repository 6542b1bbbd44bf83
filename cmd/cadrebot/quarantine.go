package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"cadrebot/bot"
)

type quarantineCmd struct {
	List   quarantineList   `cmd:"" default:"1" help:"List what lies in quarantine, the oldest first."`
	Show   quarantineShow   `cmd:"" help:"Show one event with its raw bytes and the error."`
	Replay quarantineReplay `cmd:"" help:"Handle events again and take them out."`
	Drop   quarantineDrop   `cmd:"" help:"Drop events for good."`
}

type quarantineList struct{}

// Run lists the quarantine.
func (quarantineList) Run(p *Program, ctx *context.Context) error {
	return p.withQuarantine(*ctx, func(_ *database, list []bot.Poison) error {
		for _, q := range list {
			fmt.Fprintf(p.Stdout, "%s  %s  %s  %s\n", q.ID, q.At.UTC().Format(time.RFC3339), orDash(q.Channel), firstLine(q.Error))
		}
		if len(list) == 0 {
			fmt.Fprintln(p.Stdout, "The quarantine is empty.")
		}
		return nil
	})
}

type quarantineShow struct {
	ID string `arg:"" help:"As list shows it."`
}

// Run shows one event.
func (c quarantineShow) Run(p *Program, ctx *context.Context) error {
	return p.withQuarantine(*ctx, func(_ *database, list []bot.Poison) error {
		q, err := find(list, c.ID)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.Stdout, "id       %s\nat       %s\nchannel  %s\nraw      %s\nerror    %s\n",
			q.ID, q.At.UTC().Format(time.RFC3339), orDash(q.Channel), q.Raw, q.Error)
		return err
	})
}

type quarantineDrop struct {
	ID []string `arg:"" help:"As list shows them."`
}

// Run drops events.
func (c quarantineDrop) Run(p *Program, ctx *context.Context) error {
	return p.withQuarantine(*ctx, func(db *database, list []bot.Poison) error {
		for _, id := range c.ID {
			if _, err := find(list, id); err != nil {
				return err
			}
			if err := db.Unquarantine(*ctx, id); err != nil {
				return err
			}
			fmt.Fprintln(p.Stdout, "dropped", id)
		}
		return nil
	})
}

type quarantineReplay struct {
	ID  []string `arg:"" optional:"" help:"As list shows them."`
	All bool     `help:"Everything."`
}

// Run handles events again. What fails again lies in quarantine under a new
// identifier. The messages leave through whichever process serves.
func (c quarantineReplay) Run(p *Program, ctx *context.Context) error {
	return p.withQuarantine(*ctx, func(db *database, list []bot.Poison) error {
		if !c.All && len(c.ID) == 0 {
			return errors.New("name what to replay, or say --all")
		}
		chosen := list
		if !c.All {
			chosen = nil
			for _, id := range c.ID {
				q, err := find(list, id)
				if err != nil {
					return err
				}
				chosen = append(chosen, q)
			}
		}
		a, err := newApp(&p.cli.Config, &database{Store: db.Store, client: db.client, close: func() error { return nil }}, time.Now, p.log)
		if err != nil {
			return err
		}
		defer func() { _ = a.close() }()
		if err := a.unseal(*ctx); err != nil {
			return err
		}
		for _, q := range chosen {
			if err := a.replay(*ctx, q); err != nil {
				return fmt.Errorf("replay %s: %w", q.ID, err)
			}
			if err := db.Unquarantine(*ctx, q.ID); err != nil {
				return err
			}
			fmt.Fprintln(p.Stdout, "replayed", q.ID)
		}
		return nil
	})
}

// replay hands an event in again, under an identity of its own: its first one
// counts as seen.
func (a *app) replay(ctx context.Context, q bot.Poison) error {
	ev, ok, err := a.decode(ctx, q)
	if err != nil || !ok {
		return err
	}
	if ev.Kind == bot.Wake {
		// The clock brings it again.
		_, err := a.db.Commit(ctx, &bot.Commit{Now: a.now(), Wakes: []bot.Timer{{Target: ev.Target, Timer: ev.Timer, At: ev.Due}}})
		return err
	}
	ev.Seen = bot.Seen{Text: "replay-" + q.ID}
	return a.handle(ctx, ev)
}

// decode makes an event of what lies in the quarantine, as the channel's adapter
// reads it, and makes that known to the engine; false where it means nothing.
func (a *app) decode(ctx context.Context, q bot.Poison) (ev bot.Event, ok bool, err error) {
	for _, p := range a.cfg.platforms() {
		if p.name() == q.Channel {
			return p.reread(ctx, a, q.Raw)
		}
	}
	if err := json.Unmarshal(q.Raw, &ev); err != nil {
		return ev, false, fmt.Errorf("read the event: %w", err)
	}
	return ev, true, nil
}

// withQuarantine opens the store and reads the quarantine.
func (p *Program) withQuarantine(ctx context.Context, do func(*database, []bot.Poison) error) error {
	db, err := openDatabase(&p.cli.Config, true)
	if err != nil {
		return err
	}
	defer func() { _ = db.close() }()
	list, err := db.Quarantined(ctx)
	if err != nil {
		return err
	}
	return do(db, list)
}

func find(list []bot.Poison, id string) (bot.Poison, error) {
	for _, q := range list {
		if q.ID == id {
			return q, nil
		}
	}
	return bot.Poison{}, fmt.Errorf("nothing in quarantine is called %q; cadrebot quarantine list shows what is", id)
}
