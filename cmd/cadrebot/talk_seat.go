package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/terminal"
	"cadrebot/content/phrases"
)

// seat is one person's terminal as a channel of its own, so that nobody's
// messages are printed in front of somebody else.
type seat struct {
	*terminal.Terminal
	name string
}

// seatName is the name of a person's seat. It does not tell who that is: it stays
// in the store when they are forgotten.
func seatName(who string) string {
	if who == operator {
		return terminal.Name
	}
	sum := sha256.Sum256([]byte(who))
	return terminal.Name + "-" + hex.EncodeToString(sum[:6])
}

// Channel implements bot.Adapter.
func (s seat) Channel() bot.Channel {
	c := s.Terminal.Channel()
	c.Name = s.name
	return c
}

// sit adds the terminal as a channel and returns what takes its lines in. At
// the end of the input it calls stop.
func (a *app) sit(p *Program, who, lang string, stop func()) func(context.Context) error {
	if lang == "" {
		lang = environmentLang()
	}
	s := seat{terminal.New(who, lang, p.Stdout), seatName(who)}
	s.Words, s.Folder = a.terminalWords(phrases.ParseLang(lang)), a.files
	a.add(&connection{adapter: s})
	sender := a.senders[len(a.senders)-1]
	return func(ctx context.Context) (err error) {
		defer func() {
			if err == nil { // an error ends the run by itself, and is told
				stop()
			}
		}()
		if err := owned(ctx, sender); err != nil {
			return err
		}
		h := seated{a, s.name}
		idle := func(ctx context.Context) error { return a.delivered(ctx, sender) }
		if interactive(p.Stdin) {
			if err := h.open(ctx, who, lang, idle); err != nil {
				return err
			}
		}
		return s.Talk(ctx, p.Stdin, h, idle)
	}
}

// terminalWords are what a terminal says by itself.
func (a *app) terminalWords(lang phrases.Lang) terminal.Words {
	w := terminal.Words{Long: a.phrases.Say(lang, "terminal.long"), Kinds: map[bot.MediaKind]string{}}
	for _, kind := range []bot.MediaKind{bot.Picture, bot.Audio, bot.Video, bot.File} {
		w.Kinds[kind] = a.phrases.Say(lang, "terminal."+string(kind))
	}
	return w
}

// seated hands a seat's lines to the engine.
type seated struct {
	app  *app
	name string
}

// Handle implements terminal.Handler.
func (h seated) Handle(ctx context.Context, events ...bot.Event) (func(), error) {
	for i := range events {
		events[i].Channel = h.name
	}
	return h.app.engine.Handle(ctx, events...)
}

// open lets the bot speak first where a person looks at the screen.
func (h seated) open(ctx context.Context, who, lang string, idle func(context.Context) error) error {
	release, err := h.Handle(ctx, bot.Event{Kind: bot.Join, Chat: who, Sender: who, Name: who, Lang: lang})
	if release != nil {
		release()
	}
	if err == nil {
		err = idle(ctx)
	}
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// ownedWithin is how long the terminal's lease may take to run out after
// another process was killed.
const ownedWithin = 10 * time.Second

// owned waits until this process may print.
func owned(ctx context.Context, s *channelSender) error {
	late := time.Now().Add(ownedWithin)
	err := soon(ctx, func() bool { return s.Owner() || time.Now().After(late) })
	if err == nil && !s.Owner() {
		return errors.New("somebody else talks as this person in another terminal; choose another name with talk --as")
	}
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// delivered waits until every reply has been printed and is off the outbox.
func (a *app) delivered(ctx context.Context, s *channelSender) error {
	var failed error
	err := soon(ctx, func() bool {
		if !s.Owner() {
			return false
		}
		depth := map[string]int{}
		things, err := a.db.Load(ctx, bot.Ref{Kind: bot.DepthRef, ID: s.name})
		if err == nil {
			err = json.Unmarshal(things[0].Data, &depth)
		}
		failed = err
		return err != nil || depth[bot.Replies.String()] == 0
	})
	return cmp.Or(err, failed)
}

// soon looks again and again until a condition holds or ctx ends.
func soon(ctx context.Context, holds func() bool) error {
	again := time.NewTicker(time.Millisecond)
	defer again.Stop()
	for !holds() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-again.C:
		}
	}
	return nil
}

// interactive reports whether a person types.
func interactive(in io.Reader) bool {
	f, ok := in.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && f.Name() != os.DevNull
}

// environmentLang is the language of the environment, as in "vi_VN".
func environmentLang() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v, _, _ := strings.Cut(os.Getenv(name), "."); v != "" {
			if v == "C" || v == "POSIX" {
				return ""
			}
			return v
		}
	}
	return ""
}
