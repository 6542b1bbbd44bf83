package dialogs

import (
	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/recall"
)

// model is how forgetting is computed.
var model = recall.NewModel(recall.Default)

// freshMost is how many answers wait at most to be put into memory.
const freshMost = 24

// remember notes an answer to a question, with its credit of 0 to 1. It reads
// nothing: the answer waits in the state until the round is over or memory is
// opened.
func (t *step) remember(q *content.Question, credit float64) {
	t.state.Fresh = append(t.state.Fresh, fresh{ID: q.ID, Day: t.Day(), Answered: true,
		Answer: recall.Answer{Credit: credit, Guess: guessing(q)}})
	t.state.Streak.practised(t.Day(), t.PausedOn)
}

// plant puts questions into memory as to be learned; what is there already
// stays as it is.
func (t *step) plant(ids ...string) {
	for _, id := range ids {
		t.state.Fresh = append(t.state.Fresh, fresh{ID: id, Day: t.Day()})
	}
}

// memory is what the person remembers, with all that was noted until now.
func (t *step) memory() *recall.Memory {
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

func (t *step) memoryRef() bot.Ref { return bot.Ref{Kind: bot.MemoryRef, ID: t.Person.ID} }

// settle puts what was noted into memory: where memory is open anyway, when a
// round has ended, and before too much waits.
func (t *step) settle() {
	ended := t.playing && t.state.Quiz == nil
	if len(t.state.Fresh) > 0 && !t.Person.Group && (t.memories != nil || ended || len(t.state.Fresh) >= freshMost) {
		t.memory()
	}
}

// ahead is what the next step will likely read: memory, where a round may end or
// begin.
func (t *step) ahead() []bot.Ref {
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

// guessing is what a question yields to who knows nothing: one of the options at
// random, ticks at random, things put together at random. Words and numbers are
// not guessed.
func guessing(q *content.Question) recall.Guess {
	even := func(n int) float64 { return 1 / float64(max(n, 1)) }
	orders := func(n int) recall.Guess {
		ways := 1
		for i := 2; i <= n; i++ {
			ways *= i
		}
		return recall.Guess{Right: even(ways), Credit: even(n)}
	}
	switch q.Kind {
	case content.Single, content.TrueFalse:
		return recall.Guess{Right: even(len(q.Options)), Credit: even(len(q.Options))}
	case content.Multiple:
		return recall.Guess{Right: even(1<<len(q.Options) - 1), Credit: ticksAtRandom(q)}
	case content.Matching:
		return orders(len(q.Pairs))
	case content.Ordering:
		return orders(len(q.Options))
	}
	return recall.Guess{}
}
