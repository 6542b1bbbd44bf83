package engine

import (
	"cadrebot/bot"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"
)

// Engine takes events, lets the dialog step, and commits what comes out. It is
// safe for concurrent use; events of one chat are handled in the order in which
// Handle is called with them.
type Engine struct {
	store   bot.Store
	dialog  bot.Dialog
	log     *slog.Logger
	metrics *Metrics
	// Now is the clock, for those who travel in time.
	Now func() time.Time
	// Rand draws the seed of each step.
	Rand func() uint64
	// NewPerson makes the opaque identifier of whoever the bot meets first.
	NewPerson func() string
	// Seal and Web are what steps find in their environment.
	Seal bot.Seal
	Web  string

	channels map[string]bot.Channel
	linksOf  map[string]string // Channel.Link of those that have one, by name
	adapters map[string]bot.Adapter
	senders  map[string]Sender
	admins   map[string]bool
	links    *linkCache
	order    turnstile
}

// New returns an engine without channels. Admins are named
// "channel:sender".
func New(store bot.Store, dialog bot.Dialog, admins []string, metrics *Metrics, log *slog.Logger) *Engine {
	e := &Engine{
		store: store, dialog: dialog, log: log, metrics: metrics,
		Now: time.Now, Rand: rand.Uint64, NewPerson: opaqueID,
		channels: map[string]bot.Channel{}, linksOf: map[string]string{}, adapters: map[string]bot.Adapter{}, senders: map[string]Sender{},
		admins: map[string]bool{}, links: newLinkCache(50_000),
	}
	for _, a := range admins {
		e.admins[a] = true
	}
	return e
}

// Add registers a channel before the first event. A nil sender means that
// another instance delivers what is committed for it.
func (e *Engine) Add(a bot.Adapter, s Sender) {
	c := a.Channel()
	e.channels[c.Name] = c
	if c.Link != "" {
		e.linksOf[c.Name] = c.Link
	}
	e.adapters[c.Name] = a
	if s != nil {
		e.senders[c.Name] = s
	}
}

// Tries before an event goes to quarantine that makes the dialog fail, or that
// meets nothing but conflicts; and before one that meets a store in trouble is
// left to be delivered again.
const (
	triesOfPoison   = 3
	triesOfConflict = 100
	triesOfTrouble  = 4
)

// Handle commits the effects of events of one chat, or of one wake, in order.
// It returns once all are committed, were committed before, or lie in
// quarantine; on an error the events from the failing one on have had no
// effect and are to be handed in again. The answers and messages leave when
// release is called, which must be soon and always.
func (e *Engine) Handle(ctx context.Context, events ...bot.Event) (release func(), err error) {
	var after releases
	if len(events) == 0 {
		return after.run, nil
	}
	done := e.order.enter(subject(&events[0]))
	defer done()
	for i := range events {
		e.metrics.eventIn(&events[i])
		if err := e.handle(ctx, &events[i], &after); err != nil {
			return after.run, fmt.Errorf("handle %s from %s: %w", events[i].Kind, events[i].Channel, err)
		}
	}
	return after.run, nil
}

// subject names what an event is about, so that events of one subject queue up.
func subject(ev *bot.Event) string {
	if ev.Chat != "" {
		return ev.Channel + ":" + ev.Chat
	}
	return string(ev.Target.Kind) + "|" + ev.Target.ID
}

// handle steps and commits until it is settled what became of the event.
func (e *Engine) handle(ctx context.Context, ev *bot.Event, after *releases) error {
	failures, conflicts, troubles := 0, 0, 0
	for {
		turn, err := e.prepare(ctx, ev)
		if err == nil {
			err = e.commit(ctx, turn, after)
		}
		var poison *poisonError
		switch {
		case err == nil:
			return nil
		case errors.Is(err, bot.ErrSeen):
			e.metrics.seen.Inc()
			if troubles > 0 {
				e.resync() // it was perhaps this event's own commit, whose answer was lost
			}
			return nil
		case errors.Is(err, bot.ErrConflict):
			e.metrics.conflicts.Inc()
			e.links.forget(ev.Channel, ev.Chat)
			if conflicts++; conflicts >= triesOfConflict {
				return e.Quarantine(ctx, ev, fmt.Errorf("%w, %d times", err, conflicts))
			}
			err = pause(ctx, rand.N(time.Duration(min(conflicts, 10))*2*time.Millisecond))
		case errors.As(err, &poison):
			if failures++; failures >= triesOfPoison {
				return e.Quarantine(ctx, ev, poison)
			}
			continue
		default:
			if troubles++; troubles >= triesOfTrouble || ctx.Err() != nil {
				return err
			}
			e.log.Warn("trying an event again", "channel", ev.Channel, "kind", ev.Kind, "error", err)
			err = pause(ctx, time.Duration(troubles)*100*time.Millisecond)
		}
		if err != nil {
			return err
		}
	}
}

// commit applies a turn, with the messages that may leave at once marked as in
// flight, and hands them to their senders.
func (e *Engine) commit(ctx context.Context, t *turn, after *releases) error {
	c := t.commit
	places := e.reserve(c)
	receipt, err := e.store.Commit(ctx, c)
	if err != nil {
		if !refused(err) {
			e.resync() // it may have been applied: nothing may overtake it
		}
		for _, p := range places {
			p.Cancel()
		}
		return err
	}
	e.metrics.commits.Inc()
	e.hand(t, after)
	for _, p := range places {
		after.add(p.Commit(p.receipt(receipt)))
	}
	return nil
}

// hand tells those who have to know what was committed.
func (e *Engine) hand(t *turn, after *releases) {
	c := t.commit
	for _, l := range c.SetLinks {
		e.links.set(l.Channel, l.Chat, l.Person)
	}
	for _, a := range t.after.Addresses {
		e.links.expect(a.Channel, a.Chat, t.after.ID, t.ahead)
	}
	for _, gone := range c.Forget {
		e.forget(gone)
	}
	for _, h := range c.Halts {
		for _, s := range e.senders {
			s.Halt(h)
		}
	}
	for _, a := range t.answers {
		after.add(func() { e.answer(t.event, a) })
	}
}

// answerWithin bounds the answer to a press, which is worth nothing later.
const answerWithin = 10 * time.Second

func (e *Engine) answer(ev *bot.Event, a bot.Answer) {
	adapter := e.adapters[ev.Channel]
	if adapter == nil {
		return
	}
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), answerWithin)
		defer cancel()
		if err := adapter.Answer(ctx, *ev, a); err != nil {
			e.metrics.answersFailed.Inc()
			e.log.Debug("answer to a press", "channel", ev.Channel, "error", err)
		}
	}()
}

// refused reports that a commit has certainly written nothing.
func refused(err error) bool {
	return errors.Is(err, bot.ErrSeen) || errors.Is(err, bot.ErrConflict) || errors.Is(err, bot.ErrStale)
}

func (e *Engine) resync() {
	for _, s := range e.senders {
		s.Resync()
	}
}

// CommitPage commits a page of a fan-out like a step: what may leave at once
// does, the rest waits in the outbox.
func (e *Engine) CommitPage(ctx context.Context, c *bot.Commit) error {
	var after releases
	defer after.run()
	return e.commit(ctx, &turn{commit: c}, &after)
}

// Quarantine keeps an event that can't be handled, so that the rest can go on.
// It is counted as seen; a wake is taken off the clock.
func (e *Engine) Quarantine(ctx context.Context, ev *bot.Event, cause error) error {
	raw := ev.Raw
	if raw == nil {
		var err error
		if raw, err = json.Marshal(ev); err != nil {
			return fmt.Errorf("quarantine: %w", err)
		}
	}
	p := bot.Poison{ID: opaqueID(), Channel: ev.Channel, Chat: ev.Chat, Raw: raw, Error: cause.Error(), At: e.Now()}
	c := &bot.Commit{Channel: ev.Channel, Seen: ev.Seen, Quarantine: []bot.Poison{p}, Now: e.Now()}
	if ev.Kind == bot.Wake {
		c.Timer = bot.TimerGuard{Target: ev.Target, Timer: ev.Timer, Due: ev.Due}
	}
	if _, err := e.store.Commit(ctx, c); err != nil && !errors.Is(err, bot.ErrSeen) {
		return fmt.Errorf("quarantine: %w", err)
	}
	e.metrics.quarantined.Inc()
	e.log.Error("event quarantined", "channel", ev.Channel, "id", p.ID, "error", cause)
	return nil
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
