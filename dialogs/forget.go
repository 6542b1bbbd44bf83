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
func (t *step) forget(string) {
	t.Answer("")
	t.state.Erase = &erasure{Turn: t.Turn(), At: t.Env.Now.UnixMilli()}
	text := t.Say("forget.what")
	if t.Env.Admin {
		text += "\n" + t.Say("forget.admin")
	}
	t.Show(bot.Message{Text: text, Buttons: [][]bot.Button{
		bot.Row(t.Button("forget.export", "export"), t.Button("forget.go", "erase:"+t.state.Erase.Turn)),
		bot.Row(t.Button("forget.keep", "erase:keep"))}})
}

// pressErase goes on with being forgotten, or leaves it.
func (t *step) pressErase(rest string) {
	e := t.state.Erase
	switch {
	case rest == "keep":
		t.Answer("")
		t.state.Erase = nil
		t.Show(bot.Message{Text: t.Say("forget.kept"), Buttons: t.StepsAndBack()})
	case e == nil || rest != e.Turn:
		t.Answer(t.Say("forget.stale"))
	case t.Env.Now.Sub(time.UnixMilli(e.At)) > eraseWithin:
		t.Answer("")
		t.state.Erase = nil
		t.Show(bot.Message{Text: t.Say("forget.late"), Buttons: [][]bot.Button{
			bot.Row(t.Button("data.forget", "forget"), t.BackToSettings())}})
	case !e.Sure:
		t.Answer("")
		e.Sure, e.Turn, e.At = true, t.Turn(), t.Env.Now.UnixMilli()
		t.Show(bot.Message{Text: t.Say("forget.sure"), Buttons: [][]bot.Button{
			bot.Row(t.Button("forget.yes", "erase:"+e.Turn), t.Button("forget.keep", "erase:keep"))}})
	default:
		t.Answer("")
		t.erase()
	}
}

// erase forgets the person and says goodbye. Whoever writes after that is
// somebody new.
func (t *step) erase() {
	t.dropCode()
	t.Effects = append(t.Effects, bot.Forget{})
	t.Show(bot.Message{Text: t.Say("forget.done"), Buttons: [][]bot.Button{bot.Row(t.Button("stop.back", "start"))}})
}
