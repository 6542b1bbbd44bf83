package dialogs

import (
	"slices"
	"strings"

	"cadrebot/bot"
	"cadrebot/dialogs/audience"
	"cadrebot/dialogs/recall"
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
	g := t.takeMemory(from)
	g.lessons = t.takeLessons(from)
	g.classes = t.takeProfile(from)
	t.takeState(from, home)
	for _, timer := range []string{"daily", awayTimer} {
		t.Effects = append(t.Effects, bot.SetWake{Target: bot.Ref{Kind: bot.ConversationRef, ID: from.Person.ID}, Timer: timer})
	}
	armed := len(t.Effects)
	t.armDaily()
	t.class.Replan(t.Person.Classes...)
	for i, e := range t.Effects[armed:] {
		if w, ok := e.(bot.SetWake); ok && w.Target.Kind == "" {
			w.Target = bot.Ref{Kind: bot.ConversationRef, ID: t.Person.ID}
			t.Effects[armed+i] = w
		}
	}
	return g
}

// takeMemory puts both memories together.
func (t *step) takeMemory(from *step) (g gained) {
	thing, _ := t.Env.Get(t.memoryRef())
	own := recall.Read(thing.Data, model)
	for _, f := range t.state.Fresh {
		f.into(own)
	}
	other, _ := from.Env.Get(from.memoryRef())
	theirs := recall.Read(other.Data, model)
	for _, f := range from.state.Fresh {
		f.into(theirs)
	}
	t.state.Fresh, from.state.Fresh = nil, nil
	g.questions = theirs.Len()
	own.Absorb(theirs)
	if own.Len() > 0 {
		t.Effects = append(t.Effects, bot.Put{Ref: t.memoryRef(), Value: own.Keep(recall.Default)})
	}
	return g
}

// takeLessons puts both ways through the courses together. Of more lessons
// half-way than there is room for, those touched last stay.
func (t *step) takeLessons(from *step) int {
	n := t.state.Finished.join(from.state.Finished)
	t.state.Turn = max(t.state.Turn, from.state.Turn) + 1
	var all []reading
	for _, r := range from.state.Lessons {
		if t.readingOf(r.ID) == nil {
			r.Turn, r.Print = 0, "" // its buttons belong to turns of the other one
			all = append(all, r)
		}
	}
	n += len(all)
	all = append(all, t.state.Lessons...)
	t.state.Lessons = all[max(0, len(all)-readingsKept):]
	return n
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
	if daily = slices.Compact(daily); len(daily) > timesMost {
		daily = p.Daily
	}
	p.Daily = daily
	p.Told = union(p.Told, o.Told)
	before := len(p.Classes)
	p.Classes = union(p.Classes, o.Classes)
	p.Addresses = slices.Concat(o.Addresses, p.Addresses) // the chat of this step is first
	return len(p.Classes) - before
}

// takeState puts the rest of both conversations together. A round that is open
// for both goes on as this person's, in their home: the chat they used last.
func (t *step) takeState(from *step, home string) {
	s, o := &t.state, &from.state
	here := t.Ev.Channel + ":" + t.Ev.Chat
	s.Quiz = openOf(s.Quiz.standing(home), o.Quiz.standing(here))
	s.Check = openOf(s.Check.standing(home), o.Check.standing(here))
	if s.Last == nil {
		s.Last = o.Last
	}
	s.Done, s.Off = max(s.Done, o.Done), max(s.Off, o.Off)
	s.Later = max(s.Later, o.Later)
	s.Met, s.Gone = s.Met || o.Met, false
	s.Streak = s.Streak.joined(o.Streak)
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

// standing notes in which chat an open question stands, unless that is known.
func (z *quiz) standing(chat string) *quiz {
	if z != nil && z.At == "" {
		z.At = chat
	}
	return z
}

// openOf is the question that stays open of two.
func openOf(own, other *quiz) *quiz {
	if own != nil {
		return own
	}
	return other
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
