package dialogs

import (
	"cmp"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
)

// way is how the questions of one kind are asked and answered. What it is given
// may come from anywhere: it takes every input.
type way interface {
	// ask lays out what stands below the stem, and the buttons.
	ask(o *asked) (lines []string, buttons [][]bot.Button)
	// press takes the data of one of these buttons.
	press(o *asked, data string) move
	// words takes what was typed.
	words(o *asked, text string) move
}

// ways are the kinds of question.
var ways map[content.Kind]way

func init() {
	ways = map[content.Kind]way{
		content.Single: choosing{}, content.TrueFalse: choosing{}, content.Multiple: ticking{},
		content.Typed: writing{}, content.Numeric: writing{}, content.Blank: filling{},
		content.Matching: matching{}, content.Ordering: ordering{},
	}
}

// move is what an input makes of an open question.
type move struct {
	how  moveKind
	note string // what to say where it is unclear
	answer
}

type moveKind int

const (
	passed   moveKind = iota // not meant for the question
	still                    // nothing changes: pressed twice
	unclear                  // meant for it, but not to be understood
	drafted                  // a part of the answer, or taken back
	answered                 // the whole answer
)

// asked is a question that waits for an answer, in a round or in a lesson.
type asked struct {
	*step
	z *quiz
	q *content.Question
}

// asking makes a question one that waits for an answer. Of the draft it keeps
// what the question still has.
func (t *step) asking(z *quiz, q *content.Question) *asked {
	var kept []string
	whole := len(q.Options)
	for _, id := range z.Draft {
		_, isOption := q.Option(id)
		isPair := slices.ContainsFunc(q.Pairs, func(p content.Pair) bool { return p.ID == id })
		if q.Kind == content.Blank || (isOption || isPair) && !slices.Contains(kept, id) {
			kept = append(kept, id)
		}
	}
	switch q.Kind {
	case content.Multiple:
		whole++
	case content.Matching:
		whole = len(q.Pairs)
	case content.Blank:
		whole = len(q.Gaps)
	}
	if len(kept) >= whole {
		kept = nil
	}
	z.Draft = kept
	return &asked{t, z, q}
}

func (o *asked) way() way {
	if w := ways[o.q.Kind]; w != nil {
		return w
	}
	return choosing{}
}

// message is the question as it stands: with what was answered of it so far.
func (o *asked) message() bot.Message {
	if p := stamp(o.q); p != o.z.Print {
		o.z.Print, o.z.Draft = p, nil
	}
	lines, buttons := o.way().ask(o)
	m := bot.Message{Head: o.Say("quiz.question", "place", o.place()), Text: o.stem()}
	if len(lines) > 0 {
		m.Text += "\n" + strings.Join(lines, "\n")
	}
	if o.Env.Channel.Buttons {
		m.Buttons = buttons
	}
	m.Words = o.worded()
	return m
}

// worded reports whether the answer is words or a number of one's own.
func (o *asked) worded() bool {
	return o.q.Kind == content.Typed || o.q.Kind == content.Numeric || o.q.Kind == content.Blank
}

// stem is the question's text; of a text with gaps, with what fills them so far.
func (o *asked) stem() string {
	if o.q.Kind == content.Blank {
		return o.gapped(o.q.Stem, o.z.Draft)
	}
	return o.q.Stem
}

// place is "3/10 · topic"; of a check "3/7 · lesson".
func (o *asked) place() string {
	if o.z.Lesson != "" {
		return o.checkPlace(o.z.Lesson, o.q)
	}
	return o.Say("quiz.place", "n", o.z.N+1, "total_n", len(o.z.Items), "topic", o.topicOf(o.q))
}

// data is the data of one of the question's buttons: it holds for this question
// of this round, as it is worded now.
func (o *asked) data(rest string) string { return "a:" + o.z.turn() + ":" + o.z.Print + ":" + rest }

// buttoned is a button of the question.
func (o *asked) buttoned(label, rest string) bot.Button {
	return bot.Button{Label: label, Data: o.data(rest)}
}

// hint says how to answer: by the buttons, or on a platform without any by what
// is typed.
func (o *asked) hint(key string, args ...any) string {
	if !o.Env.Channel.Buttons {
		key += ".typed"
	}
	return o.Say(key, args...)
}

// stamp tells a question from what it may become while somebody looks at it. Its
// key, its explanation and the order of its options may change.
func stamp(q *content.Question) string {
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

// known reports whether a question still is what a stamp says, in whichever
// language it was asked.
func (o *asked) known(print string) bool {
	if stamp(o.q) == print {
		return true
	}
	for _, lang := range content.Langs {
		if q, ok := o.Library.Question(lang, o.q.ID); ok && q.Kind == o.q.Kind && stamp(q) == print {
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
func (o *asked) chance() *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(o.z.ID + o.q.ID + o.Person.ID))
	return rand.New(rand.NewPCG(h.Sum64(), 2))
}

// options are the question's options in this person's order; true and false keep
// theirs.
func (o *asked) options() []content.Option {
	if o.q.Kind == content.TrueFalse {
		return o.q.Options
	}
	options := byID(o.q.Options)
	o.chance().Shuffle(len(options), func(i, j int) { options[i], options[j] = options[j], options[i] })
	return options
}

// sound drops a round that can't be gone on with.
func (z *quiz) sound() *quiz {
	if z == nil || z.N < 0 || z.N >= len(z.Items) || z.ID == "" || strings.ContainsAny(z.ID, ".:") || len(z.ID) > 12 {
		return nil
	}
	return z
}
