package slack

import (
	"context"
	"errors"
	"sync"
	"time"

	"cadrebot/bot"
)

// peopleBook knows how people call themselves and which language they read, so
// that each is asked for once. What is not known in time an event goes without:
// no commit waits for it long.
type peopleBook struct {
	mu     sync.Mutex
	known  map[string]*person
	order  []string
	asking int
}

type person struct {
	name, lang string
	done       chan struct{} // closed once it is known
}

const (
	peopleKept = 20_000
	// askedAtOnce bounds the questions under way.
	askedAtOnce = 16
	askWithin   = 5 * time.Second
)

// introduce fills in the name and the language of who writes to the bot. In a
// group neither matters, and who presses a button has been met before.
func (a *Adapter) introduce(ctx context.Context, ev *bot.Event) {
	if ev.Group || ev.Sender == "" || ev.Kind == bot.Gone {
		return
	}
	patience := a.knowWithin
	if ev.Kind == bot.Press {
		patience = 0
	}
	p := a.people.get(ev.Sender, patience > 0 && a.asking.rest(a.now()) <= 0, a.ask)
	if p == nil {
		return
	}
	if p.within(ctx, patience) {
		ev.Name, ev.Lang = p.name, p.lang
	}
}

// within waits so long until somebody is known; who is known already is known
// without any patience.
func (p *person) within(ctx context.Context, patience time.Duration) bool {
	select {
	case <-p.done:
		return true
	default:
	}
	t := time.NewTimer(patience)
	defer t.Stop()
	select {
	case <-p.done:
		return true
	case <-t.C:
	case <-ctx.Done():
	}
	return false
}

// get returns what is known of a person, or will be; nil where nothing is and
// nobody may be asked.
func (b *peopleBook) get(id string, ask bool, how func(id string, p *person) error) *person {
	b.mu.Lock()
	defer b.mu.Unlock()
	if p := b.known[id]; p != nil || !ask || b.asking == askedAtOnce {
		return p
	}
	if b.known == nil {
		b.known = map[string]*person{}
	}
	p := &person{done: make(chan struct{})}
	b.known[id] = p
	b.order = append(b.order, id)
	if len(b.order) > peopleKept {
		delete(b.known, b.order[0])
		b.order = b.order[1:]
	}
	b.asking++
	go func() {
		err := how(id, p)
		close(p.done)
		b.mu.Lock()
		defer b.mu.Unlock()
		b.asking--
		if err != nil && b.known[id] == p {
			delete(b.known, id) // to be asked for again, another time
		}
	}()
	return p
}

// ask asks the platform who somebody is.
func (a *Adapter) ask(id string, p *person) error {
	ctx, cancel := context.WithTimeout(context.Background(), askWithin)
	defer cancel()
	u, err := a.rare.GetUserInfoContext(ctx, id)
	if err != nil {
		return a.unasked(a.plain(err))
	}
	p.lang = u.Locale
	if p.name = u.Profile.DisplayName; p.name == "" {
		p.name = u.RealName
	}
	return nil
}

// unasked deals with a question that came to nothing. The platform's no to one
// person is an answer; what goes for all lets the questions rest: as long as the
// platform says, or a while where it does not let the app ask at all.
func (a *Adapter) unasked(err error) error {
	wait := 5 * time.Second
	var r *refusal
	if errors.As(err, &r) {
		switch {
		case r.limited():
			wait = r.wait()
		case r.turnedAway():
			wait = 10 * time.Minute
		case r.Status < 500:
			return nil
		}
	}
	a.log.Debug("slack does not say who somebody is", "again", wait, "error", err)
	a.asking.pause(a.now().Add(wait))
	return err
}
