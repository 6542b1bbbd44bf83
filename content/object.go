package content

// object is a mapping as authors write it: the keys it may have and what stands
// at each. The reader works from it, and so does the JSON Schema (Schema), so
// that what editors complete is what is read.
type object struct {
	name   string // "question", for messages
	fields []*field
	// kinds are the keys that go with one kind of it only: a question's kind
	// stands at its key kind, a card's is told by the key it has.
	kinds []kindOf
	kind  string // of an object that is known to be of this kind
	// either are keys of which one has to stand there.
	either []string
	doc    string
}

// kindOf is a kind of an object and the keys that only this kind has.
type kindOf struct {
	name   string
	doc    string
	fields []*field
}

// form is what may stand at a key.
type form int

const (
	aText    form = iota // a text, or its translations side by side
	aLine                // the same, on one line
	texts                // a list of texts, or such a list for each language
	anID                 // small letters, digits and -
	aMark                // small letters and digits
	ids                  // a list of identifiers
	tags                 // a list of words in any letters, not translated
	aWord                // one of a few words
	aTruth               // true or false
	aWhole               // a whole number
	anAmount             // a number
	aDate                // 2027-06-30
	anObject             // a mapping
	objects              // a list of mappings
	lines                // a list of mappings, of which one with text alone may be that text
	aShare               // a number, or a part of a hundred: 2%
)

// field is one key of an object.
type field struct {
	key  string
	form form
	need bool
	// most bounds the letters of a text (each text of a list), the signs of an
	// identifier, the size of a whole number; mostZH the letters in Chinese,
	// where that is less.
	most, mostZH int
	least        int // of a whole number
	// few and many bound the items of a list.
	few, many int
	words     []string
	of        *object
	// common says that a plain text serves in every language, for what is not
	// translated: the passage of a document, a file's name.
	common bool
	// known says that each identifier must be that of a category.
	known bool
	doc   string
}

// field finds a key; nil when the object has none of that name.
func (o *object) field(key string) *field {
	for _, f := range o.fields {
		if f.key == key {
			return f
		}
	}
	return nil
}

// known lists the keys of an object.
func (o *object) known() []string {
	keys := make([]string, len(o.fields))
	for i, f := range o.fields {
		keys[i] = f.key
	}
	return keys
}

// as is the object with the keys of one kind beside the common ones.
func (o *object) as(kind string) *object {
	for _, k := range o.kinds {
		if k.name == kind {
			return &object{name: o.name, fields: append(append([]*field{}, o.fields...), k.fields...), kinds: o.kinds, kind: kind, either: o.either, doc: o.doc}
		}
	}
	return o
}

// elsewhere says whether another kind of the object has a key.
func (o *object) elsewhere(key string) bool {
	for _, k := range o.kinds {
		for _, f := range k.fields {
			if f.key == key {
				return true
			}
		}
	}
	return false
}
