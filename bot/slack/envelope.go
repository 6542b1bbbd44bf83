package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"cadrebot/bot"

	client "github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// hear takes one thing that the client tells.
func (l *listener) hear(ctx context.Context, ev socketmode.Event) {
	a := l.a
	switch ev.Type {
	case socketmode.EventTypeConnecting:
		a.health.connected(false, a.now())
		l.reopen(ctx)
	case socketmode.EventTypeConnected, socketmode.EventTypeHello:
		a.health.connected(true, a.now())
	case socketmode.EventTypeConnectionError:
		if failed, ok := ev.Data.(*client.ConnectionErrorEvent); ok {
			err := a.remedy(failed.ErrorObj)
			a.health.failed(err)
			a.log.Warn("slack's socket does not open", "again", failed.Backoff, "error", err)
		}
	case socketmode.EventTypeEventsAPI, socketmode.EventTypeInteractive, socketmode.EventTypeSlashCommand:
		l.dispatch(ctx, ev.Request.EnvelopeID, a.unpack(ev.Request.Type, ev.Request.Payload))
	case socketmode.EventTypeErrorBadMessage:
		if bad, ok := ev.Data.(*socketmode.ErrorBadMessage); ok {
			id, d := a.unwrap(bad.Message, bad.Cause)
			l.dispatch(ctx, id, d)
		}
	case socketmode.EventTypeIncomingError:
		if failed, ok := ev.Data.(*client.IncomingEventError); ok {
			a.log.Info("slack's socket", "error", a.short(failed.ErrorObj))
		}
	case socketmode.EventTypeErrorWriteFailed:
		a.log.Warn("an envelope could not be acknowledged; it comes again")
	}
}

// unwrap takes an envelope apart that the client could not read. Often it is
// only a part of it that nobody needs; else it is for the quarantine, under the
// name that its acknowledgement needs, if that can be found.
func (a *Adapter) unwrap(frame []byte, cause error) (id string, d *delivery) {
	var e struct {
		ID      string          `json:"envelope_id"`
		Type    string          `json:"type"`
		Payload json.RawMessage `json:"payload"`
	}
	err := json.Unmarshal(frame, &e)
	known := e.Type == eventsAPI || e.Type == interactive || e.Type == commands
	if err == nil && e.ID != "" && known && len(e.Payload) > 0 {
		return e.ID, a.unpack(e.Type, e.Payload)
	}
	if id = e.ID; id == "" {
		id = written(frame)
	}
	if cause == nil {
		cause = errors.New("an envelope that can't be read")
	}
	what := frame
	if len(e.Payload) > 0 {
		what = e.Payload // it comes again in another envelope
	}
	return id, &delivery{
		kind: "envelope", ev: bot.Event{Channel: Name, Raw: frame, Seen: digest(what)},
		poison: fmt.Errorf("slack: open an envelope: %w", a.scrub(cause)),
	}
}

// dispatch settles a delivery in the background, as soon as there is room, and
// then acknowledges its envelope.
func (l *listener) dispatch(ctx context.Context, envelope string, d *delivery) {
	select {
	case l.room <- struct{}{}:
	case <-ctx.Done():
		if d.turn != nil {
			d.turn.leave()
		}
		return
	}
	alive := l.alive
	l.flying.Go(func() {
		defer func() { <-l.room }()
		// What is under way when the socket closes may still finish.
		release, err := l.a.settle(context.WithoutCancel(ctx), alive, l.engine, d)
		if release != nil {
			defer release()
		}
		if err == nil {
			l.a.health.heard(l.a.now())
			l.ack(ctx, envelope)
		}
	})
}

// ack queues an acknowledgement; one that can't be queued in time is not needed
// any more, for the envelope has come again.
func (l *listener) ack(ctx context.Context, envelope string) {
	if envelope == "" {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishWithin)
	defer cancel()
	if err := l.client.AckCtx(ctx, envelope, nil); err != nil {
		l.a.log.Warn("an envelope could not be acknowledged; it comes again", "error", err)
	}
}
