package dialogs

import (
	"strings"

	"cadrebot/bot"
	"cadrebot/dialogs/audience"
	"cadrebot/dialogs/talk"
)

// connect gives a code that joins another platform's chat to this person, or joins
// this chat to whom a code leads to.
func (t *step) connect(rest string) {
	t.Answer("")
	if code, ok := asLinkCode(rest); ok {
		t.followCode(code)
		return
	}
	code, until := t.ownCode()
	lines := []string{t.Say("link.code", "code", spaced(code), "n", minutesUntil(t.Env.Now, until)), t.Say("link.typed")}
	if names := t.platforms(); len(names) > 1 {
		lines = append(lines, "", t.Say("link.has", "platforms", t.Enumerated(names)))
	}
	m := bot.Message{Head: t.Say("link.head"), Text: strings.Join(lines, "\n")}
	if t.Env.Web != "" && t.Env.Channel.Name != talk.WebChannel {
		m.Buttons = append(m.Buttons, bot.Row(t.webButton(code)))
	}
	if len(t.Person.Addresses) > 1 {
		m.Buttons = append(m.Buttons, bot.Row(t.Button("link.prefer", "prefer"), t.Button("link.unlink", "unlink")))
	}
	m.Buttons = append(m.Buttons, bot.Row(t.Button("settings.back", "set")))
	t.Send(m)
	t.State.Ask = "link"
}

// web gives a personal way into the web chat.
func (t *step) web(string) {
	t.Answer("")
	if t.Env.Web == "" || t.Env.Channel.Name == talk.WebChannel {
		t.connect("")
		return
	}
	code, until := t.ownCode()
	t.Send(bot.Message{Text: t.Say("link.web", "n", minutesUntil(t.Env.Now, until)), Buttons: [][]bot.Button{
		bot.Row(t.webButton(code)), bot.Row(t.Button("settings.back", "set"))}})
}

// webButton opens the web chat as this person.
func (t *step) webButton(code string) bot.Button {
	return bot.Button{Label: t.Say("link.open"), URL: t.webLink(code, talk.FromMillis(t.linkState().Until))}
}

// typeLink takes what is typed after a code was given: a code of another chat,
// or anything else.
func (t *step) typeLink(text string) {
	t.State.Ask = ""
	if code, ok := asLinkCode(text); ok {
		t.followCode(code)
		return
	}
	t.text(text)
}

// follows joins a code that was typed by itself; false where nobody has given
// it, or who types has tried too many.
func (t *step) follows(code string) bool {
	_, found, _ := t.findCode(code)
	if found {
		t.followCode(code)
	}
	return found
}

// followCode joins this chat to whom a code leads to; who has learned something
// here already, or is a coordinator, is asked first.
func (t *step) followCode(code string) {
	c, found, tired := t.findCode(code)
	switch {
	case tired:
		t.Send(t.WithSteps(t.Say("link.tired")))
	case c.Person == t.Person.ID && found:
		t.Send(t.WithSteps(t.Say("link.own", "code", spaced(code))))
	case !found:
		t.Send(t.WithSteps(t.Say("link.unknown")))
	case t.hasLearned() || t.Env.Admin: // what a coordinator may do goes along, too
		l := t.linkState()
		l.Join, l.Turn = code, t.Turn()
		t.Send(bot.Message{Head: t.Say("link.sure"), Text: t.Say("link.rule"), Buttons: [][]bot.Button{
			bot.Row(t.Button("link.yes", "link:"+l.Turn), t.Button("link.no", "link:no"))}})
	default:
		t.join(code, c)
	}
}

// pressLink confirms a join, or leaves it.
func (t *step) pressLink(rest string) {
	l := t.state.Link
	switch {
	case rest == "":
		t.connect("")
		return
	case rest == "no":
		t.Answer("")
		if l != nil {
			l.Join, l.Turn = "", ""
		}
		t.Show(t.WithSteps(t.Say("cancel.done")))
		return
	case l == nil || l.Turn == "" || l.Turn != rest:
		t.Answer(t.Say("old.button"))
		return
	}
	t.Answer("")
	code := l.Join
	l.Join, l.Turn = "", ""
	c, found, _ := t.findCode(code)
	if !found || c.Person == t.Person.ID {
		t.Show(t.WithSteps(t.Say("link.unknown")))
		return
	}
	t.join(code, c)
}

// hasLearned reports whether there is anything here that joining would carry
// over.
func (t *step) hasLearned() bool {
	s := &t.state
	return s.Finished != "" || len(s.Lessons) > 0 || s.Last != nil || s.Streak.N > 0 || len(s.Fresh) > 0 ||
		len(t.Person.Classes) > 0 || len(t.Person.Daily) > 0 || len(t.Person.Addresses) > 1
}

// join makes one person of this one and whom a code leads to, and says so in
// both places.
func (t *step) join(code string, c linkCode) {
	ref := bot.Ref{Kind: bot.PersonRef, ID: c.Person}
	other := bot.Person{ID: c.Person}
	if !t.Env.Read(ref, &other) {
		t.Send(t.WithSteps(t.Say("link.unknown")))
		return
	}
	t.removeCode(code, c.Person)
	t.dropCode()
	o := t.othersTalk(other)
	if o.state.Link != nil && o.state.Link.Code == code {
		o.state.Link.Code, o.state.Link.Until = "", 0
	}
	if c.Class != "" {
		o.class.Enter(c.Class)
	}
	gained := o.takeOver(t)
	o.sayJoined(t, other, gained)
	t.Effects = append(t.Effects, o.Effects...)
	t.Effects = append(t.Effects,
		bot.Put{Ref: ref, Value: o.Person},
		bot.Put{Ref: bot.Ref{Kind: bot.ConversationRef, ID: other.ID}, Value: o.state},
		bot.Merge{Into: other.ID, Held: map[string]string{audience.HeldTimer: audience.HeldObject("")}})
}

// othersTalk is the conversation of another person, in this step.
func (t *step) othersTalk(p bot.Person) *step {
	o := t.Dialogs.step(t.Library, t.Env, t.Ev, p)
	thing, _ := t.Env.Get(bot.Ref{Kind: bot.ConversationRef, ID: p.ID})
	o.load(thing.Data)
	return o
}

// sayJoined tells here what both have become, and wherever the other one is
// reached that somebody has joined.
func (t *step) sayJoined(from *step, before bot.Person, g gained) {
	lines := []string{}
	if len(before.Addresses) > 0 {
		lines = append(lines, t.Say("link.done", "platforms", t.Enumerated(t.platforms())))
	} else if t.Person.Name != "" {
		lines = append(lines, t.Say("link.welcome", "name", t.Person.Name))
	} else {
		lines = append(lines, t.Say("link.welcome_you"))
	}
	if came := t.cameAlong(g); came != "" {
		lines = append(lines, came)
	}
	if len(before.Addresses) > 0 && !t.Person.Stopped {
		lines = append(lines, t.Say("link.reach"))
	}
	buttons := t.FirstSteps()
	if t.state.Quiz != nil {
		buttons = [][]bot.Button{bot.Row(t.Button("button.go", "go"), t.Button("button.learn", "learn"))}
	}
	if len(t.Person.Addresses) > 1 {
		buttons = append(buttons, bot.Row(t.Button("link.prefer", "prefer")))
	}
	t.Send(bot.Message{Head: lines[0], Text: strings.Join(lines[1:], "\n"), Buttons: buttons})
	here := bot.Address{Channel: t.Ev.Channel, Chat: t.Ev.Chat}
	for _, to := range before.Addresses {
		if to.Gone {
			continue
		}
		t.Effects = append(t.Effects, bot.Send{To: to, Message: bot.Message{
			Text:    t.Say("link.told", "platform", t.Platform(here)),
			Buttons: [][]bot.Button{bot.Row(t.Button("link.off", "unlink:"+addressKey(here), "platform", t.Platform(here)))}}})
	}
}

// cameAlong says what was here and has gone over.
func (t *step) cameAlong(g gained) string {
	counted := t.Say
	var parts []string
	for _, p := range []struct {
		key string
		n   int
	}{{"link.lessons", g.lessons}, {"link.questions", g.questions}, {"link.classes", g.classes}} {
		if p.n > 0 {
			parts = append(parts, counted(p.key, "n", p.n))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return t.Say("link.came", "what", t.Enumerated(parts))
}
