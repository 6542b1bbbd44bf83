package study

import (
	"cadrebot/bot"
	"cadrebot/dialogs/recall"
)

// TakeOver makes what somebody else has learned this person's too, and returns how
// many lessons and questions came. A round that is open for both goes on as this
// person's, in their home: the chat they used last.
func (t *Talk) TakeOver(from *Talk, home, here string) (lessons, questions int) {
	questions = t.takeMemory(&from.learner)
	lessons = t.takeLessons(&from.learner)
	t.state.join(from.state, home, here)
	return lessons, questions
}

// takeMemory puts both memories together, and returns how many questions came.
func (t *learner) takeMemory(from *learner) (questions int) {
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
	questions = theirs.Len()
	own.Absorb(theirs)
	if own.Len() > 0 {
		t.Effects = append(t.Effects, bot.Put{Ref: t.memoryRef(), Value: own.Keep(recall.Default)})
	}
	return questions
}

// takeLessons puts both ways through the courses together. Of more lessons
// half-way than there is room for, those touched last stay.
func (t *learner) takeLessons(from *learner) int {
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

// join puts the rest of what is kept of both together.
func (s *State) join(o *State, home, here string) {
	s.Quiz = openOf(s.Quiz.standing(home), o.Quiz.standing(here))
	s.Check = openOf(s.Check.standing(home), o.Check.standing(here))
	if s.Last == nil {
		s.Last = o.Last
	}
	s.Done, s.Off = max(s.Done, o.Done), max(s.Off, o.Off)
	s.Later = max(s.Later, o.Later)
	s.Streak = s.Streak.joined(o.Streak)
}

// standing notes in which chat an open question stands, unless that is known.
func (z *Quiz) standing(chat string) *Quiz {
	if z != nil && z.At == "" {
		z.At = chat
	}
	return z
}

// openOf is the question that stays open of two.
func openOf(own, other *Quiz) *Quiz {
	if own != nil {
		return own
	}
	return other
}
