package slack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"cadrebot/bot"

	client "github.com/slack-go/slack"
)

// placeBook knows which direct message is whose, and which channels the app is
// in, as far as events have told.
type placeBook struct {
	mu    sync.Mutex
	homes map[string]string // by person
	in    map[string]bool   // channels
}

// placesKept bounds each; what is forgotten is asked for again.
const placesKept = 20_000

// learn takes in what an event tells. A command tells nothing: it may be given
// anywhere.
func (b *placeBook) learn(ev *bot.Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case ev.Group && ev.Kind == bot.Gone:
		delete(b.in, ev.Chat)
	case ev.Group:
		b.in = keep(b.in, ev.Chat, true)
	case ev.Sender != "":
		b.homes = keep(b.homes, ev.Sender, ev.Chat)
	}
}

func keep[V any](m map[string]V, k string, v V) map[string]V {
	if m == nil {
		m = map[string]V{}
	}
	if _, known := m[k]; !known && len(m) >= placesKept {
		for other := range m {
			delete(m, other)
			break
		}
	}
	m[k] = v
	return m
}

func (b *placeBook) home(user string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.homes[user]
}

func (b *placeBook) inside(channel string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.in[channel]
}

// errNowhere means that there is no way to answer who gave a command.
var errNowhere = errors.New("slack: nobody to answer")

// settleChat finds the chat that a command is answered in: the channel it was
// given in, if the app is there; else, and in a direct message that is not the
// app's own, the person's private chat with the app.
func (a *Adapter) settleChat(ctx context.Context, ev *bot.Event) error {
	if ev.Group {
		in, err := a.isIn(ctx, ev.Chat)
		if err != nil || in {
			return err
		}
	}
	home := a.places.home(ev.Sender)
	if home == "" {
		c, _, _, err := a.rare.OpenConversationContext(ctx, &client.OpenConversationParameters{Users: []string{ev.Sender}})
		if err == nil && (c == nil || c.ID == "") {
			err = errNoAnswer
		}
		if err != nil {
			return fmt.Errorf("slack: open a private chat: %w", a.nowhere(err))
		}
		home = c.ID
	}
	ev.Chat, ev.Group = home, false
	a.places.learn(ev)
	return nil
}

// isIn asks whether the app is in a channel, where no event has told.
func (a *Adapter) isIn(ctx context.Context, channel string) (bool, error) {
	if a.places.inside(channel) {
		return true, nil
	}
	c, err := a.rare.GetConversationInfoContext(ctx, &client.GetConversationInfoInput{ChannelID: channel})
	if err != nil {
		err = a.plain(err)
		var r *refusal
		if errors.As(err, &r) && (slices.Contains(gone, r.Code) || r.turnedAway()) {
			return false, nil // it can't be seen from outside
		}
		return false, fmt.Errorf("slack: look at a channel: %w", err)
	}
	if c.IsMember {
		a.places.learn(&bot.Event{Chat: channel, Group: true})
	}
	return c.IsMember, nil
}

// nowhere marks the refusals that no further try changes.
func (a *Adapter) nowhere(err error) error {
	err = a.plain(err)
	var r *refusal
	if errors.As(err, &r) && slices.Contains(gone, r.Code) {
		return fmt.Errorf("%w: %w", errNowhere, err)
	}
	return err
}
