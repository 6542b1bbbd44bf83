package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"sync"
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

// task is what is to be committed in one piece: the events of one chat, or an
// update that can't be decoded.
type task struct {
	events []bot.Event
	poison error
}

// sorted makes tasks of a batch, each chat's events in their order, and finds
// the highest number in it.
func (a *Adapter) sorted(updates []json.RawMessage) (tasks []*task, last int64) {
	chats := make(map[string]*task, len(updates))
	for _, raw := range updates {
		ev, ok, err := a.Decode(raw)
		last = max(last, ev.Seen.Number)
		switch {
		case err != nil:
			tasks = append(tasks, &task{events: []bot.Event{ev}, poison: err})
		case !ok:
		case chats[ev.Chat] != nil:
			t := chats[ev.Chat]
			t.events = append(t.events, ev)
		default:
			t := &task{events: []bot.Event{ev}}
			chats[ev.Chat] = t
			tasks = append(tasks, t)
		}
	}
	return tasks, last
}

// atOnce is how many chats of a batch are handled at the same time: all of
// them, so that they share round trips to the store.
const atOnce = 100

// commit handles tasks and returns what to call once the next poll is out, and
// those that failed.
func commit(ctx context.Context, h Handler, tasks []*task) (releases []func(), failed []*task, err error) {
	var mu sync.Mutex
	var next int
	var wg sync.WaitGroup
	var errs []error
	for range min(len(tasks), atOnce) {
		wg.Go(func() {
			for {
				mu.Lock()
				if next == len(tasks) {
					mu.Unlock()
					return
				}
				t := tasks[next]
				next++
				mu.Unlock()
				release, err := t.run(ctx, h)
				mu.Lock()
				if release != nil {
					releases = append(releases, release)
				}
				if err != nil {
					failed = append(failed, t)
					errs = append(errs, err)
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if len(errs) > 0 {
		err = errs[0] // a store that is down gives the same one for all
	}
	return releases, failed, err
}

func (t *task) run(ctx context.Context, h Handler) (func(), error) {
	if t.poison != nil {
		return nil, h.Quarantine(ctx, &t.events[0], t.poison)
	}
	return h.Handle(ctx, t.events...)
}

// settle commits a whole batch, however often that takes; what has failed is
// tried again, and what was committed leaves meanwhile. It is false where ctx
// ended first: then the batch must come again.
func (a *Adapter) settle(ctx context.Context, h Handler, tasks []*task) (releases []func(), all bool) {
	// A batch that is under way at the end of ctx may still finish.
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(finishWithin, cancel) })
	defer stop()
	for pause := a.retryPause; ; pause = min(2*pause, a.mostPause) {
		var err error
		if releases, tasks, err = commit(work, h, tasks); len(tasks) == 0 {
			return releases, true
		}
		for _, release := range releases {
			release()
		}
		a.health.failed(err)
		a.log.Error("updates could not be committed, trying again", "chats", len(tasks), "pause", pause, "error", err)
		if ctx.Err() != nil || !sleep(ctx, pause) {
			return nil, false
		}
	}
}

// finishWithin is how long a batch may take at the end.
const finishWithin = 3 * time.Second

var errBatch = errors.New("telegram: an answer to getUpdates that is not a list")

// updates takes the answer to a poll apart without looking into the updates,
// so that one that is not even JSON does not hide the others. They share body's
// memory.
func updates(body []byte) ([]json.RawMessage, error) {
	rest, ok := bytes.CutPrefix(body, []byte(`{"ok":true,"result":[`))
	if !ok {
		var answer struct {
			OK     bool              `json:"ok"`
			Result []json.RawMessage `json:"result"`
		}
		if err := json.Unmarshal(body, &answer); err != nil || !answer.OK {
			return nil, errBatch
		}
		return answer.Result, nil
	}
	var list []json.RawMessage
	depth, from, quoted := 0, 0, false
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case quoted:
			if c == '\\' {
				i++
			} else if c == '"' {
				quoted = false
			}
		case c == '"':
			quoted = true
		case c == '{', c == '[':
			depth++
		case c == '}', c == ']' && depth > 0:
			depth--
		case (c == ',' || c == ']') && depth == 0:
			if one := bytes.TrimSpace(rest[from:i]); len(one) > 0 {
				list = append(list, json.RawMessage(one))
			}
			from = i + 1
			if c == ']' {
				return list, nil
			}
		}
	}
	return nil, errBatch
}
