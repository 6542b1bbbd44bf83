package content

import "cadrebot/content/phrases"

// Module is a part of a course: a few lessons on one topic.
type Module struct {
	ID      string // stable, unique over the whole library, [a-z0-9-]{1,24}
	Course  string // id of its course
	Title   string
	Lessons []*Lesson
	Count   int // usable questions
}

// Lesson is a few cards that are read in one go, in one language.
type Lesson struct {
	ID     string // stable, unique over the whole library, [a-z0-9-]{1,24}
	Course string // id of its course
	Module string // id of its module
	Lang   phrases.Lang
	Title  string
	// Minutes is how long it takes, about.
	Minutes int
	Cards   []Card
	// Learned sums the lesson up at its end, in one to three sentences.
	Learned   string
	Questions []*Question // those that it teaches
	Tags      []string
	For       []string // categories of cadre; none: everyone
	Review    string   // date from which it is to be reviewed; may be empty
}

// CardKind says what a card shows.
type CardKind string

// The kinds of card.
const (
	CardText    CardKind = "text"
	CardPicture CardKind = "picture"
	CardAudio   CardKind = "audio"
	CardVideo   CardKind = "video"
	CardLink    CardKind = "link"
	CardReading CardKind = "reading" // pages to tick off
	CardCheck   CardKind = "check"   // a question of the course, asked within the lesson
	CardCase    CardKind = "case"    // a story with decisions
)

// Card is one message of a lesson.
type Card struct {
	Kind CardKind
	// Title is the first line; may be empty.
	Title string
	// Text is at most 600 letters, or 280 with Chinese.
	Text string
	// File names a picture, sound or film among the course's files
	// (Library.Asset), URL one on the web, or the address of a link.
	File, URL string
	// Alt says what a picture, sound or film holds, for who can't see or hear it.
	Alt    string
	Pages  []string // of a reading
	Check  string   // id of the question
	Case   *Case
	Source string // the passage of the source document, word for word; may be empty
}

// Case is a story with branches.
type Case struct {
	// Invented tells that the story is made up; the bot says so.
	Invented bool
	// Scenes begin with the first one; each id is stable within the case.
	Scenes []Scene
}

// Scene is one moment of a case: a decision, or an ending.
type Scene struct {
	ID      string // [a-z0-9-]{1,12}
	Text    string
	Choices []Choice // none: an ending
	// Good tells a good ending from one that teaches by its loss.
	Good bool
}

// Choice is one way on.
type Choice struct {
	ID       string // as an Option's: stable within its scene, [a-z0-9]{1,4}
	Text     string
	To       string // id of a scene
	Right    bool
	Feedback string
	Source   string // the passage from which it follows what is right; may be empty
}

// Category is a kind of cadre. An org may define its own.
type Category struct {
	ID     string // [a-z0-9-]{1,24}
	Titles [3]string
}

// Title is the category's name in a language.
func (c Category) Title(lang phrases.Lang) string { return c.Titles[lang.Index()] }
