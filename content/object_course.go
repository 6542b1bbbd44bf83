package content

import "cadrebot/content/phrases"

// Limits of a course.yaml and of categories.yaml.
const (
	maxTitle        = 80
	maxModuleTitle  = 60 // it stands on a button; Slack takes 75
	maxSummary      = 300
	maxCourseSource = 300
	maxID           = 24
	maxModules      = 200
	maxCategories   = 50
	maxTags         = 20
)

var (
	forField    = &field{key: "for", form: ids, most: maxID, few: 1, many: maxCategories, known: true, doc: "The categories of cadre it is meant for, by their ids; left out, it is for everyone."}
	reviewField = &field{key: "review", form: aDate, doc: "The date from which it is to be reviewed, as 2027-06-30."}
	tagsField   = &field{key: "tags", form: tags, most: 40, few: 1, many: maxTags, doc: "Words to find it by, such as the name of a law."}
)

func idField(what string) *field {
	return &field{key: "id", form: anID, need: true, most: maxID, doc: "The identifier of the " + what + ": 1 to 24 small letters, digits and -. No other " + what + " of any course has it, and it never changes."}
}

var courseObject = &object{
	name: "course",
	doc:  "A course: what it is called, whom it is for, its modules.",
	fields: []*field{
		idField("course"),
		{key: "title", form: aLine, need: true, most: maxTitle, doc: "What the course is called."},
		{key: "lang", form: aWord, need: true, words: []string{string(phrases.ZH), string(phrases.VI), string(phrases.EN)}, doc: "The language of every text that is not translated."},
		{key: "summary", form: aText, most: maxSummary, doc: "One or two sentences on what is learned."},
		{key: "source", form: aText, need: true, most: maxCourseSource, common: true, doc: "The document the course rests on."},
		forField,
		reviewField,
		{key: "modules", form: objects, need: true, few: 1, many: maxModules, of: moduleObject, doc: "The parts of the course, in their order."},
	},
}

var moduleObject = &object{
	name: "module",
	doc:  "A part of a course: a few lessons and their questions.",
	fields: []*field{
		idField("module"),
		{key: "title", form: aLine, need: true, most: maxModuleTitle, doc: "What the module is called."},
	},
}

var categoryObject = &object{
	name: "category",
	doc:  "A kind of cadre.",
	fields: []*field{
		idField("category"),
		{key: "title", form: aLine, need: true, most: 60, doc: "What it is called, in each language the bot is used in."},
	},
}
