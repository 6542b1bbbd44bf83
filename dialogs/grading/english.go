package grading

import "strings"

// englishWords writes contractions with not in full, British words in the
// American way, and leaves out an article at the beginning.
func englishWords(s string) string {
	s = each(s, func(w string) string {
		if full := contraction[w]; full != "" {
			return full
		}
		if stem, ok := strings.CutSuffix(w, "n't"); ok {
			return stem + " not"
		}
		return american(w)
	})
	if article, rest, ok := strings.Cut(s, " "); ok && len(rest) > 2 && (article == "the" || article == "a" || article == "an") && !digit(rune(rest[0])) {
		return rest
	}
	return s
}

var contraction = map[string]string{
	"cannot": "can not", "can't": "can not", "won't": "will not", "shan't": "shall not",
	"cant": "can not", "dont": "do not", "doesnt": "does not", "didnt": "did not", "isnt": "is not",
	"arent": "are not", "wasnt": "was not", "werent": "were not", "hasnt": "has not", "havent": "have not",
	"couldnt": "could not", "shouldnt": "should not", "wouldnt": "would not", "mustnt": "must not", "neednt": "need not",
}

// spelling pairs endings and stems, British first.
var britishStems = []struct{ british, american string }{
	{"labour", "labor"}, {"honour", "honor"}, {"favour", "favor"}, {"behaviour", "behavior"}, {"neighbour", "neighbor"},
	{"endeavour", "endeavor"}, {"colour", "color"}, {"centre", "center"}, {"defence", "defense"},
	{"licence", "license"}, {"practise", "practice"}, {"fulfilment", "fulfillment"}, {"enrolment", "enrollment"},
	{"cheque", "check"}, {"judgement", "judgment"},
}

func american(w string) string {
	for _, x := range britishStems {
		if strings.Contains(w, x.british) {
			return strings.Replace(w, x.british, x.american, 1)
		}
	}
	if w == "programme" || w == "programmes" {
		return strings.Replace(w, "mme", "m", 1)
	}
	if len(w) >= 8 {
		for _, end := range []string{"isation", "isations", "ising", "ised", "ises", "ise"} {
			if stem, ok := strings.CutSuffix(w, end); ok {
				return stem + "iz" + end[2:]
			}
		}
	}
	return w
}

// plural reports whether two texts differ only in the number of their nouns.
func plural(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) != len(y) || a == b {
		return false
	}
	for i := range x {
		if x[i] != y[i] && !pluralOf(x[i], y[i]) && !pluralOf(y[i], x[i]) {
			return false
		}
	}
	return true
}

var irregular = map[string]string{"people": "person", "men": "man", "women": "woman", "children": "child", "criteria": "criterion"}

// noPlural are words that an s makes another word of.
var noPlural = strings.Fields("news goods means customs arms damages premises")

func pluralOf(many, one string) bool {
	if len(one) < 3 || digit(rune(one[0])) || has(noPlural, many) {
		return false
	}
	switch {
	case irregular[many] == one:
		return true
	case strings.HasSuffix(one, "y") && many == one[:len(one)-1]+"ies":
		return true
	case strings.HasSuffix(one, "s"), strings.HasSuffix(one, "x"), strings.HasSuffix(one, "ch"), strings.HasSuffix(one, "sh"):
		return many == one+"es"
	case strings.HasSuffix(one, "'"):
		return false
	}
	return many == one+"s"
}
