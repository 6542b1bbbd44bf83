// Package dialogs is the conversations: what the bot says to which event, as
// pure functions of a state, an event and an environment.
//
// It must never do I/O, read a clock, draw chance of its own or start a
// goroutine, and it holds no word that people read: those live in content.
package dialogs

import (
	"encoding/json"
	"sync/atomic"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/grading"
	"cadrebot/dialogs/when"
)

// Dialogs implements bot.Dialog. It is safe for concurrent use.
type Dialogs struct {
	library atomic.Pointer[content.Library] // a step reads it once, see talk
	phrases *content.Phrases
	words   map[string]string // folded plain word → command
	times   *when.Reader
	grader  *grading.Grader
}

var _ bot.Dialog = (*Dialogs)(nil)

// New returns the conversations over a library of courses. It fails where a word
// for a time among the phrases can't be read.
func New(library *content.Library, phrases *content.Phrases) (*Dialogs, error) {
	times, err := when.New(phrases)
	if err != nil {
		return nil, err
	}
	d := &Dialogs{phrases: phrases, words: map[string]string{}, times: times, grader: grading.New(times)}
	d.Use(library)
	for name, c := range commands {
		for _, lang := range content.Langs {
			for _, w := range phrases.Words(lang, c.words) {
				d.words[content.Fold(w)] = name
			}
		}
	}
	return d, nil
}

// Use puts another library in the place of the one at hand; steps under way end
// with the one that they began with.
func (d *Dialogs) Use(library *content.Library) { d.library.Store(library) }

// state is what the bot remembers of a conversation. It is a value that
// marshals; nothing else survives a step.
type state struct {
	Quiz *quiz `json:"q,omitempty"`
	// Check is the question that a lesson asks; Checking tells that it was
	// asked later than the open question of the round.
	Check    *quiz `json:"qc,omitempty"`
	Checking bool  `json:"qk,omitempty"`
	// Last is the score of the last round that was finished.
	Last *score `json:"l,omitempty"`
	// Done is the person's own date on which a round was last finished, Off
	// the one on which the daily quiz was last declined.
	Done string `json:"d,omitempty"`
	Off  string `json:"df,omitempty"`
	// Later is until when the day's questions were put off (Unix milliseconds).
	Later int64 `json:"dl,omitempty"`
	// Ask says what the next text is taken for: the name of an input.
	Ask string `json:"a,omitempty"`
	// Menu are the buttons of the newest message, so that their words and
	// numbers can be typed.
	Menu []choice `json:"m,omitempty"`
	// Over is set once a message with buttons of its own has come after the
	// open question: then a typed number means that message.
	Over   bool         `json:"o,omitempty"`
	Class  *classDraft  `json:"c,omitempty"`
	Notice *noticeDraft `json:"n,omitempty"`
	// Sent are the fan-outs whose progress this conversation shows.
	Sent []followed `json:"s,omitempty"`
	// Fresh are the answers that are not in memory yet.
	Fresh freshList `json:"f,omitempty"`
	// Lessons are the lessons under way, the one touched last at the end, and
	// Finished those gone through; Turn counts what was shown of lessons.
	Lessons  []reading `json:"ls,omitempty"`
	Finished finished  `json:"fi,omitempty"`
	Turn     int       `json:"t,omitempty"`
	// Met is set once the person was asked who they are.
	Met bool `json:"k,omitempty"`
	// Streak is the row of days on which the person has practised.
	Streak streak `json:"st,omitzero"`
	// Pauses are the person's pauses, the newest last.
	Pauses []pause `json:"p,omitempty"`
	// Erase is a wish to be forgotten that waits to be confirmed.
	Erase *erasure `json:"er,omitempty"`
	// Link is what goes on between this person's platforms.
	Link *linking `json:"lk,omitempty"`
	// Visit is the date on which a guest was here last.
	Visit string `json:"vi,omitempty"`
	// MenuAt is the chat in which Menu is to be seen, where there are several.
	MenuAt string `json:"ma,omitempty"`
	// Back is what the newest message has asked back about.
	Back *back `json:"bk,omitempty"`
	// Exported is when the person last took their data (Unix milliseconds).
	Exported int64 `json:"ex,omitempty"`
	// Gone is set while the chat can't be reached and no timer runs.
	Gone bool `json:"g,omitempty"`
}

// choice is a button that can be typed.
type choice struct {
	Label string `json:"l"`
	Data  string `json:"d"`
}

// Step implements bot.Dialog.
func (d *Dialogs) Step(env *bot.Env, ev bot.Event) bot.Result {
	t := d.begin(env, ev)
	if t.person.ID == "" {
		t.thing()
		return bot.Result{Effects: t.effects}
	}
	t.arrive()
	switch {
	case ev.Kind == bot.Gone || ev.Kind == bot.Migrate:
		t.gone()
	case ev.Kind == bot.Wake:
		t.woken()
	case env.Person.Group:
		t.group()
	case ev.Kind == bot.Join:
		t.start("")
	case ev.Kind == bot.Open:
		t.looked(ev.Text)
	case ev.Kind == bot.Press:
		t.press(ev.Data)
	default:
		t.text(typed(ev.Text))
	}
	return t.result()
}

// begin reads the state; one that can't be read is begun anew, so that nobody
// is locked out.
func (d *Dialogs) begin(env *bot.Env, ev bot.Event) *talk {
	t := &talk{Dialogs: d, library: d.library.Load(), env: env, ev: ev, person: env.Person}
	if env.State != nil && json.Unmarshal(env.State, &t.state) != nil {
		t.state = state{}
	}
	t.state.Quiz, t.state.Check = t.state.Quiz.sound(), t.state.Check.sound()
	t.playing = t.state.Quiz != nil
	t.lang = content.ParseLang(t.person.Lang)
	return t
}

// arrive notes what an event says about the person: they are back, and which
// language their platform speaks.
func (t *talk) arrive() {
	if t.env.New && !t.person.Group {
		t.effects = append(t.effects, bot.Member{Audience: everyone, Person: t.person.ID})
	}
	if t.ev.Chat == "" || t.ev.Kind == bot.Gone || t.ev.Kind == bot.Migrate {
		return
	}
	t.visited()
	// Several platforms may report several languages: the first one stays then.
	if t.ev.Lang != "" && !t.person.LangChosen && len(t.person.Addresses) < 2 || t.person.Lang == "" {
		t.person.Lang = string(content.ParseLang(t.ev.Lang))
		t.lang = content.Lang(t.person.Lang)
	}
	if t.person.Zone == "" {
		t.person.Zone = usualZone[t.lang]
	}
	if t.state.Gone { // back again: what was taken back is set anew
		t.state.Gone = false
		t.armDaily()
		t.replan(t.person.Classes...)
	}
}

// everyone is the audience of all people whom the bot has met. A group chat is
// reached through its class.
const everyone = "everyone"

// usualZone is the zone assumed for a language until the person says otherwise.
var usualZone = map[content.Lang]string{
	content.ZH: "Asia/Shanghai", content.VI: "Asia/Ho_Chi_Minh", content.EN: "UTC",
}

func (t *talk) result() bot.Result {
	t.settle()
	data, err := json.Marshal(t.state)
	if err != nil {
		data = nil // the state holds nothing that can't be marshalled
	}
	person := t.person
	return bot.Result{State: data, Person: &person, Effects: t.effects, Ahead: t.ahead()}
}
