package when

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"cadrebot/content/phrases"
	"cadrebot/dialogs/han"
)

// maxText bounds what is worth reading, in characters; the longest honest
// timetable is far shorter.
const maxText = 300

// token is a word, a number or a sign of a text.
type token struct {
	from, to int // its place in the text
	text     string
	means    []meaning
	number   bool
	n        int
	// digits is how many characters a number was written with, figures whether
	// they were figures.
	digits  int
	figures bool
	glued   bool // nothing stands between it and the token before
	used    bool
	// weak tokens may stay unread: the day in "tonight".
	weak bool
}

func (t *token) is(class string) bool {
	_, ok := t.value(class)
	return ok
}

// value is the value of the first meaning of a class.
func (t *token) value(class string) (int, bool) {
	for _, m := range t.means {
		if m.class == class {
			return m.value, true
		}
	}
	return 0, false
}

func (t *token) part() (part, bool) {
	for _, m := range t.means {
		if m.class == "part" {
			return parts[m.name], true
		}
	}
	return part{}, false
}

// half tells am and pm.
func (t *token) half() bool {
	return slices.ContainsFunc(t.means, func(m meaning) bool { return m.name == "am" || m.name == "pm" })
}

func (t *token) sign(s string) bool { return !t.number && len(t.means) == 0 && t.text == s }

// separator tells signs that mean nothing by themselves.
func (t *token) separator() bool {
	if t.number || len(t.means) > 0 || t.text == "" {
		return false
	}
	return !strings.ContainsFunc(t.text, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Sc, r) || strings.ContainsRune("+=%°", r)
	})
}

// lexer cuts a folded text into tokens.
type lexer struct {
	*lexicon
	text   []rune
	tokens []token
	// unmarked tells that the text has no Vietnamese mark, so that any word may
	// lack its own.
	unmarked bool
}

// find looks a word up. Beside words with marks, one without is itself: sau is
// "after", and no sáu.
func (x *lexer) find(word string) []wordReading {
	exact, plain := x.words[word], x.plain[word]
	switch {
	case len(plain) == 0 || len(exact) > 0 && !x.unmarked:
		return exact
	case len(exact) == 0:
		return plain
	}
	return slices.Concat(exact, plain)
}

// tokens cuts a text; the runes that come back are those the places count.
func (l *lexicon) tokens(text string) ([]token, []rune) {
	original := []rune(norm.NFC.String(strings.ToValidUTF8(text, " ")))
	if len(original) > maxText {
		return []token{{to: len(original), text: "…x"}}, original
	}
	x := &lexer{lexicon: l, text: fold(original)}
	x.unmarked = bare(string(x.text)) == string(x.text)
	for at := 0; at < len(x.text); {
		at = x.next(at)
	}
	x.compose()
	return x.tokens, original
}

// compose joins the words of a number: hai mươi lăm, mười hai, twenty-five.
func (x *lexer) compose() {
	list := x.tokens[:0]
	for i := 0; i < len(x.tokens); i++ {
		t := x.tokens[i]
		named := len(list) > 0 && list[len(list)-1].is("weekprefix")
		if t.number && !t.figures && !named && x.lang != phrases.ZH {
			for i+1 < len(x.tokens) {
				next := x.tokens[i+1]
				if next.sign("-") && next.glued && x.lang == phrases.EN && i+2 < len(x.tokens) && x.tokens[i+2].glued {
					next = x.tokens[i+2]
				}
				switch {
				case (next.text == "mốt" || next.text == "mot") && t.n >= 20 && t.n%10 == 0 && x.lang == phrases.VI:
					t.n++
				case next.is("tens") && t.n > 1 && t.n < 10:
					t.n *= 10
				case next.number && !next.figures && next.n > 0 && next.n < 10 && t.n >= 10 && t.n%10 == 0 && (t.n > 10 || x.lang == phrases.VI):
					t.n += next.n
				default:
					next.text = ""
				}
				if next.text == "" {
					break
				}
				t.to, t.text, t.means = next.to, string(x.text[t.from:next.to]), []meaning{{class: "number", value: t.n}}
				for x.tokens[i+1].to != next.to {
					i++
				}
				i++
			}
		}
		list = append(list, t)
	}
	x.tokens = list
}

// next adds the token at a place and gives the place after it.
func (x *lexer) next(at int) int {
	r := x.text[at]
	switch {
	case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r):
		return at + 1
	case r >= '0' && r <= '9':
		return x.figures(at)
	case r == '-' && at == 0 && len(x.text) > 1 && x.text[1] >= '0' && x.text[1] <= '9':
		x.add(at, at+1, nil)
		x.tokens[0].text = "minus"
		return at + 1
	case han.Is(r) || r == '〇':
		return x.character(at)
	case unicode.IsLetter(r):
		return x.phrase(at)
	case r == '\'' && x.minuteSign(at):
		x.add(at, at+1, x.words["'"])
		return at + 1
	}
	x.add(at, at+1, nil)
	return at + 1
}

// minuteSign tells whether a quote stands behind minutes: 7h30'.
func (x *lexer) minuteSign(at int) bool {
	return len(x.words["'"]) > 0 && len(x.tokens) > 0 && x.tokens[len(x.tokens)-1].number
}

func (x *lexer) add(from, to int, readings []wordReading) *token {
	t := token{from: from, to: to, text: string(x.text[from:to]), glued: from > 0 && len(x.tokens) > 0 && x.tokens[len(x.tokens)-1].to == from}
	var more []meaning
	for _, r := range readings {
		t.means = append(t.means, r[0])
		more = append(more, r[1:]...)
	}
	if n, ok := t.value("number"); ok {
		t.number, t.n, t.digits = true, n, 2
	}
	t.weak = len(more) > 0 && t.means[0] == meaning{class: "day"}
	x.tokens = append(x.tokens, t)
	for _, m := range more {
		x.tokens = append(x.tokens, token{from: from, to: to, text: t.text, means: []meaning{m}, glued: true})
	}
	return &x.tokens[len(x.tokens)-1]
}

func (x *lexer) addNumber(from, to, n int, figures bool) {
	t := token{from: from, to: to, text: string(x.text[from:to]), number: true, n: n, digits: to - from, figures: figures,
		glued: from > 0 && len(x.tokens) > 0 && x.tokens[len(x.tokens)-1].to == from}
	for _, r := range x.find(t.text) { // 2 is also the name of a weekday
		t.means = append(t.means, r[0])
	}
	x.tokens = append(x.tokens, t)
}

func (x *lexer) figures(at int) int {
	end := at
	for end < len(x.text) && x.text[end] >= '0' && x.text[end] <= '9' {
		end++
	}
	n, err := strconv.Atoi(string(x.text[at:end]))
	if err != nil || end-at > 8 {
		x.add(at, end, nil)
		x.tokens[len(x.tokens)-1].text = "x"
		return end
	}
	x.addNumber(at, end, n, true)
	return end
}

// character adds the Chinese word or numeral at a place.
func (x *lexer) character(at int) int {
	if end, ok := x.weekNames(at); ok {
		return end
	}
	best := 0
	for n := min(x.longest, len(x.text)-at); n > 0; n-- {
		if len(x.words[string(x.text[at:at+n])]) > 0 {
			best = n
			break
		}
	}
	numeral := han.Digits(x.text[at:])
	if r := x.words[string(x.text[at:at+max(best, 1)])]; best > 0 && (numeral == 0 || best >= numeral && !onlyNames(r)) {
		x.add(at, at+best, r)
		return at + best
	}
	if numeral > 0 {
		if n, ok := han.Value(x.text[at : at+numeral]); ok {
			x.addNumber(at, at+numeral, n, false)
			return at + numeral
		}
		x.add(at, at+numeral, x.approximate(x.text[at:at+numeral]))
		return at + numeral
	}
	end := at + 1
	x.add(at, end, nil)
	return end
}

// approximate are two numerals that leave open which: 七八点, 两三天.
func (x *lexer) approximate(numeral []rune) []wordReading {
	if len(numeral) != 2 {
		return nil
	}
	low, okLow := han.Value(numeral[:1])
	high, okHigh := han.Value(numeral[1:])
	if !okLow || !okHigh || low < 1 || low >= high {
		return nil
	}
	return []wordReading{{{class: "vague"}}}
}

func onlyNames(readings []wordReading) bool {
	for _, r := range readings {
		if r[0].class != "weekname" {
			return false
		}
	}
	return true
}

// weekNames adds the weekdays that follow a word for week: 周一三五, 下周二.
// A name that is the hour of what follows is none: 周三三点.
func (x *lexer) weekNames(at int) (end int, ok bool) {
	if len(x.tokens) == 0 {
		return at, false
	}
	last := x.tokens[len(x.tokens)-1]
	if last.to != at || !x.endsWeek(last) {
		return at, false
	}
	for end = at; end < len(x.text); end++ {
		day, isName := x.nameOfDay(string(x.text[end]))
		figure := x.text[end] < 128 && (end > at || end+1 < len(x.text) && x.text[end+1] >= '0' && x.text[end+1] <= '9')
		if !isName || figure || x.counts(end) {
			break
		}
		x.add(end, end+1, nil)
		x.tokens[len(x.tokens)-1].means = []meaning{{class: "weekday", value: day}}
	}
	return end, end > at
}

// counts tells whether the numeral at a place counts something instead of naming
// a weekday: 一次, 三点, 二十.
func (x *lexer) counts(at int) bool {
	if at+1 >= len(x.text) || x.text[at] == '日' || x.text[at] == '天' {
		return false
	}
	next := x.text[at+1]
	if next == '回' {
		return at+2 >= len(x.text) || !strings.ContainsRune("来去到", x.text[at+2])
	}
	return strings.ContainsRune("次点时十号月:", next)
}

// endsWeek tells words after which the name of a weekday may follow.
func (x *lexer) endsWeek(t token) bool {
	if t.used {
		return false
	}
	for _, m := range t.means {
		switch m.class {
		case "weekprefix":
			return true
		case "week", "interval", "oddeven":
			for _, suffix := range []string{"周", "星期", "礼拜"} {
				if strings.HasSuffix(t.text, suffix) {
					return true
				}
			}
		}
	}
	return t.is("weekday") && t.to-t.from == 1
}

// isNameOfDay is nameOfDay for a word that may lack its marks.
func (x *lexer) isNameOfDay(word string) bool {
	return slices.ContainsFunc(x.find(word), func(r wordReading) bool { return r[0].class == "weekname" })
}

func (l *lexicon) nameOfDay(word string) (day int, ok bool) {
	for _, r := range l.words[word] {
		if r[0].class == "weekname" {
			return r[0].value, true
		}
	}
	return 0, false
}

// phrase adds the longest run of words that the lexicon has at a place.
func (x *lexer) phrase(at int) int {
	ends := x.wordEnds(at)
	if last := len(x.tokens) - 1; last >= 0 && x.tokens[last].is("weekprefix") && x.isNameOfDay(string(x.text[at:ends[0]])) {
		ends = ends[:1] // thứ năm tới is Thursday, and no next year
	}
	for n := len(ends); n > 0; n-- {
		key := string(x.text[at:ends[n-1]])
		if n > 1 && strings.ContainsAny(key, ".  ") {
			key = strings.Join(strings.FieldsFunc(key, func(r rune) bool { return r == ' ' || r == '.' }), " ")
		}
		if r := x.find(strings.TrimSuffix(key, "'s")); len(r) > 0 {
			x.add(at, ends[n-1], r)
			return ends[n-1]
		}
	}
	x.add(at, ends[0], nil)
	return ends[0]
}

// wordEnds are the ends of the words that follow from a place, as many as the
// longest entry has. Full stops within p.m. and a hyphen within bi-weekly belong
// to the words.
func (x *lexer) wordEnds(at int) (ends []int) {
	end := at
	for len(ends) < x.longest {
		start := end
		for end < len(x.text) && (unicode.IsLetter(x.text[end]) && !han.Is(x.text[end]) || unicode.Is(unicode.Mn, x.text[end]) ||
			x.text[end] == '\'' && end > start && end+1 < len(x.text) && unicode.IsLetter(x.text[end+1])) {
			end++
		}
		if end == start {
			break
		}
		ends = append(ends, end)
		gap := end
		for gap < len(x.text) && (x.text[gap] == ' ' || x.text[gap] == '.' && end-start == 1 && gap+1 < len(x.text) && unicode.IsLetter(x.text[gap+1]) || x.text[gap] == '-' && gap == end) {
			gap++
		}
		if gap == end || gap >= len(x.text) || !unicode.IsLetter(x.text[gap]) || han.Is(x.text[gap]) {
			break
		}
		end = gap
	}
	return ends
}
