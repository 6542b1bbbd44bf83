package dialogs

import (
	"encoding/json"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
)

// connect gives a code that joins another platform's chat to this person, or joins
// this chat to whom a code leads to.
func (t *talk) connect(rest string) {
	t.answer("")
	if code, ok := asLinkCode(rest); ok {
		t.followCode(code)
		return
	}
	code, until := t.ownCode()
	lines := []string{t.say("link.code", "code", spaced(code), "n", minutesUntil(t.env.Now, until)), t.say("link.typed")}
	if names := t.platforms(); len(names) > 1 {
		lines = append(lines, "", t.say("link.has", "platforms", t.enumerated(names)))
	}
	m := bot.Message{Head: t.say("link.head"), Text: strings.Join(lines, "\n")}
	if t.env.Web != "" && t.env.Channel.Name != webChannel {
		m.Buttons = append(m.Buttons, bot.Row(t.webButton(code)))
	}
	if len(t.person.Addresses) > 1 {
		m.Buttons = append(m.Buttons, bot.Row(t.button("link.prefer", "prefer"), t.button("link.unlink", "unlink")))
	}
	m.Buttons = append(m.Buttons, bot.Row(t.button("settings.back", "set")))
	t.send(m)
	t.state.Ask = "link"
}

// web gives a personal way into the web chat.
func (t *talk) web(string) {
	t.answer("")
	if t.env.Web == "" || t.env.Channel.Name == webChannel {
		t.connect("")
		return
	}
	code, until := t.ownCode()
	t.send(bot.Message{Text: t.say("link.web", "n", minutesUntil(t.env.Now, until)), Buttons: [][]bot.Button{
		bot.Row(t.webButton(code)), bot.Row(t.button("settings.back", "set"))}})
}

// webButton opens the web chat as this person.
func (t *talk) webButton(code string) bot.Button {
	return bot.Button{Label: t.say("link.open"), URL: t.webLink(code, fromMillis(t.linkState().Until))}
}

// typeLink takes what is typed after a code was given: a code of another chat,
// or anything else.
func (t *talk) typeLink(text string) {
	t.state.Ask = ""
	if code, ok := asLinkCode(text); ok {
		t.followCode(code)
		return
	}
	t.text(text)
}

// follows joins a code that was typed by itself; false where nobody has given
// it, or who types has tried too many.
func (t *talk) follows(code string) bool {
	_, found, _ := t.findCode(code)
	if found {
		t.followCode(code)
	}
	return found
}

// followCode joins this chat to whom a code leads to; who has learned something
// here already, or is a coordinator, is asked first.
func (t *talk) followCode(code string) {
	c, found, tired := t.findCode(code)
	switch {
	case tired:
		t.send(t.withSteps(t.say("link.tired")))
	case c.Person == t.person.ID && found:
		t.send(t.withSteps(t.say("link.own", "code", spaced(code))))
	case !found:
		t.send(t.withSteps(t.say("link.unknown")))
	case t.hasLearned() || t.env.Admin: // what a coordinator may do goes along, too
		l := t.linkState()
		l.Join, l.Turn = code, t.turn()
		t.send(bot.Message{Head: t.say("link.sure"), Text: t.say("link.rule"), Buttons: [][]bot.Button{
			bot.Row(t.button("link.yes", "link:"+l.Turn), t.button("link.no", "link:no"))}})
	default:
		t.join(code, c)
	}
}

// pressLink confirms a join, or leaves it.
func (t *talk) pressLink(rest string) {
	l := t.state.Link
	switch {
	case rest == "":
		t.connect("")
		return
	case rest == "no":
		t.answer("")
		if l != nil {
			l.Join, l.Turn = "", ""
		}
		t.show(t.withSteps(t.say("cancel.done")))
		return
	case l == nil || l.Turn == "" || l.Turn != rest:
		t.answer(t.say("old.button"))
		return
	}
	t.answer("")
	code := l.Join
	l.Join, l.Turn = "", ""
	c, found, _ := t.findCode(code)
	if !found || c.Person == t.person.ID {
		t.show(t.withSteps(t.say("link.unknown")))
		return
	}
	t.join(code, c)
}

// hasLearned reports whether there is anything here that joining would carry
// over.
func (t *talk) hasLearned() bool {
	s := &t.state
	return s.Finished != "" || len(s.Lessons) > 0 || s.Last != nil || s.Streak.N > 0 || len(s.Fresh) > 0 ||
		len(t.person.Classes) > 0 || len(t.person.Daily) > 0 || len(t.person.Addresses) > 1
}

// join makes one person of this one and whom a code leads to, and says so in
// both places.
func (t *talk) join(code string, c linkCode) {
	ref := bot.Ref{Kind: bot.PersonRef, ID: c.Person}
	other := bot.Person{ID: c.Person}
	if !t.env.Read(ref, &other) {
		t.send(t.withSteps(t.say("link.unknown")))
		return
	}
	t.removeCode(code, c.Person)
	t.dropCode()
	o := t.othersTalk(other)
	if o.state.Link != nil && o.state.Link.Code == code {
		o.state.Link.Code, o.state.Link.Until = "", 0
	}
	if c.Class != "" {
		o.enter(c.Class)
	}
	gained := o.takeOver(t)
	o.sayJoined(t, other, gained)
	t.effects = append(t.effects, o.effects...)
	t.effects = append(t.effects,
		bot.Put{Ref: ref, Value: o.person},
		bot.Put{Ref: bot.Ref{Kind: bot.ConversationRef, ID: other.ID}, Value: o.state},
		bot.Merge{Into: other.ID, Held: map[string]string{heldTimer: heldObject("")}})
}

// othersTalk is the conversation of another person, in this step.
func (t *talk) othersTalk(p bot.Person) *talk {
	o := &talk{Dialogs: t.Dialogs, library: t.library, env: t.env, ev: t.ev, person: p}
	if thing, ok := t.env.Get(bot.Ref{Kind: bot.ConversationRef, ID: p.ID}); ok && json.Unmarshal(thing.Data, &o.state) != nil {
		o.state = state{}
	}
	o.state.Quiz, o.state.Check = o.state.Quiz.sound(), o.state.Check.sound()
	o.lang = content.ParseLang(p.Lang)
	return o
}

// enter makes a member of whom an invitation leads into a class.
func (t *talk) enter(code string) {
	if c, ok := t.readClass(code); ok && !c.Closed && !t.among(code) {
		t.person.Classes = append(t.person.Classes, code)
		t.effects = append(t.effects, bot.Member{Audience: c.audience(), Person: t.person.ID})
	}
}

// sayJoined tells here what both have become, and wherever the other one is
// reached that somebody has joined.
func (t *talk) sayJoined(from *talk, before bot.Person, g gained) {
	lines := []string{}
	if len(before.Addresses) > 0 {
		lines = append(lines, t.say("link.done", "platforms", t.enumerated(t.platforms())))
	} else if t.person.Name != "" {
		lines = append(lines, t.say("link.welcome", "name", t.person.Name))
	} else {
		lines = append(lines, t.say("link.welcome_you"))
	}
	if came := t.cameAlong(g); came != "" {
		lines = append(lines, came)
	}
	if len(before.Addresses) > 0 && !t.person.Stopped {
		lines = append(lines, t.say("link.reach"))
	}
	buttons := t.firstSteps()
	if t.state.Quiz != nil {
		buttons = [][]bot.Button{bot.Row(t.button("button.go", "go"), t.button("button.learn", "learn"))}
	}
	if len(t.person.Addresses) > 1 {
		buttons = append(buttons, bot.Row(t.button("link.prefer", "prefer")))
	}
	t.send(bot.Message{Head: lines[0], Text: strings.Join(lines[1:], "\n"), Buttons: buttons})
	here := bot.Address{Channel: t.ev.Channel, Chat: t.ev.Chat}
	for _, to := range before.Addresses {
		if to.Gone {
			continue
		}
		t.effects = append(t.effects, bot.Send{To: to, Message: bot.Message{
			Text:    t.say("link.told", "platform", t.platform(here)),
			Buttons: [][]bot.Button{bot.Row(t.button("link.off", "unlink:"+addressKey(here), "platform", t.platform(here)))}}})
	}
}

// cameAlong says what was here and has gone over.
func (t *talk) cameAlong(g gained) string {
	counted := t.say
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
	return t.say("link.came", "what", t.enumerated(parts))
}
