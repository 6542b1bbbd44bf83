package dialogs

import (
	"slices"
	"strings"

	"cadrebot/bot"
	"cadrebot/dialogs/audience"
	"cadrebot/dialogs/study"
	"cadrebot/dialogs/talk"
)

// gained is what one person has from another who has become them.
type gained struct{ lessons, questions, classes int }

// takeOver makes this person, of whom somebody in another chat has a code, the
// one of both: what either has learned or set stays, and where both have set
// something, this one's counts.
func (t *step) takeOver(from *step) gained {
	home := ""
	if len(t.Person.Addresses) > 0 {
		home = t.Person.Addresses[0].Channel + ":" + t.Person.Addresses[0].Chat
	}
	var g gained
	here := t.Ev.Channel + ":" + t.Ev.Chat
	g.lessons, g.questions = t.study.TakeOver(&from.study, home, here)
	g.classes = t.takeProfile(from)
	t.takeState(from)
	for _, timer := range []string{"daily", talk.AwayTimer} {
		t.Effects = append(t.Effects, bot.SetWake{Target: bot.Ref{Kind: bot.ConversationRef, ID: from.Person.ID}, Timer: timer})
	}
	armed := len(t.Effects)
	t.study.ArmDaily()
	t.class.Replan(t.Person.Classes...)
	for i, e := range t.Effects[armed:] {
		if w, ok := e.(bot.SetWake); ok && w.Target.Kind == "" {
			w.Target = bot.Ref{Kind: bot.ConversationRef, ID: t.Person.ID}
			t.Effects[armed+i] = w
		}
	}
	return g
}

// takeProfile fills in what the other one has set, and returns how many classes
// came along.
func (t *step) takeProfile(from *step) int {
	p, o := &t.Person, &from.Person
	take := func(into *string, value string) {
		if *into == "" {
			*into = value
		}
	}
	take(&p.Name, o.Name)
	// What an invitation assumes gives way to what is known.
	invited := len(p.Addresses) == 0 && !from.Env.New
	if invited || p.Lang == "" || !p.LangChosen && o.LangChosen {
		p.Lang, p.LangChosen, t.Lang = o.Lang, o.LangChosen, from.Lang
	}
	if invited && o.Zone != "" {
		p.Zone = o.Zone
	}
	take(&p.Zone, o.Zone)
	take(&p.Category, o.Category)
	take(&p.Unit, o.Unit)
	take(&p.Course, o.Course)
	take(&p.Prefer, o.Prefer)
	take(&p.Away, o.Away)
	if p.Quiet == (bot.Quiet{}) {
		p.Quiet = o.Quiet
	}
	p.Alone = p.Alone || o.Alone
	daily := slices.Concat(p.Daily, o.Daily)
	slices.Sort(daily)
	if daily = slices.Compact(daily); len(daily) > study.TimesMost {
		daily = p.Daily
	}
	p.Daily = daily
	p.Told = union(p.Told, o.Told)
	before := len(p.Classes)
	p.Classes = union(p.Classes, o.Classes)
	p.Addresses = slices.Concat(o.Addresses, p.Addresses) // the chat of this step is first
	return len(p.Classes) - before
}

// takeState puts the rest of both conversations together.
func (t *step) takeState(from *step) {
	s, o := &t.state, &from.state
	s.Met, s.Gone = s.Met || o.Met, false
	s.Pauses = append(o.Pauses[:len(o.Pauses):len(o.Pauses)], s.Pauses...)
	slices.SortFunc(s.Pauses, func(a, b talk.Pause) int { return strings.Compare(a.From, b.From) })
	s.Pauses = s.Pauses[max(0, len(s.Pauses)-keptPauses):]
	s.Sent = append(s.Sent, o.Sent...)
	s.Sent = s.Sent[max(0, len(s.Sent)-audience.MaxFollowed):]
	s.Exported, s.Visit = max(s.Exported, o.Exported), ""
	s.Ask, s.Erase = "", nil
	if s.Class == nil {
		s.Class = o.Class
	}
	if s.Notice == nil {
		s.Notice = o.Notice
	}
}

// union is a list with what another one has more.
func union(list, more []string) []string {
	list = slices.Clone(list)
	for _, x := range more {
		if !slices.Contains(list, x) {
			list = append(list, x)
		}
	}
	return list
}
