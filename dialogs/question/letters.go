package question

import (
	"slices"
	"strings"

	"cadrebot/content/phrases"
	"cadrebot/dialogs/grading"
	"cadrebot/dialogs/talk"
)

// several reads letters or numbers that name some of n things: "AC", "a, c",
// "1 và 3", "第三个". It returns nil where the text is anything else, or names
// one twice.
func (o *Asked) several(text string, n int) []int {
	marks, ok := o.marks(text)
	if !ok {
		return nil
	}
	var list []int
	for _, m := range marks {
		i := int(m - 'a')
		if m >= '0' && m <= '9' {
			i = int(m - '1')
		}
		if i < 0 || i >= n || slices.Contains(list, i) {
			return nil
		}
		list = append(list, i)
	}
	return list
}

// pairing reads what was matched with which of n things: "1B 2A", "BA". The
// second form matches from first to last and gives -1 for the first half.
func (o *Asked) pairing(text string, n int) (from, to []int) {
	marks, ok := o.marks(text)
	if !ok {
		return nil, nil
	}
	if list := o.several(text, n); list != nil {
		for range list {
			from = append(from, -1)
		}
		return from, list
	}
	if len(marks)%2 != 0 {
		return nil, nil
	}
	for i := 0; i < len(marks); i += 2 {
		number, name := marks[i], marks[i+1]
		if number >= 'a' {
			number, name = name, number
		}
		a, b := int(number-'1'), int(name-'a')
		if number > '9' || a < 0 || a >= n || b < 0 || b >= n || slices.Contains(from, a) || slices.Contains(to, b) {
			return nil, nil
		}
		from, to = append(from, a), append(to, b)
	}
	return from, to
}

// marks are the letters a to z and digits of a text that has nothing else in it
// but what people put around and between them.
func (o *Asked) marks(text string) ([]rune, bool) {
	if len(text) > 100 {
		return nil, false
	}
	text = " " + strings.Map(func(r rune) rune {
		if strings.ContainsRune(",;.:、，；。：-–—>→=+/&()（）", r) {
			return ' '
		}
		return r
	}, phrases.Fold(text)) + " "
	for _, lang := range phrases.Langs {
		for _, w := range o.Phrases.Words(lang, "words.letters") {
			w = phrases.Fold(w)
			if w[0] < 0x80 {
				text = strings.ReplaceAll(text, " "+w+" ", " ")
			} else {
				text = strings.ReplaceAll(text, w, " ")
			}
		}
	}
	text = grading.Normalise("zh", text)
	text = strings.ReplaceAll(text, " ", "")
	if text == "" {
		return nil, false
	}
	for _, r := range text {
		if (r < 'a' || r > 'z') && (r < '1' || r > '9') {
			return nil, false
		}
	}
	return []rune(text), true
}

// spell writes places as letters: CAB.
func spell(list []int) string {
	var b strings.Builder
	for _, i := range list {
		b.WriteString(talk.Letter(i))
	}
	return b.String()
}
