package content

// Kind is the way a question is asked.
type Kind string

const (
	// Single is a choice of exactly one out of two to six options.
	Single Kind = "single"
	// TrueFalse is a statement that is either right or wrong.
	TrueFalse Kind = "truefalse"
)

// The option identifiers of every TrueFalse question.
const (
	OptionTrue  = "t"
	OptionFalse = "f"
)

// Course is a folder of content in one language.
type Course struct {
	ID      string
	Title   string
	Lang    Lang
	Summary string // one or two sentences; may be empty
	Source  string // the document the course rests on
	Topics  []Topic
	// Questions in the order of their files' names, then of writing.
	Questions []*Question
}

// Topic is a subject within one language. Courses of one language that declare
// the same topic id share the topic.
type Topic struct {
	ID    string
	Title string
	Count int // usable questions
}

// Question is one checked question. It has two to six options of which exactly
// one is right; nothing in it may be changed.
type Question struct {
	ID     string // stable, unique over the whole library, [a-z0-9-]{1,24}
	Course string // id of its course
	Topic  string // id of its topic
	Lang   Lang
	Kind   Kind
	Stem   string
	// Options in the order of writing. A TrueFalse question has two, OptionTrue
	// then OptionFalse, with the words of its language.
	Options     []Option
	Explanation string
	Source      string // the passage of the source document, word for word
}

// Option is one possible answer.
type Option struct {
	ID    string // stable within its question, [a-z0-9]{1,4}
	Text  string
	Right bool
}

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

func trueFalseOptions(lang Lang, answer bool) []Option {
	words := trueFalseWords[lang.index()]
	return []Option{
		{ID: OptionTrue, Text: words[0], Right: answer},
		{ID: OptionFalse, Text: words[1], Right: !answer},
	}
}
