package study

import (
	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/question"
	"cadrebot/dialogs/recall"
)

// model is how forgetting is computed.
var model = recall.NewModel(recall.Default)

// freshMost is how many answers wait at most to be put into memory.
const freshMost = 24

// remember notes an answer to a question, with its credit of 0 to 1. It reads
// nothing: the answer waits in the state until the round is over or memory is
// opened.
func (t *learner) remember(q *content.Question, credit float64) {
	t.state.Fresh = append(t.state.Fresh, fresh{ID: q.ID, Day: t.Day(), Answered: true,
		Answer: recall.Answer{Credit: credit, Guess: question.Chance(q)}})
	t.state.Streak.practised(t.Day(), t.PausedOn)
}

// plant puts questions into memory as to be learned; what is there already
// stays as it is.
func (t *learner) plant(ids ...string) {
	for _, id := range ids {
		t.state.Fresh = append(t.state.Fresh, fresh{ID: id, Day: t.Day()})
	}
}

// Memory is what the person remembers, with all that was noted until now.
func (t *learner) Memory() *recall.Memory {
	if t.memories == nil {
		thing, _ := t.Env.Get(t.memoryRef())
		t.memories = recall.Read(thing.Data, model)
	}
	if len(t.state.Fresh) > 0 {
		for _, f := range t.state.Fresh {
			f.into(t.memories)
		}
		t.state.Fresh = nil
		t.Effects = append(t.Effects, bot.Put{Ref: t.memoryRef(), Value: t.memories.Keep(recall.Default)})
	}
	return t.memories
}

func (t *learner) memoryRef() bot.Ref { return bot.Ref{Kind: bot.MemoryRef, ID: t.Person.ID} }

// Begins notes whether the step begins within a round.
func (t *learner) Begins() { t.playing = t.state.Quiz != nil }

// Settle puts what was noted into memory: where memory is open anyway, when a
// round has ended, and before too much waits.
func (t *learner) Settle() {
	ended := t.playing && t.state.Quiz == nil
	if len(t.state.Fresh) > 0 && !t.Person.Group && (t.memories != nil || ended || len(t.state.Fresh) >= freshMost) {
		t.Memory()
	}
}

// Ahead is what the next step will likely read: memory, where a round may end or
// begin.
func (t *learner) Ahead() []bot.Ref {
	z := t.state.Quiz
	if t.Person.Group {
		return nil
	}
	refs := t.standingAhead()
	if z == nil || z.N+1 >= len(z.Items) || len(t.state.Fresh)+1 >= freshMost {
		refs = append(refs, t.memoryRef())
	}
	return refs
}
