package study

import (
	"strconv"

	"cadrebot/bot"
)

// standingFrom is how many answers a class must have given before anybody is
// compared with it: fewer would point at persons.
const standingFrom = 5

// scoredFrom is how many questions a round has at least whose score is compared.
const scoredFrom = 4

// compares reports whether the person is compared with a class, and counts for
// it.
func (t *learner) compares() bool {
	return len(t.Person.Classes) > 0 && !t.Person.Alone && !t.Person.Group
}

// counted is the object on which a class's answers to a question are counted, by
// option or by outcome, without a name.
func counted(class, question string) string { return "q/" + class + "/" + question }

// scored is the object on which a class's scores in rounds of a length are
// counted.
func scored(class string, total int) string {
	return "score/" + class + "/" + strconv.Itoa(total)
}

// firstOf are those of some questions that the person has never answered. It
// opens memory, so it looks only for who is in a class.
func (t *learner) firstOf(items []string) ids {
	if !t.compares() {
		return nil
	}
	var first ids
	m := t.Memory()
	for _, id := range items {
		if item, ok := m.Get(id); !ok || item.New() {
			first = append(first, id)
		}
	}
	return first
}

// yourClass is the class with which the person is compared: the one joined last.
func (t *learner) yourClass() string {
	if !t.compares() {
		return ""
	}
	return t.Person.Classes[len(t.Person.Classes)-1]
}

// counts reads how often each value was counted on an object, and how often in
// all.
func (t *learner) counts(object string) (by map[string]int, all int) {
	t.Env.Read(bot.Ref{Kind: bot.MarksRef, ID: object}, &by)
	for _, n := range by {
		all += max(0, n)
	}
	return by, all
}

// placing compares a score with the class's: the range in which its middle half
// lies; "" for a score below it, and where too few have one.
func (t *learner) placing(right, total int) string {
	class := t.yourClass()
	if class == "" || total < scoredFrom {
		return ""
	}
	by, _ := t.counts(scored(class, total))
	var scores []int // of everybody, ascending
	for n := range total + 1 {
		for range min(by[strconv.Itoa(n)], scoresMost) {
			scores = append(scores, n)
		}
	}
	if len(scores) < standingFrom {
		return ""
	}
	low, high := scores[(len(scores)-1)/4], scores[len(scores)-1-(len(scores)-1)/4]
	switch {
	case right < low:
		return ""
	case low == high:
		return t.Say("class.score", "n", low)
	}
	return t.Say("class.scores", "low_n", low, "n", high)
}

// scoresMost bounds how many equal scores are looked at.
const scoresMost = 1000

// tallyScore counts the score of a finished round, if most of its answers were
// first ones: who does the same questions over and over counts once.
func (t *learner) tallyScore(z *Quiz) {
	right, total := z.Right, len(z.Items)
	if !t.compares() || total < scoredFrom || 2*z.Firsts <= total {
		return
	}
	for _, class := range t.Person.Classes {
		t.Effects = append(t.Effects, bot.Count{Object: scored(class, total), Value: strconv.Itoa(right), N: 1})
	}
}

// standingAhead is what the answer to the open question will be compared with.
func (t *learner) standingAhead() []bot.Ref {
	class := t.yourClass()
	if class == "" {
		return nil
	}
	var refs []bot.Ref
	for _, z := range []*Quiz{t.state.Quiz, t.state.Check} {
		if z == nil || z.N >= len(z.Items) {
			continue
		}
		refs = append(refs, bot.Ref{Kind: bot.MarksRef, ID: counted(class, z.Items[z.N])})
		if z.Lesson == "" && z.N+1 == len(z.Items) && len(z.Items) >= scoredFrom {
			refs = append(refs, bot.Ref{Kind: bot.MarksRef, ID: scored(class, len(z.Items))})
		}
	}
	return refs
}
