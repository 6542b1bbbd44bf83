package content

// Limits of a question, in letters. A phone shows a question of this size
// without scrolling, and so does a poll of any platform.
const (
	maxStem        = 300
	maxOption      = 100
	maxFeedback    = 200
	maxExplanation = 400
	maxAnswer      = 60
	minOptions     = 2
	maxOptions     = 6
	maxAnswers     = 20
	maxUnits       = 10
	maxMistakes    = 10
	maxGaps        = 4
	maxOptionID    = 4
)

var levels = []string{"easy", "medium", "hard"}

var questionObject = &object{
	name:   "question",
	doc:    "A question with its answer and what to say about it.",
	either: []string{"lesson", "module"},
	fields: []*field{
		idField("question"),
		{key: "lesson", form: anID, most: maxID, doc: "The lesson that teaches it, by its id."},
		{key: "module", form: anID, most: maxID, doc: "The module it belongs to, where no lesson teaches it."},
		{key: "kind", form: aWord, need: true, words: kindNames, doc: "The way it is asked."},
		{key: "stem", form: aText, need: true, most: maxStem, doc: "The question."},
		{key: "explanation", form: aText, need: true, most: maxExplanation, doc: "Why, in one or two sentences; it is shown after the answer."},
		{key: "source", form: aText, need: true, most: maxPassage, common: true, doc: "The passage of the document that the answer rests on, word for word."},
		{key: "difficulty", form: aWord, words: levels, doc: "How hard it is; left out, medium."},
		tagsField,
		forField,
		reviewField,
	},
	kinds: []kindOf{
		{string(Single), "One of two to six options is right.", []*field{optionsField}},
		{string(Multiple), "One or more of two to six options are right.", []*field{optionsField}},
		{string(TrueFalse), "A statement that is right or wrong.", []*field{
			{key: "answer", form: aTruth, need: true, doc: "true when the statement is right, else false."},
			{key: "feedback", form: anObject, of: verdictObject, doc: "What to say to who chose true or false."}}},
		{string(Typed), "A short answer in words.", append(gapFields, mistakesField)},
		{string(Numeric), "A number.", []*field{
			{key: "answer", form: anAmount, need: true, doc: "The number, as 3920 or 4.5."},
			{key: "tolerance", form: aShare, doc: "How far from it still counts: a number, or a share as 2%. Left out, nothing but the number itself."},
			unitsField, mistakesField}},
		{string(Matching), "Two to six things to be matched.", []*field{
			{key: "pairs", form: objects, need: true, few: minOptions, many: maxOptions, of: pairObject, doc: "What belongs together."}}},
		{string(Ordering), "Two to six things to be put in order.", []*field{
			{key: "items", form: lines, need: true, few: minOptions, many: maxOptions, of: itemObject, doc: "The things in their right order."}}},
		{string(Blank), "A text with one to four gaps, written ____.", []*field{
			{key: "gaps", form: objects, need: true, few: 1, many: maxGaps, of: gapObject, doc: "The answers for each gap, in the order of the gaps."},
			mistakesField}},
	},
}

var kindNames = []string{string(Single), string(Multiple), string(TrueFalse), string(Typed), string(Numeric), string(Matching), string(Ordering), string(Blank)}

var (
	optionsField  = &field{key: "options", form: objects, need: true, few: minOptions, many: maxOptions, of: optionObject, doc: "The answers to choose from."}
	unitsField    = &field{key: "units", form: texts, most: 30, few: 1, many: maxUnits, doc: "Units that may follow the answer; the first is the one that is shown."}
	mistakesField = &field{key: "mistakes", form: objects, few: 1, many: maxMistakes, of: mistakeObject, doc: "Wrong answers that many give, and what to say to each."}
	gapFields     = []*field{
		{key: "answers", form: texts, need: true, most: maxAnswer, few: 1, many: maxAnswers, doc: "What counts as right; the first is shown. A * stands for any letters."},
		{key: "diacritics", form: aWord, words: []string{"optional", "required"}, doc: "optional accepts Vietnamese without its diacritics."},
		unitsField,
	}
	shortID = &field{key: "id", form: aMark, most: maxOptionID, doc: "A name within the question of 1 to 4 small letters and digits. Left out, it is a, b, c … in the order of writing."}
)

var optionObject = &object{
	name: "option",
	doc:  "One answer to choose.",
	fields: []*field{
		shortID,
		{key: "text", form: aLine, need: true, most: maxOption, doc: "The answer."},
		{key: "right", form: aTruth, doc: "true when it is right."},
		{key: "feedback", form: aText, most: maxFeedback, doc: "What to say to who chose it."},
	},
}

var verdictObject = &object{
	name: "feedback",
	doc:  "What to say to who chose true or false.",
	fields: []*field{
		{key: "true", form: aText, most: maxFeedback, doc: "To who chose true."},
		{key: "false", form: aText, most: maxFeedback, doc: "To who chose false."},
	},
}

var pairObject = &object{
	name: "pair",
	doc:  "Two things that belong together.",
	fields: []*field{
		shortID,
		{key: "left", form: aLine, need: true, most: maxOption, doc: "The one."},
		{key: "right", form: aLine, need: true, most: maxOption, doc: "The other."},
	},
}

var itemObject = &object{
	name: "item",
	doc:  "One thing to be put in its place.",
	fields: []*field{
		shortID,
		{key: "text", form: aLine, need: true, most: maxOption, doc: "The thing."},
	},
}

var gapObject = &object{name: "gap", doc: "One gap of the text.", fields: gapFields}

var mistakeObject = &object{
	name: "mistake",
	doc:  "A wrong answer that many give.",
	fields: []*field{
		{key: "answer", form: aLine, need: true, most: maxAnswer, doc: "The wrong answer."},
		{key: "feedback", form: aText, need: true, most: maxFeedback, doc: "What to say to it."},
	},
}
