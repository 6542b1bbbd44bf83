package recalltest

import (
	"fmt"
	"math/rand/v2"

	"cadrebot/dialogs/recall"
)

// Trial is a year of some learners.
type Trial struct {
	Kind     Kind
	Learners int
	Seed     uint64
	// Ladder are the days from question to question of a fixed schedule, the
	// last one for ever; none: the model's own schedule towards Wish.
	Ladder []int
	Wish   float64
}

// What all trials share.
const (
	items   = 60
	days    = 365
	taught  = 3 // items a day, until all are
	most    = 8 // questions a day towards a Wish
	leaves  = 180
	returns = 201 // three weeks away
	sampled = 5   // of so many items one a day is looked at
)

// chances are what guessing yields, by turns: choices of four, a statement,
// words.
var chances = []float64{0.25, 0.25, 0.5, 0.25, 0}

// Outcome is what came of a trial.
type Outcome struct {
	Questions int
	// Daily holds days of items since they were first answered, by turns: what
	// the model foresees, beside the true probability of recall.
	Daily Bins
	// Asked holds every question but the first on an item: what the model
	// foresees, beside whether it was recalled; Right the same for the answer
	// being right, guessed or not.
	Asked, Right Bins
}

// learner is one of a trial's.
type learner struct {
	Trial
	r      *rand.Rand
	mind   mind
	model  *recall.Model
	memory recall.Memory
	names  []string
	rung   []int
	next   []int // day of the next question, on a ladder
	taught int
	out    *Outcome
}

// Run simulates a trial; the same one has the same outcome.
func Run(t Trial) Outcome {
	var out Outcome
	model := recall.NewModel(recall.Default)
	names := make([]string, items)
	for i := range names {
		names[i] = fmt.Sprintf("item-%02d", i)
	}
	for i := range t.Learners {
		r := rand.New(rand.NewPCG(t.Seed, uint64(i)))
		l := &learner{Trial: t, r: r, mind: t.Kind.new(r, items), model: model, names: names,
			rung: make([]int, items), next: make([]int, items), out: &out}
		for day := range days {
			l.live(day)
		}
	}
	return out
}

// live is one day: questions, then lessons.
func (l *learner) live(day int) {
	for i := day % sampled; i < l.taught; i += sampled {
		if item, _ := l.memory.Get(l.names[i]); !item.New() {
			l.out.Daily.note(l.model.Recall(item, day), l.mind.recall(i, float64(day)))
		}
	}
	if day >= leaves && day < returns {
		return
	}
	for _, i := range l.questions(day) {
		l.ask(i, day)
	}
	for range taught {
		if l.taught == items {
			return
		}
		l.mind.meet(l.taught, float64(day), false)
		l.memory.Plant(l.names[l.taught], day)
		l.next[l.taught] = day + 1
		l.taught++
	}
}

// questions are the items that are asked on a day.
func (l *learner) questions(day int) (list []int) {
	if l.Ladder != nil {
		for i := range l.taught {
			if l.next[i] <= day {
				list = append(list, i)
			}
		}
		return list
	}
	number := map[string]int{}
	for i := range l.taught {
		number[l.names[i]] = i
	}
	for _, id := range append(l.memory.Due(l.model, day, l.Wish), l.memory.Planted()...) {
		list = append(list, number[id])
	}
	return list[:min(len(list), most)]
}

// ask asks an item; whoever does not recall it guesses, and all are told.
func (l *learner) ask(i, day int) {
	g := chances[i%len(chances)]
	known := l.r.Float64() < l.mind.recall(i, float64(day))
	right := known || l.r.Float64() < g
	guess := recall.Guess{Right: g, Credit: g}
	if item, _ := l.memory.Get(l.names[i]); !item.New() {
		foreseen := l.model.Recall(item, day)
		l.out.Asked.note(foreseen, share(known))
		l.out.Right.note(guess.Correct(foreseen), share(right))
	}
	l.memory.Answer(l.model, l.names[i], day, recall.Answer{Credit: share(right), Guess: guess})
	l.mind.meet(i, float64(day), known)
	l.out.Questions++
	if l.Ladder != nil {
		l.next[i] = day + l.Ladder[min(l.rung[i]+1, len(l.Ladder)-1)]
		l.rung[i]++
	}
}

func share(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// Fixed is the schedule to compare with: a question 1, 3, 7, 14 and 30 days
// after the one before, then every 30 days, whatever the answers are.
var Fixed = []int{1, 3, 7, 14, 30}

// Foreseen and True are the mean recall over all days and items, as the model
// foresees it and as it is.
func (o Outcome) Foreseen() float64 { return o.Daily.All().Foreseen / o.Daily.All().N }
func (o Outcome) True() float64     { return o.Daily.All().Seen / o.Daily.All().N }

// Match runs a trial of the model towards the wish at which a mean of its
// outcome is as large as wanted, or as near as it gets.
func Match(t Trial, mean func(Outcome) float64, want float64) Outcome {
	low, high := 0.6, 0.98
	var out Outcome
	for range 6 {
		t.Wish = (low + high) / 2
		if out = Run(t); mean(out) < want {
			low = t.Wish
		} else {
			high = t.Wish
		}
	}
	return out
}
