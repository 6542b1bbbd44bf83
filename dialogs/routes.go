package dialogs

import (
	"errors"
	"fmt"
	"strings"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/audience"
	"cadrebot/dialogs/class"
	"cadrebot/dialogs/office"
	"cadrebot/dialogs/study"
	"cadrebot/dialogs/talk"
)

// ownRoutes are what belongs to no conversation of its own.
func ownRoutes() talk.Routes[*step] {
	return talk.Routes[*step]{
		Commands: map[string]talk.Command[*step]{
			"start":    {Words: "words.start", Do: (*step).start},
			"help":     {Words: "words.help", Do: (*step).help},
			"stop":     {Words: "words.stop", Do: (*step).stop},
			"cancel":   {Words: "words.cancel", Do: (*step).cancel},
			"language": {Words: "words.language", Do: (*step).language},
			"settings": {Words: "words.settings", Do: (*step).settings},
			"forget":   {Words: "words.forget", Do: (*step).forget},
			"export":   {Words: "words.export", Do: (*step).export},
			"zone":     {Words: "words.zone", Do: (*step).askZone},
			"quiet":    {Words: "words.quiet", Do: (*step).quiet},
			"pause":    {Words: "words.away", Do: (*step).away},
			"compare":  {Words: "words.compare", Do: (*step).compare},
			"link":     {Words: "words.link", Do: (*step).connect},
			"unlink":   {Words: "words.unlink", Do: (*step).unlink},
			"web":      {Words: "words.web", Do: (*step).web},
			"prefer":   {Words: "words.prefer", Do: (*step).prefer},
			"invite":   {Words: "words.invite", Do: (*step).invite},
		},
		Presses: map[string]talk.Press[*step]{
			"help":   {Do: (*step).help},
			"lang":   {Do: (*step).chooseLanguage},
			"langs":  {Do: (*step).language},
			"zone":   {Do: (*step).pressZone},
			"start":  {Do: (*step).start},
			"stop":   {Do: (*step).stop},
			"set":    {Do: (*step).settings},
			"quiet":  {Do: (*step).pressQuiet},
			"away":   {Do: (*step).pressAway},
			"cmp":    {Do: (*step).pressCompare},
			"data":   {Do: (*step).data},
			"forget": {Do: (*step).forget},
			"erase":  {Do: (*step).pressErase},
			"export": {Do: (*step).export},
			"link":   {Do: (*step).pressLink},
			"unlink": {Do: (*step).unlink},
			"prefer": {Do: (*step).prefer},
			"invite": {Do: (*step).invite},
		},
		Inputs: map[string]func(*step, string){
			"daily.zone": (*step).typeZone,
			"quiet":      (*step).typeQuiet,
			"away":       (*step).typeAway,
			"link":       (*step).typeLink,
			"invite":     (*step).typeInvite,
		},
		Timers: map[string]func(*step, string){
			"away":             (*step).awayOver,
			"code":             (*step).codeOver,
			guestTimer:         (*step).guestDue,
			audience.HeldTimer: (*step).heldDue,
		},
	}
}

// join enters a conversation's routes, which take its part of a step. A name that
// is taken is an error.
func join[T any](into talk.Routes[*step], routes talk.Routes[T], of func(*step) T) error {
	do := func(do func(T, string)) func(*step, string) {
		return func(t *step, rest string) { do(of(t), rest) }
	}
	for name, c := range routes.Commands {
		if _, taken := into.Commands[name]; taken {
			return fmt.Errorf("two conversations have the command %s", name)
		}
		into.Commands[name] = talk.Command[*step]{Words: c.Words, Do: do(c.Do)}
	}
	for verb, p := range routes.Presses {
		if _, taken := into.Presses[verb]; taken {
			return fmt.Errorf("two conversations have the button %s", verb)
		}
		into.Presses[verb] = talk.Press[*step]{Do: do(p.Do), Drafts: p.Drafts}
	}
	for name, input := range routes.Inputs {
		if _, taken := into.Inputs[name]; taken {
			return fmt.Errorf("two conversations have the input %s", name)
		}
		into.Inputs[name] = do(input)
	}
	for name, timer := range routes.Timers {
		if _, taken := into.Timers[name]; taken {
			return fmt.Errorf("two conversations have the timer %s", name)
		}
		into.Timers[name] = do(timer)
	}
	return nil
}

// joined are the routes of all conversations.
func joined() (talk.Routes[*step], error) {
	all := talk.Routes[*step]{
		Commands: map[string]talk.Command[*step]{}, Presses: map[string]talk.Press[*step]{},
		Inputs: map[string]func(*step, string){}, Timers: map[string]func(*step, string){},
	}
	return all, errors.Join(
		join(all, ownRoutes(), func(t *step) *step { return t }),
		join(all, class.Routes(), func(t *step) *class.Talk { return &t.class }),
		join(all, audience.Routes(), func(t *step) *audience.Reach { return &t.audience }),
		join(all, office.Routes(), func(t *step) *office.Talk { return &t.office }),
		join(all, study.Routes(), func(t *step) *study.Talk { return &t.study }),
	)
}

// text answers what a person typed: a command, what a dialog has asked for, an
// answer to the question, a button's words, or plain words that mean a command.
func (t *step) text(text string) {
	if name, rest, ok := talk.Slash(text); ok {
		t.Run(name, rest)
		return
	}
	folded := phrases.Fold(text)
	if t.State.Ask != "" {
		if name := t.Words[folded]; name == "stop" || name == "help" {
			t.Run(name, "")
			return
		}
		if c, ok := t.TypedChoice(folded); ok {
			t.press(c.Data)
			return
		}
		if t.Words[folded] == "cancel" {
			t.cancel("")
			return
		}
		if input := t.routes.Inputs[t.State.Ask]; input != nil {
			input(t, text)
			return
		}
		t.State.Ask = ""
	}
	if t.study.TypedAnswer(text) {
		return
	}
	if c, ok := t.TypedChoice(folded); ok {
		t.press(c.Data)
		return
	}
	if name, rest := t.Plain(folded); name != "" {
		t.Run(name, talk.AsTyped(text, rest))
		return
	}
	if code, ok := asLinkCode(text); ok && t.follows(code) {
		return
	}
	t.WhereAmI()
}

func (t *step) Run(name, rest string) {
	c, ok := t.routes.Commands[name]
	if !ok {
		t.WhereAmI()
		return
	}
	t.State.Ask = ""
	c.Do(t, rest)
}

// press does what a button says; one that nobody knows any more gets a kind
// word.
func (t *step) press(data string) {
	verb, rest, _ := strings.Cut(data, ":")
	if p, ok := t.routes.Presses[verb]; ok {
		if !p.Drafts {
			t.State.Ask = ""
		}
		p.Do(t, rest)
		return
	}
	t.Answer(t.Say("old.button"))
}

// woken answers a timer that came due.
func (t *step) woken() {
	name, rest, _ := strings.Cut(t.Ev.Timer, ":")
	if do := t.routes.Timers[name]; do != nil {
		do(t, rest)
	}
}

// gone is told when the chat can't be reached: nothing is said, and timers
// that would only speak to nobody are taken back. Who has another chat goes on
// there.
func (t *step) gone() {
	if _, reachable := t.Person.Reachable(); t.Ev.Kind == bot.Gone && !reachable {
		t.state.Gone = true
		t.Wake("daily", talk.Zero)
	}
}
