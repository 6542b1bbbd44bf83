package content

import "cadrebot/content/phrases"

// Kind is the way a question is asked.
type Kind string

// The kinds of question.
const (
	Single    Kind = "single"    // exactly one of two to six options is right
	Multiple  Kind = "multiple"  // one or more of two to six options are right; partial credit
	TrueFalse Kind = "truefalse" // a statement that is either right or wrong
	Typed     Kind = "typed"     // a short answer in words
	Numeric   Kind = "number"    // a number, within a tolerance
	Matching  Kind = "matching"  // two to six things to be matched
	Ordering  Kind = "ordering"  // two to six things to be put in order
	Blank     Kind = "blank"     // a text with one to four gaps to fill
)

// The option identifiers of every TrueFalse question.
const (
	OptionTrue  = "t"
	OptionFalse = "f"
)

// Kinds lists the kinds of question.
var Kinds = []Kind{Single, Multiple, TrueFalse, Typed, Numeric, Matching, Ordering, Blank}

// Course is a folder of content as it reads in one language.
type Course struct {
	ID      string // stable, unique over the whole library, [a-z0-9-]{1,24}
	Title   string
	Lang    phrases.Lang // the language of this view
	Own     phrases.Lang // the language the course is written in
	Summary string       // one or two sentences; may be empty
	Source  string       // the document the course rests on
	Modules []*Module
	// Questions in the order of their files' names, then of writing.
	Questions []*Question
	For       []string // categories of cadre; none: everyone
	Review    string   // date from which it is to be reviewed; may be empty
}

// Lessons lists a course's lessons, module by module.
func (c *Course) Lessons() []*Lesson {
	var all []*Lesson
	for _, m := range c.Modules {
		all = append(all, m.Lessons...)
	}
	return all
}

// Question is one checked question in one language; nothing in it may be
// changed. Which of Options, Pairs, Gaps and Amount is set follows from Kind.
type Question struct {
	ID     string // stable, unique over the whole library, [a-z0-9-]{1,24}
	Course string // id of its course
	Module string // id of its module
	Lesson string // id of the lesson that teaches it; may be empty
	Lang   phrases.Lang
	Kind   Kind
	Stem   string
	// Options of a Single, Multiple or TrueFalse question in the order of
	// writing (TrueFalse: OptionTrue, then OptionFalse, with the words of its
	// language); of an Ordering question in the right order.
	Options []Option
	Pairs   []Pair // Matching
	Gaps    []Gap  // Typed: one; Blank: one for each run of underscores in Stem
	Amount  Amount // Numeric
	// Mistakes are wrong answers to a Typed, Numeric or Blank question that
	// deserve words of their own.
	Mistakes    []Mistake
	Explanation string
	Source      string // the passage of the source document, word for word
	Difficulty  int    // 1 easy, 2 medium, 3 hard
	Tags        []string
	For         []string // categories of cadre; none: everyone
	Review      string   // date (2027-06-30) from which it is to be reviewed; may be empty
}

// Option is one possible answer.
type Option struct {
	// ID is the author's, or made of the text, never of the place: [a-z0-9]{1,4}.
	ID       string
	Text     string
	Right    bool
	Feedback string // what to say to who chose it; may be empty
}

// Pair is two things that belong together.
type Pair struct {
	ID          string // as an Option's; made of Left
	Left, Right string
}

// Gap is a place for a typed answer.
type Gap struct {
	// Answers are accepted; the first is the one that is shown. A * in one
	// stands for any letters.
	Answers []string
	// Units may follow the answer, or be left out where the answer has one.
	Units []string
	// Plain accepts Vietnamese without its diacritics.
	Plain bool
}

// Amount is what a Numeric answer is compared with.
type Amount struct {
	Value float64
	// Tolerance is how far from Value still counts, in its unit.
	Tolerance float64
	// Units may follow the number; the first is the one that is shown.
	Units []string
}

// Mistake is a wrong answer that many give, and what to say to it.
type Mistake struct{ Answer, Feedback string }

// Right is the right option.
func (q *Question) Right() Option {
	for _, o := range q.Options {
		if o.Right {
			return o
		}
	}
	return Option{}
}

// Option finds an option by its id; false when the question has no such option
// (it may have been edited since it was asked).
func (q *Question) Option(id string) (Option, bool) {
	for _, o := range q.Options {
		if o.ID == id {
			return o, true
		}
	}
	return Option{}, false
}

// trueFalseWords name the two options of a statement: right, wrong.
var trueFalseWords = [3][2]string{
	{"对", "错"},
	{"Đúng", "Sai"},
	{"True", "False"},
}

func trueFalseOptions(lang phrases.Lang, answer bool) []Option {
	words := trueFalseWords[lang.Index()]
	return []Option{
		{ID: OptionTrue, Text: words[0], Right: answer},
		{ID: OptionFalse, Text: words[1], Right: !answer},
	}
}
