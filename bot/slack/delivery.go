package slack

import (
	"context"
	"errors"
	"time"

	"cadrebot/bot"
)

// Handler is what takes events in: the engine.
type Handler interface {
	// Handle commits the effects of one chat's events in order. What it returns
	// is to be called soon and always, for then the answers leave.
	Handle(ctx context.Context, events ...bot.Event) (release func(), err error)
	// Quarantine keeps an event that can't be handled.
	Quarantine(ctx context.Context, ev *bot.Event, cause error) error
}

// delivery is something that Slack delivered, decoded, and on its way into the
// engine.
type delivery struct {
	kind   string
	ev     bot.Event
	ok     bool  // it means something to the bot
	poison error // why it can't be decoded
	ready  bool  // its chat and who wrote it are known
	turn   *turn
}

// unpack decodes a delivery and gives it its place among those of its chat.
// It must be called in the order in which deliveries come.
func (a *Adapter) unpack(kind string, raw []byte) *delivery {
	d := &delivery{kind: kind}
	d.ev, d.ok, d.poison = a.Decode(kind, raw)
	if d.ok && kind != commands {
		a.places.learn(&d.ev)
	}
	if d.ok {
		d.turn = a.rows.enter(d.ev.Chat)
	}
	return d
}

// settle commits a delivery, or puts it into quarantine, however often that
// takes; after an error it is not settled, and must come again or be given up.
// Each try goes on for as long as work lets it, and the last one begins before
// until ends.
func (a *Adapter) settle(work, until context.Context, h Handler, d *delivery) (release func(), err error) {
	if d.turn != nil {
		defer d.turn.leave()
		if err := d.turn.wait(until); err != nil {
			return nil, err
		}
	}
	for pause := a.retryPause; ; pause = min(2*pause, a.mostPause) {
		release, err = a.try(work, h, d)
		if err == nil {
			return release, nil
		}
		if release != nil {
			release()
		}
		a.health.failed(err)
		a.log.Error("a delivery could not be committed", "kind", d.kind, "again", pause, "error", err)
		if until.Err() != nil || !sleep(until, pause) {
			return nil, err
		}
	}
}

// tryWithin bounds one try at a commit.
const tryWithin = 20 * time.Second

func (a *Adapter) try(ctx context.Context, h Handler, d *delivery) (func(), error) {
	ctx, cancel := context.WithTimeout(ctx, tryWithin)
	defer cancel()
	switch {
	case d.poison != nil:
		return nil, h.Quarantine(ctx, &d.ev, d.poison)
	case !d.ok:
		return nil, nil
	case !d.ready:
		if err := a.complete(ctx, d); err != nil {
			return nil, err
		}
		if d.ready = true; !d.ok {
			return nil, nil
		}
	}
	return h.Handle(ctx, d.ev)
}

// complete finds out what a delivery leaves open.
func (a *Adapter) complete(ctx context.Context, d *delivery) error {
	if d.kind == commands {
		err := a.settleChat(ctx, &d.ev)
		if errors.Is(err, errNowhere) {
			a.log.Info("a command by somebody whom the app can't write to", "error", err)
			d.ok = false
			return nil
		}
		if err != nil {
			return err
		}
	}
	a.introduce(ctx, &d.ev)
	return nil
}
