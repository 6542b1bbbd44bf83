package dialogs

import (
	"time"

	"cadrebot/bot"
)

// erasure is a wish to be forgotten that has not been confirmed yet.
type erasure struct {
	// Turn binds the button that goes on to what was said last; Sure tells that
	// it is the last one.
	Turn string `json:"t"`
	Sure bool   `json:"s,omitempty"`
	At   int64  `json:"a"` // Unix milliseconds
}

// eraseWithin is how long a wish to be forgotten may wait for its confirmation.
const eraseWithin = 10 * time.Minute

// forget says what will be erased and what stays, and asks for the first time.
func (t *talk) forget(string) {
	t.answer("")
	t.state.Erase = &erasure{Turn: t.turn(), At: t.env.Now.UnixMilli()}
	text := t.say("forget.what")
	if t.env.Admin {
		text += "\n" + t.say("forget.admin")
	}
	t.show(bot.Message{Text: text, Buttons: [][]bot.Button{
		bot.Row(t.button("forget.export", "export"), t.button("forget.go", "erase:"+t.state.Erase.Turn)),
		bot.Row(t.button("forget.keep", "erase:keep"))}})
}

// pressErase goes on with being forgotten, or leaves it.
func (t *talk) pressErase(rest string) {
	e := t.state.Erase
	switch {
	case rest == "keep":
		t.answer("")
		t.state.Erase = nil
		t.show(bot.Message{Text: t.say("forget.kept"), Buttons: t.stepsAndBack()})
	case e == nil || rest != e.Turn:
		t.answer(t.say("forget.stale"))
	case t.env.Now.Sub(time.UnixMilli(e.At)) > eraseWithin:
		t.answer("")
		t.state.Erase = nil
		t.show(bot.Message{Text: t.say("forget.late"), Buttons: [][]bot.Button{
			bot.Row(t.button("data.forget", "forget"), t.backToSettings())}})
	case !e.Sure:
		t.answer("")
		e.Sure, e.Turn, e.At = true, t.turn(), t.env.Now.UnixMilli()
		t.show(bot.Message{Text: t.say("forget.sure"), Buttons: [][]bot.Button{
			bot.Row(t.button("forget.yes", "erase:"+e.Turn), t.button("forget.keep", "erase:keep"))}})
	default:
		t.answer("")
		t.erase()
	}
}

// erase forgets the person and says goodbye. Whoever writes after that is
// somebody new.
func (t *talk) erase() {
	t.dropCode()
	t.effects = append(t.effects, bot.Forget{})
	t.show(bot.Message{Text: t.say("forget.done"), Buttons: [][]bot.Button{bot.Row(t.button("stop.back", "start"))}})
}
