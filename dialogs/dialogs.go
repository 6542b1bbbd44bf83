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
	"cadrebot/content/phrases"
	"cadrebot/dialogs/audience"
	"cadrebot/dialogs/class"
	"cadrebot/dialogs/grading"
	"cadrebot/dialogs/office"
	"cadrebot/dialogs/study"
	"cadrebot/dialogs/talk"
	"cadrebot/dialogs/when"
)

// Dialogs implements bot.Dialog. It is safe for concurrent use.
type Dialogs struct {
	library atomic.Pointer[content.Library] // a step reads it once
	phrases *phrases.Catalog
	routes  talk.Routes[*step]
	words   map[string]string // folded plain word → command
	times   *when.Reader
	grader  *grading.Grader
}

var _ bot.Dialog = (*Dialogs)(nil)

// New returns the conversations over a library of courses. It fails where a word
// for a time among the phrases can't be read.
func New(library *content.Library, catalog *phrases.Catalog) (*Dialogs, error) {
	times, err := when.New(catalog)
	if err != nil {
		return nil, err
	}
	d := &Dialogs{phrases: catalog, words: map[string]string{}, times: times, grader: grading.New(times)}
	if d.routes, err = joined(); err != nil {
		return nil, err
	}
	d.Use(library)
	for name, c := range d.routes.Commands {
		for _, lang := range phrases.Langs {
			for _, w := range catalog.Words(lang, c.Words) {
				d.words[phrases.Fold(w)] = name
			}
		}
	}
	return d, nil
}

// Use puts another library in the place of the one at hand; steps under way end
// with the one that they began with.
func (d *Dialogs) Use(library *content.Library) { d.library.Store(library) }

// The parts of the state, each of which belongs to a package.
type (
	talkState     = talk.State
	audienceState = audience.State
	classState    = class.State
	studyState    = study.State
	officeState   = office.State
)

// state is what the bot remembers of a conversation. It is a value that
// marshals; nothing else survives a step.
type state struct {
	talkState
	audienceState
	classState
	studyState
	officeState
	// Erase is a wish to be forgotten that waits to be confirmed.
	Erase *erasure `json:"er,omitempty"`
	// Link is what goes on between this person's platforms.
	Link *linking `json:"lk,omitempty"`
	// Visit is the date on which a guest was here last.
	Visit string `json:"vi,omitempty"`
	// Exported is when the person last took their data (Unix milliseconds).
	Exported int64 `json:"ex,omitempty"`
	// Gone is set while the chat can't be reached and no timer runs.
	Gone bool `json:"g,omitempty"`
}

// Step implements bot.Dialog.
func (d *Dialogs) Step(env *bot.Env, ev bot.Event) bot.Result {
	t := d.begin(env, ev)
	if t.Person.ID == "" {
		t.class.Thing()
		return bot.Result{Effects: t.Effects}
	}
	t.arrive()
	switch {
	case ev.Kind == bot.Gone || ev.Kind == bot.Migrate:
		t.gone()
	case ev.Kind == bot.Wake:
		t.woken()
	case env.Person.Group:
		t.class.Group()
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
func (d *Dialogs) begin(env *bot.Env, ev bot.Event) *step {
	t := d.step(d.library.Load(), env, ev, env.Person)
	t.load(env.State)
	t.study.Begins()
	return t
}

// step is a step of a person's, of whose state nothing is known yet.
func (d *Dialogs) step(library *content.Library, env *bot.Env, ev bot.Event, p bot.Person) *step {
	t := &step{Dialogs: d}
	t.Talk = talk.Talk{Guide: t, Library: library, Phrases: d.phrases, Words: d.words, Times: d.times,
		Env: env, Ev: ev, Person: p, Lang: phrases.ParseLang(p.Lang), State: &t.state.talkState}
	t.audience = audience.New(&t.Talk, &t.state.audienceState)
	t.class = class.New(&t.audience, &t.state.classState)
	t.office = office.New(&t.audience, &t.state.officeState, &t.class)
	t.study = study.New(&t.Talk, &t.state.studyState, d.grader, &t.class, &t.office)
	return t
}

// load reads what the state holds.
func (t *step) load(data []byte) {
	if data != nil && json.Unmarshal(data, &t.state) != nil {
		t.state = state{}
	}
	t.state.studyState.Sound()
}

// arrive notes what an event says about the person: they are back, and which
// language their platform speaks.
func (t *step) arrive() {
	if t.Env.New && !t.Person.Group {
		t.Effects = append(t.Effects, bot.Member{Audience: audience.Everyone, Person: t.Person.ID})
	}
	if t.Ev.Chat == "" || t.Ev.Kind == bot.Gone || t.Ev.Kind == bot.Migrate {
		return
	}
	t.visited()
	// Several platforms may report several languages: the first one stays then.
	if t.Ev.Lang != "" && !t.Person.LangChosen && len(t.Person.Addresses) < 2 || t.Person.Lang == "" {
		t.Person.Lang = string(phrases.ParseLang(t.Ev.Lang))
		t.Lang = phrases.Lang(t.Person.Lang)
	}
	if t.Person.Zone == "" {
		t.Person.Zone = usualZone[t.Lang]
	}
	if t.state.Gone { // back again: what was taken back is set anew
		t.state.Gone = false
		t.study.ArmDaily()
		t.class.Replan(t.Person.Classes...)
	}
}

// usualZone is the zone assumed for a language until the person says otherwise.
var usualZone = map[phrases.Lang]string{
	phrases.ZH: "Asia/Shanghai", phrases.VI: "Asia/Ho_Chi_Minh", phrases.EN: "UTC",
}

func (t *step) result() bot.Result {
	t.study.Settle()
	data, err := json.Marshal(t.state)
	if err != nil {
		data = nil // the state holds nothing that can't be marshalled
	}
	person := t.Person
	return bot.Result{State: data, Person: &person, Effects: t.Effects, Ahead: t.study.Ahead()}
}

// step is one step under way, with all conversations in it.
type step struct {
	*Dialogs
	talk.Talk
	audience audience.Reach
	class    class.Talk
	study    study.Talk
	office   office.Talk
	state    state
}
