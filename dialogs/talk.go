package dialogs

import (
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/recall"
)

// talk is one step under way.
type talk struct {
	*Dialogs
	library *content.Library
	env     *bot.Env
	ev      bot.Event
	lang    content.Lang
	person  bot.Person
	state   state
	effects []bot.Effect
	// memories is what the person remembers, once it was asked for; playing
	// tells that the step began within a round.
	memories *recall.Memory
	playing  bool
}

// say is a phrase in the person's language.
func (t *talk) say(key string, args ...any) string { return t.phrases.Say(t.lang, key, args...) }

// button is a button with a phrase as its label.
func (t *talk) button(key, data string, args ...any) bot.Button {
	return bot.Button{Label: t.say(key, args...), Data: data}
}

// send sends a new message and remembers its buttons.
func (t *talk) send(m bot.Message) { t.sendAs(bot.Send{Message: m}) }

func (t *talk) sendAs(s bot.Send) {
	t.menu(s.Message)
	t.effects = append(t.effects, s)
}

// show edits the message whose button was pressed, or sends a new one where
// there is none or nothing can be edited.
func (t *talk) show(m bot.Message) {
	if t.ev.Kind != bot.Press || t.ev.Message == "" || !t.env.Channel.Edits {
		t.send(m)
		return
	}
	t.menu(m)
	t.effects = append(t.effects, bot.Edit{Target: t.ev.Message, Message: m})
}

// menu remembers the buttons of a message, so that they can be typed.
func (t *talk) menu(m bot.Message) {
	t.state.Menu, t.state.MenuAt, t.state.Over, t.state.Back = nil, t.chatKey(), len(m.Buttons) > 0, nil
	for _, row := range m.Buttons {
		for _, b := range row {
			if b.Data != "" {
				t.state.Menu = append(t.state.Menu, choice{b.Label, b.Data})
			}
		}
	}
}

// answer answers the press, if there is one, in a few words or in none; where
// the words were typed instead they become a message.
func (t *talk) answer(text string) {
	switch {
	case t.ev.Kind == bot.Press && t.ev.Query != "":
		t.effects = append(t.effects, bot.Answer{Text: text})
	case text != "":
		t.effects = append(t.effects, bot.Send{Message: bot.Message{Text: text}})
	}
}

// wake sets a timer of the conversation; a zero time takes it back.
func (t *talk) wake(timer string, at time.Time) {
	t.effects = append(t.effects, bot.SetWake{Timer: timer, At: at})
}

// zone is the person's zone; one that is not known any more counts as UTC.
func (t *talk) zone() *time.Location { return zoneOf(t.person.Zone) }

// now is the person's own time.
func (t *talk) now() time.Time { return t.env.Now.In(t.zone()) }

// today is the person's own date.
func (t *talk) today() string { return t.now().Format(time.DateOnly) }
