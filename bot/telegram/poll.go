package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"sync"
	"time"
)

// pollFor is how long Telegram holds a poll that has nothing to bring: under
// the platform's 50 s, and under what most routers keep a silent connection.
const pollFor = 30 * time.Second

// fetched is the answer to a poll.
type fetched struct {
	updates []json.RawMessage
	err     error
}

// Poll fetches updates and hands them in until ctx ends; it returns nil then.
// The offset, which tells Telegram what was received, moves past an update only
// once that is committed or in quarantine. A token that Telegram does not know
// is the one error; any other trouble is waited out and shown by Health.
func (a *Adapter) Poll(ctx context.Context, engine Handler) error {
	a.health.polling(true)
	defer a.health.polling(false)
	if err := a.prepare(ctx); err != nil || ctx.Err() != nil {
		return err
	}
	var offset int64
	if !a.awaitTurn(ctx) {
		return nil
	}
	next := a.fetch(ctx, offset, nil)
	pause := a.retryPause
	for {
		got := <-next
		if ctx.Err() != nil {
			return nil
		}
		if got.err != nil {
			if !a.endure(ctx, got.err, &pause) || !a.awaitTurn(ctx) {
				return nil
			}
			next = a.fetch(ctx, offset, nil)
			continue
		}
		a.health.heard(time.Now())
		tasks, last := a.sorted(got.updates)
		releases, all := a.settle(ctx, engine, tasks)
		if !all {
			return nil
		}
		if last == 0 && len(got.updates) > 0 {
			sleep(ctx, pause) // no number to move past: they come again at once
		}
		pause = a.retryPause
		offset = moved(offset, last)
		if !a.turn() {
			for _, release := range releases {
				release()
			}
			if releases = nil; !a.awaitTurn(ctx) {
				return nil
			}
		}
		next = a.fetchFirst(ctx, offset, releases)
	}
}

// TakeTurns lets Poll wait while turn is false: of several instances with one
// token only one may poll, or they end each other's polls for ever. It is to be
// called before Poll.
func (a *Adapter) TakeTurns(turn func() bool) { a.turn = turn }

// turnEvery is how often an instance that waits asks whether its turn has come.
const turnEvery = 250 * time.Millisecond

// awaitTurn waits for this instance's turn to poll; false where ctx ends first.
// Whoever waits is well: another one listens.
func (a *Adapter) awaitTurn(ctx context.Context) bool {
	for !a.turn() {
		a.health.heard(time.Now())
		if !sleep(ctx, turnEvery) {
			return false
		}
	}
	return true
}

// moved is the next offset. Numbers may start again after a quiet week, far
// below: then the offset follows.
func moved(offset, last int64) int64 {
	if last == 0 {
		return offset
	}
	return last + 1
}

// fetchFirst starts the next poll and then lets the batch's answers and
// messages go: they need not wait for one another, but the poll is what the
// other people wait for.
func (a *Adapter) fetchFirst(ctx context.Context, offset int64, releases []func()) chan fetched {
	if len(releases) == 0 {
		return a.fetch(ctx, offset, nil)
	}
	out := make(chan struct{})
	next := a.fetch(ctx, offset, sync.OnceFunc(func() { close(out) }))
	t := time.NewTimer(a.outWithin)
	defer t.Stop()
	select {
	case <-out:
	case <-t.C:
	}
	for _, release := range releases {
		release()
	}
	return next
}

// fetch polls in the background; out is called once the request has left or
// the poll is over.
func (a *Adapter) fetch(ctx context.Context, offset int64, out func()) chan fetched {
	answer := make(chan fetched, 1)
	go func() {
		if out == nil {
			out = func() {}
		}
		defer out()
		trace := &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) { out() }}
		updates, err := a.getBatch(httptrace.WithClientTrace(ctx, trace), offset)
		answer <- fetched{updates, err}
	}()
	return answer
}

// allowedUpdates is sent each time: left out, the list of another program
// would stay in force.
var allowedUpdates = func() []byte {
	list, err := json.Marshal(kinds)
	if err != nil {
		panic(err)
	}
	return list
}()

func (a *Adapter) getBatch(ctx context.Context, offset int64) ([]json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, pollFor+callWithin/2)
	defer cancel()
	request := bytes.NewBufferString(`{"offset":` + strconv.FormatInt(offset, 10) + `,"limit":100,"timeout":` +
		strconv.Itoa(int(pollFor/time.Second)) + `,"allowed_updates":` + string(allowedUpdates) + `}`)
	resp, answer, err := a.post(ctx, a.methods["getUpdates"], request, postHeader)
	if err != nil {
		return nil, fmt.Errorf("telegram: get updates: %w", err)
	}
	// The updates live on in events: their buffer is not given back.
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("get updates: %w", a.refused(resp, answer.Bytes()))
	}
	return updates(answer.Bytes())
}
