package main

import (
	"context"
	"sync"
	"time"

	"cadrebot/scheduler"
)

// The end of a run: what takes events in has takeWithin to finish its steps;
// then the senders wind down; exitWithin is the whole of it.
const (
	takeWithin = 1500 * time.Millisecond
	exitWithin = 4500 * time.Millisecond
)

// run sends, keeps time and takes events in, until ctx ends or every intake has
// ended by itself. Whatever an intake returns first is what run returns.
func (a *app) run(ctx context.Context, intakes ...func(context.Context) error) error {
	taking, stopTaking := context.WithCancel(ctx)
	defer stopTaking()
	sending, stopSending := context.WithCancel(context.WithoutCancel(ctx))
	defer stopSending()

	var senders, takers sync.WaitGroup
	for _, s := range a.senders {
		senders.Go(func() { s.Run(sending) })
	}
	loop := scheduler.New(scheduler.Config{
		Store: a.db.Store, Engine: a.engine, Copier: a.dialogs, Channels: a.channels,
		Instance: a.instance.ID, Now: a.now, Log: a.log,
	})
	timed, stopTiming := context.WithCancel(taking)
	defer stopTiming()
	takers.Go(func() { loop.Run(timed) })
	takers.Go(func() { a.reload(taking) })
	takers.Go(func() { a.eraseHistory(timed) })

	ended := make(chan error, len(intakes)+1)
	takers.Go(func() {
		if err := a.db.Outgrown(taking); err != nil { // nothing can be read or written any more
			ended <- err
		}
	})
	for _, take := range intakes {
		takers.Go(func() { ended <- take(taking) })
	}
	a.health.started.Store(true)
	err := firstOf(ctx, ended, len(intakes))

	hurry := time.After(exitWithin)
	stopTaking()
	waitUntil(&takers, time.After(takeWithin), hurry)
	stopSending()
	waitUntil(&senders, hurry)
	waitUntil(&takers, hurry)
	return err
}

// historyEvery is how often the store is asked to let its append-only file
// forget those whose erasure it still tells of.
const historyEvery = time.Minute

// eraseHistory makes up for what was cut short of it, now and later.
func (a *app) eraseHistory(ctx context.Context) {
	tick := time.NewTicker(historyEvery)
	defer tick.Stop()
	for {
		if err := a.db.EraseHistory(ctx); err != nil && ctx.Err() == nil {
			a.log.Warn("the append-only file may still tell of somebody who was forgotten", "again", historyEvery, "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// firstOf waits for the first error, for all intakes to end, or for ctx.
func firstOf(ctx context.Context, ended <-chan error, n int) error {
	for range n {
		select {
		case err := <-ended:
			if err != nil {
				return err
			}
		case <-ctx.Done():
			return nil
		}
	}
	return nil
}

// waitUntil waits for a group, or for the first of the alarms.
func waitUntil(g *sync.WaitGroup, alarms ...<-chan time.Time) {
	done := make(chan struct{})
	go func() { g.Wait(); close(done) }()
	var second <-chan time.Time
	if len(alarms) > 1 {
		second = alarms[1]
	}
	select {
	case <-done:
	case <-alarms[0]:
	case <-second:
	}
}
