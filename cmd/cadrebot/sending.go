package main

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/sender"
)

// channelSender is a sender of which is known when it last heard of its lease.
type channelSender struct {
	*sender.Sender
	name  string
	heard *atomic.Int64 // Unix nanoseconds
}

func newChannelSender(a *app, adapter bot.Adapter) *channelSender {
	heard := new(atomic.Int64)
	outbox := watchedOutbox{a.db.Store, heard}
	s := sender.New(outbox, adapter, a.instance.ID, a.handle, a.sending, a.log)
	s.Ahead, s.Assets = a.ahead, a
	return &channelSender{Sender: s, name: adapter.Channel().Name, heard: heard}
}

// senderDeaf is after how long without a word on its lease a sender counts as
// dead: it asks every 1.5 s.
const senderDeaf = 10 * time.Second

// alive returns why a sender neither sends nor waits to take over.
func (s *channelSender) alive(now time.Time) error {
	if at := time.Unix(0, s.heard.Load()); now.Sub(at) > senderDeaf {
		return errors.New("the sender of " + s.name + " has not heard of its lease")
	}
	return nil
}

// watchedOutbox notes when the lease was last granted or refused: either way
// the sender is at work.
type watchedOutbox struct {
	bot.Outbox
	heard *atomic.Int64
}

// Acquire implements bot.Outbox.
func (w watchedOutbox) Acquire(ctx context.Context, channel, instance, session string, ttl time.Duration) (bot.Lease, error) {
	l, err := w.Outbox.Acquire(ctx, channel, instance, session, ttl)
	if err == nil || errors.Is(err, bot.ErrStale) {
		w.heard.Store(time.Now().UnixNano())
	}
	return l, err
}
