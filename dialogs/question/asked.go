package question

import (
	"cmp"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/grading"
	"cadrebot/dialogs/talk"
)

// Open is what is kept of a question while it waits for its answer.
type Open struct {
	// Print tells the open question as it was asked from what it may have
	// become, and Draft is what was answered of it so far.
	Print string   `json:"h,omitempty"`
	Draft []string `json:"a,omitempty"`
}

// Asked is a question that waits for an answer.
type Asked struct {
	*talk.Talk
	Q      *content.Question
	open   *Open
	kind   Kind
	grader *grading.Grader
	round  string
	turn   string
}

// Ask makes a question one that waits for an answer. Of the draft it keeps what
// the question still has. Round names what asks, for the order of the options,
// and turn the question in its buttons.
func Ask(t *talk.Talk, g *grading.Grader, q *content.Question, open *Open, round, turn string) *Asked {
	o := &Asked{Talk: t, Q: q, open: open, kind: kindOf(q), grader: g, round: round, turn: turn}
	open.Draft = o.kind.Parts(q).kept(open.Draft)
	return o
}

// Message is the question as it stands: with what was answered of it so far, and
// the place that it has.
func (o *Asked) Message(place string) bot.Message {
	if p := Stamp(o.Q); p != o.open.Print {
		o.open.Print, o.open.Draft = p, nil
	}
	l := o.kind.Lay(o)
	m := bot.Message{Head: o.Say("quiz.question", "place", place), Text: o.Stem()}
	if len(l.Lines) > 0 {
		m.Text += "\n" + strings.Join(l.Lines, "\n")
	}
	if o.Env.Channel.Buttons {
		m.Buttons = l.Buttons
	}
	m.Words = l.Words
	return m
}

// Stem is the question's text; of a text with gaps, with what fills them so far.
func (o *Asked) Stem() string { return o.kind.Stem(o) }

// Press takes the data of one of the question's buttons.
func (o *Asked) Press(data string) Move { return o.kind.Press(o, data) }

// Typed takes what was typed. Who says that they do not know is given the answer.
func (o *Asked) Typed(text string) Move {
	m := o.kind.Words(o, text)
	if m.How == Passed && o.IsWord("words.giveup", text) {
		return givenUp(o)
	}
	return m
}

// givenUp gives the answer to who asked for it instead of answering. It counts
// as not known.
func givenUp(o *Asked) Move {
	return Move{How: Answered, Answer: Answer{Given: "?", Value: "wrong", Asks: true, Lines: o.kind.Key(o)}}
}

// data is the data of one of the question's buttons: it holds for this question
// of this round, as it is worded now.
func (o *Asked) data(rest string) string { return "a:" + o.turn + ":" + o.open.Print + ":" + rest }

// buttoned is a button of the question.
func (o *Asked) buttoned(label, rest string) bot.Button {
	return bot.Button{Label: label, Data: o.data(rest)}
}

// hint says how to answer: by the buttons, or on a platform without any by what
// is typed.
func (o *Asked) hint(key string, args ...any) string {
	if !o.Env.Channel.Buttons {
		key += ".typed"
	}
	return o.Say(key, args...)
}

// Stamp tells a question from what it may become while somebody looks at it. Its
// key, its explanation and the order of its options may change.
func Stamp(q *content.Question) string {
	h := fnv.New64a()
	put := func(texts ...string) {
		for _, s := range texts {
			h.Write([]byte(s))
			h.Write([]byte{0})
		}
	}
	put(q.ID, string(q.Kind), q.Stem, strconv.Itoa(len(q.Gaps)))
	for _, o := range byID(q.Options) {
		put(o.ID, o.Text)
	}
	for _, p := range pairsByID(q.Pairs) {
		put(p.ID, p.Left, p.Right)
	}
	s := strconv.FormatUint(h.Sum64()>>24, 36)
	return s[max(0, len(s)-4):]
}

// Known reports whether a question still is what a stamp says, in whichever
// language it was asked.
func (o *Asked) Known(print string) bool {
	if Stamp(o.Q) == print {
		return true
	}
	for _, lang := range phrases.Langs {
		if q, ok := o.Library.Question(lang, o.Q.ID); ok && q.Kind == o.Q.Kind && Stamp(q) == print {
			return true
		}
	}
	return false
}

func byID(options []content.Option) []content.Option {
	options = slices.Clone(options)
	slices.SortFunc(options, func(a, b content.Option) int { return cmp.Compare(a.ID, b.ID) })
	return options
}

func pairsByID(pairs []content.Pair) []content.Pair {
	pairs = slices.Clone(pairs)
	slices.SortFunc(pairs, func(a, b content.Pair) int { return cmp.Compare(a.ID, b.ID) })
	return pairs
}

// chance shuffles in the same order for this person as long as this round lasts,
// however the course is edited.
func (o *Asked) chance() *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(o.round + o.Q.ID + o.Person.ID))
	return rand.New(rand.NewPCG(h.Sum64(), 2))
}

// options are the question's options in this person's order.
func (o *Asked) options() []content.Option {
	options := byID(o.Q.Options)
	o.chance().Shuffle(len(options), func(i, j int) { options[i], options[j] = options[j], options[i] })
	return options
}
