// Package talk is one step of a conversation under way, and what every
// conversation may do in it: say, send, show, ask back, set a timer. It knows no
// conversation.
package talk

import (
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/when"
)

// Talk is one step under way. Each conversation embeds it; they share its
// effects, and what they change about the person.
type Talk struct {
	Guide
	Library *content.Library
	Phrases *phrases.Catalog
	// Words are the plain words that mean a command, folded.
	Words   map[string]string
	Times   *when.Reader
	Env     *bot.Env
	Ev      bot.Event
	Lang    phrases.Lang
	Person  bot.Person
	State   *State
	Effects []bot.Effect
}

// Guide is what a conversation leaves to all of them together.
type Guide interface {
	// Run runs a command that was typed in the place of something else.
	Run(name, rest string)
	// WhereAmI answers what fits nothing.
	WhereAmI()
	// FirstSteps are two buttons that give something at once.
	FirstSteps() [][]bot.Button
	// ComeBack takes a stop back.
	ComeBack()
}

// Say is a phrase in the person's language.
func (t *Talk) Say(key string, args ...any) string { return t.Phrases.Say(t.Lang, key, args...) }

// Button is a button with a phrase as its label.
func (t *Talk) Button(key, data string, args ...any) bot.Button {
	return bot.Button{Label: t.Say(key, args...), Data: data}
}

// Send sends a new message and remembers its buttons.
func (t *Talk) Send(m bot.Message) { t.SendAs(bot.Send{Message: m}) }

// SendAs is Send for a message with a lane or an end of its own.
func (t *Talk) SendAs(s bot.Send) {
	t.Menu(s.Message)
	t.Effects = append(t.Effects, s)
}

// Show edits the message whose button was pressed, or sends a new one where
// there is none or nothing can be edited.
func (t *Talk) Show(m bot.Message) {
	if t.Ev.Kind != bot.Press || t.Ev.Message == "" || !t.Env.Channel.Edits {
		t.Send(m)
		return
	}
	t.Menu(m)
	t.Effects = append(t.Effects, bot.Edit{Target: t.Ev.Message, Message: m})
}

// Menu remembers the buttons of a message, so that they can be typed.
func (t *Talk) Menu(m bot.Message) {
	t.State.Menu, t.State.MenuAt, t.State.Over, t.State.Back = nil, t.ChatKey(), len(m.Buttons) > 0, nil
	for _, row := range m.Buttons {
		for _, b := range row {
			if b.Data != "" {
				t.State.Menu = append(t.State.Menu, Choice{b.Label, b.Data})
			}
		}
	}
}

// Answer answers the press, if there is one, in a few words or in none; where
// the words were typed instead they become a message.
func (t *Talk) Answer(text string) {
	switch {
	case t.Ev.Kind == bot.Press && t.Ev.Query != "":
		t.Effects = append(t.Effects, bot.Answer{Text: text})
	case text != "":
		t.Effects = append(t.Effects, bot.Send{Message: bot.Message{Text: text}})
	}
}

// Wake sets a timer of the conversation; a zero time takes it back.
func (t *Talk) Wake(timer string, at time.Time) {
	t.Effects = append(t.Effects, bot.SetWake{Timer: timer, At: at})
}

// Zone is the person's zone; one that is not known any more counts as UTC.
func (t *Talk) Zone() *time.Location { return ZoneOf(t.Person.Zone) }

// Now is the person's own time.
func (t *Talk) Now() time.Time { return t.Env.Now.In(t.Zone()) }

// Today is the person's own date.
func (t *Talk) Today() string { return t.Now().Format(time.DateOnly) }
