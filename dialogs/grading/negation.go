package grading

import "strings"

// negating are the words that turn a sentence into its opposite. Typed without
// marks, chua and dung may be other words; khong is not.
var negating = map[string]map[string]bool{
	"en": set("not no never none nor neither without nobody nothing nowhere non"),
	"vi": set("không khong chưa chẳng chả đừng chớ"),
}

const chineseNegating = "不没非未无勿莫别否毋弗"

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// negations counts what negates in a text in its normal form.
func negations(lang, s string) int {
	n := 0
	if lang == "zh" {
		for _, r := range s {
			if strings.ContainsRune(chineseNegating, r) {
				n++
			}
		}
		return n
	}
	if lang != "vi" {
		lang = "en"
	}
	for _, w := range strings.Fields(s) {
		if negating[lang][w] {
			n++
		}
	}
	return n
}
