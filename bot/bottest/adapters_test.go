package bottest

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"cadrebot/bot"
)

// postcards are the poorest platform that there may be: short texts, and nothing
// else. People have numbers for buttons.
type postcards struct {
	mu      sync.Mutex
	shown   map[string][]string // by person
	letters chan bot.Event
	serial  int
}

func (p *postcards) Channel() bot.Channel {
	return bot.Channel{Name: "postcards", Capacity: bot.Capacity{Unit: bot.Bytes, Text: 300, Caption: -1}}
}

func (p *postcards) Post(_ context.Context, out bot.Outgoing) bot.Outcome {
	c := p.Channel()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, part := range c.Parts(out.Message.WithoutMedia()) {
		if len(part.Text) > c.Capacity.Text || len(part.Buttons) > 0 {
			return bot.Outcome{Status: bot.Rejected, Err: fmt.Errorf("no room for %q", part.Text)}
		}
		p.shown[out.Chat] = append(p.shown[out.Chat], strings.TrimSpace(part.Text))
	}
	return bot.Outcome{Status: bot.Sent, Message: strconv.Itoa(len(p.shown[out.Chat]))}
}

func (p *postcards) Answer(context.Context, bot.Event, bot.Answer) error { return nil }

func (p *postcards) run(ctx context.Context, engine Handler) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case ev := <-p.letters:
			release, err := engine.Handle(ctx, ev)
			release()
			if err != nil {
				return err
			}
		}
	}
}

// writer is somebody who writes postcards.
type writer struct {
	*postcards
	name, lang string
}

func (w writer) Type(text string) {
	w.mu.Lock()
	w.serial++
	seen := bot.Seen{Number: int64(w.serial)}
	w.mu.Unlock()
	w.letters <- bot.Event{Kind: bot.Text, Channel: "postcards", Chat: w.name, Sender: w.name, Name: w.name, Lang: w.lang, Text: text, Seen: seen}
}

func (w writer) Press(label string) {
	w.mu.Lock()
	text := ""
	for _, m := range w.shown[w.name] {
		for line := range strings.Lines(m) {
			if n, words, ok := strings.Cut(strings.TrimSpace(line), " "); ok && words == label {
				text = n
			}
		}
	}
	w.mu.Unlock()
	w.Type(text)
}

// See tells words and numbered lines apart.
func (w writer) See() []Seen {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []Seen
	for _, m := range w.shown[w.name] {
		s := Seen{Text: m}
		lines := strings.Split(m, "\n")
		for i, line := range slices.Backward(lines) {
			number, label, _ := strings.Cut(line, " ")
			if _, err := strconv.Atoi(number); err != nil && number != "·" {
				number, _, _ = strings.Cut(line, ": https://")
				label = number
			}
			if label == "" || label == line {
				break
			}
			s.Buttons = append([]string{label}, s.Buttons...)
			s.Text = strings.Join(lines[:i], "\n")
		}
		all = append(all, s)
	}
	return all
}

func (w writer) Toasts() []string { return nil }

// The suite holds for a platform without buttons, edits, files and toasts.
func TestPostcards(t *testing.T) {
	Adapters(t, func(t *testing.T, _ *Memory) Rig {
		p := &postcards{shown: map[string][]string{}, letters: make(chan bot.Event, 100)}
		return Rig{
			Adapter: p, Run: p.run,
			Person:     func(name, lang string) Human { return writer{p, name, lang} },
			NewestOnly: true, Forgets: true, NoFiles: true,
		}
	})
}
