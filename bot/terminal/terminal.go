package terminal

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	"cadrebot/bot"
)

// Name is the channel's name in keys and settings.
const Name = "terminal"

// Terminal is one person's chat. It is safe for concurrent use.
type Terminal struct {
	// Words and Folder, where files are put that the bot sends, are set before
	// the first post; without a folder it is the current one.
	Words  Words
	Folder string

	who, lang string
	out       io.Writer

	mu   sync.Mutex
	last int
	// pressable is the newest message that has buttons, by its number.
	pressable int
	buttons   []bot.Button
	// buttoned remembers of each message with buttons which these are, so that
	// an older one's edit does not take the newest one's place.
	buttoned map[int][]bot.Button
}

// New returns the chat of a person who calls themselves who, in a language that
// may be empty. Everything is printed on out.
func New(who, lang string, out io.Writer) *Terminal {
	return &Terminal{who: who, lang: lang, out: out, buttoned: map[int][]bot.Button{}}
}

// Channel has no limits, and can do everything.
func (t *Terminal) Channel() bot.Channel {
	return bot.Channel{Name: Name, Buttons: true, Edits: true, Toasts: true, InOrder: true}
}

// Post prints a message. What is printed can't be changed: an edit prints the
// message again under a mark of its own.
func (t *Terminal) Post(_ context.Context, o bot.Outgoing) bot.Outcome {
	t.mu.Lock()
	defer t.mu.Unlock()
	id, mark := t.last+1, "\n"
	if o.Target != "" {
		n, err := strconv.Atoi(o.Target)
		if err != nil || n < 1 {
			return bot.Outcome{Status: bot.Rejected, Err: fmt.Errorf("terminal: no message %q", o.Target)}
		}
		id, mark = n, "\n┄┄┄\n"
	}
	buttons := flat(o.Message.Buttons)
	var b strings.Builder
	b.WriteString(mark)
	if m := o.Message.Media; m != nil && o.Target == "" {
		b.WriteString(t.media(m) + "\n")
	}
	if text := strings.TrimRight(o.Message.Plain(), "\n"); text != "" || o.Message.Media == nil {
		b.WriteString(text + "\n")
	}
	write(&b, o.Message, id >= t.pressable && !o.Message.Words)
	if _, err := io.WriteString(t.out, b.String()); err != nil {
		return bot.Outcome{Status: bot.Retry, Err: fmt.Errorf("terminal: print: %w", err)}
	}
	t.last = max(t.last, id)
	t.place(id, buttons, o.Message.Words)
	return bot.Outcome{Status: bot.Sent, Message: strconv.Itoa(id)}
}

// place notes which buttons a message has now. Those of one that asks for words
// have no numbers, and while it is the newest no others have.
func (t *Terminal) place(id int, buttons []bot.Button, words bool) {
	delete(t.buttoned, id)
	switch {
	case words:
		t.buttoned[id] = nil
	case len(buttons) > 0:
		t.buttoned[id] = buttons
	}
	t.pressable = 0
	for n := range t.buttoned {
		t.pressable = max(t.pressable, n)
	}
	t.buttons = t.buttoned[t.pressable]
	for n := range t.buttoned {
		if n < t.pressable-kept {
			delete(t.buttoned, n)
		}
	}
}

// kept is how far back messages are remembered for their buttons.
const kept = 50

// Answer prints the short answer to a press.
func (t *Terminal) Answer(_ context.Context, _ bot.Event, a bot.Answer) error {
	if a.Text == "" {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, err := fmt.Fprintf(t.out, "· %s\n", a.Text); err != nil {
		return fmt.Errorf("terminal: print: %w", err)
	}
	return nil
}

// flat are the buttons that can be pressed, in the order of their numbers.
func flat(rows [][]bot.Button) []bot.Button {
	var all []bot.Button
	for _, row := range rows {
		for _, b := range row {
			if b.URL == "" {
				all = append(all, b)
			}
		}
	}
	return all
}

// short is up to how many columns a button stands beside its neighbour.
const short = 16

// write prints the buttons: short ones of a row on one line, long ones on
// lines of their own; one that opens an address shows it instead of a number.
// Buttons of a message with a newer one after it have none: a number would
// press the newer one's.
func write(b *strings.Builder, m bot.Message, numbered bool) {
	n := 0
	for _, row := range m.Buttons {
		line := ""
		for _, button := range row {
			n++
			text := "[" + strconv.Itoa(n) + "] " + button.Label
			if button.URL != "" {
				n--
				text = button.Label + ": " + button.URL
			} else if !numbered {
				text = "[" + button.Label + "]"
			}
			if line != "" && (columns(line) > 3*short || columns(text) > short+4) {
				b.WriteString(line + "\n")
				line = ""
			}
			if line != "" {
				line += "   "
			}
			line += text
		}
		b.WriteString(line + "\n")
	}
}

// columns is how wide s stands on a terminal, nearly: a character from the
// east of Asia takes two.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x1100 {
			n++
		}
	}
	return n
}
