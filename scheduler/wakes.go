package scheduler

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"cadrebot/bot"
)

// wakes hands timers that came due to the engine.
type wakes struct {
	*Loop
	// failed are the timers whose last try came to nothing. They are tried
	// again later, and keep nobody else waiting.
	failed map[string]failure
	// heldBy tells which full channel keeps a timer waiting.
	heldBy map[string]string
}

type failure struct {
	tries int
	until time.Time
}

const (
	wakesEvery   = 500 * time.Millisecond
	wakesAtOnce  = 128
	wakesFarAt   = 4096 // how far behind held timers others are looked for
	wakesWorkers = 32
	retryFirst   = time.Second
	retryMost    = time.Minute
)

func (w *wakes) run(ctx context.Context) {
	for ctx.Err() == nil {
		handled, err := w.round(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			w.Log.Warn("wakes", "error", err)
			sleep(ctx, wakesEvery)
		case handled == 0:
			sleep(ctx, wakesEvery)
		}
	}
}

// round hands in what is due, up to a batch, and says how many it handed in.
func (w *wakes) round(ctx context.Context) (int, error) {
	full, err := w.marks.full(ctx, bot.Deadlines)
	if err != nil {
		return 0, err
	}
	reach := min(wakesAtOnce+len(w.failed)+len(w.heldBy), wakesFarAt)
	now := w.Now()
	due, err := w.Store.Due(ctx, now, reach)
	if err != nil {
		return 0, err
	}
	if due, err = w.free(ctx, due, full); err != nil {
		return 0, err
	}
	due = due[:min(len(due), wakesAtOnce)]
	w.handle(ctx, due)
	return len(due), nil
}

// handle hands timers in side by side, and notes which failed.
func (w *wakes) handle(ctx context.Context, due []bot.Event) {
	ctx, cancel := lingering(ctx)
	defer cancel()
	var mu sync.Mutex
	var working sync.WaitGroup
	places := make(chan struct{}, wakesWorkers)
	for _, ev := range due {
		places <- struct{}{}
		working.Go(func() {
			defer func() { <-places }()
			release, err := w.Engine.Handle(ctx, ev)
			if release != nil {
				release()
			}
			mu.Lock()
			defer mu.Unlock()
			w.note(ev, err)
		})
	}
	working.Wait()
}

func (w *wakes) note(ev bot.Event, err error) {
	name := timerName(ev)
	if err == nil {
		delete(w.failed, name)
		return
	}
	f := w.failed[name]
	f.until = time.Now().Add(min(retryMost, retryFirst<<min(f.tries, 6)))
	f.tries++
	w.failed[name] = f
	w.Log.Warn("a wake failed and is tried again", "target", ev.Target.Kind, "timer", ev.Timer, "tries", f.tries, "error", err)
}

func timerName(ev bot.Event) string {
	return string(ev.Target.Kind) + "|" + ev.Target.ID + "|" + ev.Timer
}

// free leaves out what waits after a failure, and those whose person is reached
// on a full channel.
func (w *wakes) free(ctx context.Context, due []bot.Event, full map[string]bool) ([]bot.Event, error) {
	now := time.Now()
	listed := make(map[string]bool, len(due))
	ready := due[:0:0]
	for _, ev := range due {
		name := timerName(ev)
		listed[name] = true
		if f, ok := w.failed[name]; !ok || !now.Before(f.until) {
			ready = append(ready, ev)
		}
	}
	for name := range w.failed {
		if !listed[name] { // taken back, or handled by somebody else
			delete(w.failed, name)
		}
	}
	if len(full) == 0 {
		clear(w.heldBy)
		return ready, nil
	}
	channel, err := w.channelsOf(ctx, ready)
	if err != nil {
		return nil, err
	}
	w.heldBy = channel
	free := ready[:0]
	for _, ev := range ready {
		name := timerName(ev)
		if full[channel[name]] {
			continue
		}
		delete(w.heldBy, name)
		free = append(free, ev)
	}
	return free, nil
}

// channelsOf tells on which channel the people are reached whose timers these
// are; "" where a timer is nobody's.
func (w *wakes) channelsOf(ctx context.Context, events []bot.Event) (map[string]string, error) {
	channel := make(map[string]string, len(events))
	var refs []bot.Ref
	var names []string
	for _, ev := range events {
		name := timerName(ev)
		if known, ok := w.heldBy[name]; ok {
			channel[name] = known
		} else if ev.Target.Kind == bot.ConversationRef {
			refs = append(refs, bot.Ref{Kind: bot.PersonRef, ID: ev.Target.ID})
			names = append(names, name)
		}
	}
	if len(refs) == 0 {
		return channel, nil
	}
	things, err := w.Store.Load(ctx, refs...)
	if err != nil {
		return nil, err
	}
	for i, t := range things {
		var p bot.Person
		if t.Exists() && json.Unmarshal(t.Data, &p) == nil {
			if a, ok := p.Reachable(); ok {
				channel[names[i]] = a.Channel
			}
		}
	}
	return channel, nil
}
