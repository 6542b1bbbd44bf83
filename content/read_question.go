package content

// readQuestion checks one question as it reads in one language. It is nil, and
// ok false, when it has a mistake; nil alone when it is not translated.
func readQuestion(r *reader) (q *Question, ok bool) {
	kind := Kind(r.word("kind"))
	if of, known := questionKinds[kind]; known {
		r.of = of
		r.keys()
	}
	q = &Question{
		ID:          r.id("id"),
		Lesson:      r.id("lesson"),
		Module:      r.id("module"),
		Lang:        r.lang,
		Kind:        kind,
		Stem:        r.text("stem"),
		Explanation: r.text("explanation"),
		Source:      r.text("source"),
		Difficulty:  2,
		Tags:        r.names("tags"),
		For:         r.names("for"),
		Review:      r.date("review"),
	}
	if level := r.word("difficulty"); level != "" {
		for i, name := range levels {
			if name == level {
				q.Difficulty = i + 1
			}
		}
	}
	switch kind {
	case Single, Multiple:
		q.Options = readOptions(r, kind)
	case TrueFalse:
		q.Options = readStatement(r)
	case Typed:
		q.Gaps = []Gap{readGap(r)}
		q.Mistakes = readMistakes(r, q.Gaps...)
	case Numeric:
		q.Amount = readAmount(r)
		q.Mistakes = readMistakes(r)
	case Matching:
		q.Pairs = readPairs(r)
	case Ordering:
		q.Options = readItems(r)
	case Blank:
		q.Gaps = readGaps(r, q.Stem)
		q.Mistakes = readMistakes(r)
	}
	if !r.ok || !r.there {
		return nil, r.ok
	}
	return q, true
}

// questionKinds are the keys of a question of each kind.
var questionKinds = func() map[Kind]*object {
	all := map[Kind]*object{}
	for _, k := range questionObject.kinds {
		all[Kind(k.name)] = questionObject.as(k.name)
	}
	return all
}()
