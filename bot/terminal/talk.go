package terminal

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"cadrebot/bot"
)

// Handler is what takes events in: the engine.
type Handler interface {
	Handle(ctx context.Context, events ...bot.Event) (release func(), err error)
}

// maxLine bounds one line of input, in bytes. A longer one is dropped: nobody
// has typed it.
const maxLine = 1 << 20

// typed is a line as it was typed, or that one was too long.
type typed struct {
	text string
	long bool
}

// Talk hands in line after line until the input or ctx ends. After each line
// it calls idle, which returns once everything that the line led to has been
// posted, so that answers stand under what they answer, also from a pipe.
func (t *Terminal) Talk(ctx context.Context, in io.Reader, engine Handler, idle func(context.Context) error) error {
	lines, failure := read(ctx, in)
	for {
		var line typed
		var more bool
		select {
		case <-ctx.Done():
			return nil
		case line, more = <-lines:
		}
		if !more {
			return *failure
		}
		if line.long {
			t.Post(ctx, bot.Outgoing{Message: bot.Message{Text: t.Words.Long}})
			continue
		}
		ev, ok := t.event(line.text)
		if !ok {
			continue
		}
		release, err := engine.Handle(ctx, ev)
		if release != nil {
			release()
		}
		if err != nil {
			return ended(ctx, fmt.Errorf("terminal: %w", err))
		}
		if err := idle(ctx); err != nil {
			return ended(ctx, fmt.Errorf("terminal: wait for the answer: %w", err))
		}
	}
}

// ended takes an error for what it is when there is nothing more to do.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	return err
}

// read reads lines in the background, because a read from a terminal can't be
// ended: at the end of ctx it is left behind. The failure may be looked at once
// the channel is closed.
func read(ctx context.Context, in io.Reader) (<-chan typed, *error) {
	lines, failure := make(chan typed), new(error)
	go func() {
		defer close(lines)
		r := bufio.NewReader(in)
		for {
			line, err := next(r)
			if err == nil || line.text != "" || line.long {
				select {
				case lines <- line:
				case <-ctx.Done():
					return
				}
			}
			if err == io.EOF {
				return
			}
			if err != nil {
				*failure = fmt.Errorf("terminal: read: %w", err)
				return
			}
		}
	}()
	return lines, failure
}

// next reads a line; of one that is too long it keeps nothing.
func next(r *bufio.Reader) (line typed, err error) {
	var text []byte
	for {
		piece, err := r.ReadSlice('\n')
		if len(text)+len(piece) > maxLine {
			line.long = true
		}
		if line.long {
			text = nil
		} else {
			text = append(text, piece...)
		}
		if err != bufio.ErrBufferFull {
			line.text = string(text)
			return line, err
		}
	}
}

// event makes an event of a line: a number in range presses that button of the
// newest message that has any. A blank line is nothing.
func (t *Terminal) event(line string) (bot.Event, bool) {
	line = strings.TrimSpace(strings.ToValidUTF8(line, "\uFFFD"))
	ev := bot.Event{
		Kind: bot.Text, Channel: Name, Chat: t.who, Sender: t.who, Name: t.who, Lang: t.lang,
		Text: line, Seen: bot.Seen{Text: rand.Text()},
	}
	if n, err := strconv.Atoi(line); err == nil {
		t.mu.Lock()
		defer t.mu.Unlock()
		if n >= 1 && n <= len(t.buttons) {
			ev.Kind, ev.Text, ev.Data = bot.Press, "", t.buttons[n-1].Data
			ev.Message, ev.Query = strconv.Itoa(t.pressable), rand.Text()
		}
	}
	return ev, line != ""
}
