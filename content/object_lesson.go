package content

// Limits of a lesson. A card is one message on a phone.
const (
	maxCard    = 600
	maxCardZH  = 280
	maxCards   = 40
	maxPages   = 20
	maxMinutes = 60
	maxScenes  = 40
	maxChoices = 4
	maxSceneID = 12
	maxPassage = 600
	maxAddress = 500
)

var passageField = &field{key: "source", form: aText, most: maxPassage, common: true, doc: "The passage of the document that it rests on, word for word."}

var lessonObject = &object{
	name: "lesson",
	doc:  "A few cards that are read in one go.",
	fields: []*field{
		idField("lesson"),
		{key: "module", form: anID, need: true, most: maxID, doc: "The module it belongs to, by its id."},
		{key: "title", form: aLine, need: true, most: maxTitle, doc: "What the lesson is called."},
		{key: "minutes", form: aWhole, need: true, least: 1, most: maxMinutes, doc: "How long it takes, about."},
		forField,
		tagsField,
		reviewField,
		{key: "cards", form: objects, need: true, few: 1, many: maxCards, of: cardObject, doc: "The cards in the order of reading."},
		{key: "learned", form: aText, need: true, most: maxCard, mostZH: maxCardZH, doc: "What was learned, in one to three sentences; it is shown at the end."},
	},
}

var (
	titleField   = &field{key: "title", form: aLine, most: 60, doc: "The first line of the card."}
	textField    = &field{key: "text", form: aText, most: maxCard, mostZH: maxCardZH, doc: "The words that go with it."}
	altField     = &field{key: "alt", form: aText, need: true, most: 300, doc: "What it holds, for who can't see or hear it."}
	commonToCard = []*field{titleField, passageField}
)

// cardObject: a card has exactly one of the keys that name its kind.
var cardObject = &object{
	name:   "card",
	doc:    "One message of a lesson: a text, a picture, audio or video, a link, a reading, a check or a case.",
	fields: commonToCard,
	kinds: []kindOf{
		{"text", "A text.", []*field{
			{key: "text", form: aText, need: true, most: maxCard, mostZH: maxCardZH, doc: "One thought, at most 600 letters (280 in Chinese)."}}},
		{"picture", "A picture.", []*field{mediaField("picture", "The picture"), altField, textField}},
		{"audio", "A sound.", []*field{mediaField("audio", "The sound"), altField, textField}},
		{"video", "A film.", []*field{mediaField("video", "The film"), altField, textField}},
		{"link", "A page on the web.", []*field{
			{key: "link", form: aLine, need: true, most: maxAddress, common: true, doc: "The page’s address, which begins with https://."}, textField}},
		{"reading", "A text of several pages to tick off.", []*field{
			{key: "reading", form: texts, need: true, most: maxCard, mostZH: maxCardZH, few: 1, many: maxPages, doc: "The pages, each at most 600 letters (280 in Chinese)."}}},
		{"check", "A question that is asked in the middle of the lesson.", []*field{
			{key: "check", form: anID, need: true, most: maxID, doc: "The id of a question whose lesson is this one."}}},
		{"case", "A story with decisions.", []*field{
			{key: "case", form: anObject, need: true, of: caseObject, doc: "The story."}}},
	},
}

func mediaField(key, what string) *field {
	return &field{key: key, form: aLine, need: true, most: maxAddress, common: true, doc: what + ": a file of the course, as media/name.ending, or an address that begins with https://."}
}

var caseObject = &object{
	name: "case",
	doc:  "A story with at least three decisions on the way and two endings.",
	fields: []*field{
		{key: "invented", form: aTruth, doc: "true when the story is made up; the bot says so."},
		{key: "scenes", form: objects, need: true, few: 2, many: maxScenes, of: sceneObject, doc: "The scenes; the story begins with the first."},
	},
}

var sceneObject = &object{
	name: "scene",
	doc:  "One moment of a case: a decision, or an ending.",
	fields: []*field{
		{key: "id", form: anID, need: true, most: maxSceneID, doc: "The scene’s name within the case: 1 to 12 small letters, digits and -."},
		{key: "text", form: aText, need: true, most: maxCard, mostZH: maxCardZH, doc: "What happens."},
		{key: "choices", form: objects, few: 1, many: maxChoices, of: choiceObject, doc: "What one can do. A scene without choices is an ending."},
		{key: "good", form: aTruth, doc: "At an ending: true when it is a good one."},
	},
}

var choiceObject = &object{
	name: "choice",
	doc:  "One way on.",
	fields: []*field{
		{key: "id", form: aMark, most: 4, doc: "A name within the scene of 1 to 4 small letters and digits. Left out, it is a, b, c … in the order of writing."},
		{key: "text", form: aLine, need: true, most: 100, doc: "What one does."},
		{key: "to", form: anID, need: true, most: maxSceneID, doc: "The id of the scene that follows."},
		{key: "right", form: aTruth, doc: "true when it is what the passage asks for."},
		{key: "feedback", form: aText, most: 300, doc: "Why; it is shown with the next scene."},
		passageField,
	},
}
