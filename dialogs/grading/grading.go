// Package grading decides whether what a person typed is the answer that an
// author wrote: the same thing in another spelling is right, another thing is
// wrong however near its letters are, and between the two stand a few near
// misses whose difference can be named.
//
// It must never guess: no edit distance on short answers, none across a
// negation, no answer because it contains the right one. It knows nothing of
// chats and courses, and every function is pure and total.
package grading

import "cadrebot/dialogs/when"

// Grader grades typed answers. It never changes, and may be used from many
// goroutines.
type Grader struct{ times *when.Reader }

// New returns a grader that reads dates and times of day as the bot does
// everywhere.
func New(times *when.Reader) *Grader { return &Grader{times: times} }

// Gap is what a typed answer is compared with. It has the fields of
// content.Gap, to which it converts.
type Gap struct {
	// Answers are accepted; a * in one stands for any letters.
	Answers []string
	// Units may stand before or after an answer, or be left out where it has one.
	Units []string
	// Plain accepts Vietnamese without its diacritics.
	Plain bool
}

// Verdict is how an answer was graded.
type Verdict int

// The verdicts.
const (
	Wrong   Verdict = iota
	Near            // the right thing, written otherwise: see Result.Difference
	Right           // as good as written by the author
	Unclear         // only of Number: what was typed holds no number, or more than one
)

// Difference says what keeps a near miss from being right.
type Difference string

// The differences, the gravest first.
const (
	None       Difference = ""
	Diacritics Difference = "diacritics" // Vietnamese marks are missing, and the author wants them
	Unit       Difference = "unit"       // the unit is missing, or one was added
	Plural     Difference = "plural"     // English: one where it should be many, or the reverse
	Spelling   Difference = "spelling"   // one slip of the finger, i for y, a misplaced tone or space
	Numeral    Difference = "numeral"    // the number or date is written in another way
)

// Result is a verdict with its grounds.
type Result struct {
	Verdict    Verdict
	Difference Difference // of a near miss
	// Answer is the accepted answer that was met, as the author wrote it; the
	// first one where none was.
	Answer string
}

// Grade compares what was typed with a gap, by the rules of a language: "zh",
// "vi", or English for any other.
func (g *Grader) Grade(gap Gap, lang, typed string) Result {
	best := Result{}
	if len(gap.Answers) > 0 {
		best.Answer = gap.Answers[0]
	}
	for _, answer := range gap.Answers {
		if tooLong(answer, typed) {
			continue
		}
		c := comparison{times: g.times, lang: lang, gap: gap, key: answer, typed: typed}
		if r := c.result(); r.better(best) {
			best = r
		}
	}
	return best
}

// tooLong spares the work on what can't be an answer.
func tooLong(key, typed string) bool { return len(typed) > 8*len(key)+200 }

func (r Result) better(than Result) bool {
	return r.Verdict > than.Verdict || r.Verdict == Near && than.Verdict == Near && gravity[r.Difference] < gravity[than.Difference]
}

var gravity = map[Difference]int{Numeral: 1, Spelling: 2, Plural: 3, Unit: 4, Diacritics: 5}

// Same reports whether two ways of writing are one answer, without any of an
// author's switches. It is symmetric where neither holds a *.
func (g *Grader) Same(lang, a, b string) bool {
	c := comparison{times: g.times, lang: lang, key: a, typed: b}
	return !tooLong(a, b) && !tooLong(b, a) && c.result().Verdict == Right
}
