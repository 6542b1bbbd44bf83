package phrases

import "strings"

// Lang is a language the bot speaks: one of ZH, VI and EN. Functions that take
// any other value treat it as EN.
type Lang string

const (
	ZH Lang = "zh"
	VI Lang = "vi"
	EN Lang = "en"
)

// Langs lists the supported languages in the order in which they are offered.
var Langs = []Lang{ZH, VI, EN}

// KnownLang reads a language code with or without script and region, in any
// case and with "-" or "_" ("zh-Hans", "vi_VN", "en-GB"). It reports false when
// the language is not one of Langs.
func KnownLang(s string) (Lang, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if cut := strings.IndexAny(s, "-_.@"); cut >= 0 {
		s = s[:cut]
	}
	switch s {
	case "zh", "zho", "chi", "cmn", "yue":
		return ZH, true
	case "vi", "vie":
		return VI, true
	case "en", "eng":
		return EN, true
	}
	return EN, false
}

// ParseLang maps a platform's language setting to the nearest supported
// language. Every kind of Chinese becomes ZH, which is written in simplified
// characters. Nothing, and any language the bot does not speak, becomes EN.
func ParseLang(s string) Lang {
	lang, _ := KnownLang(s)
	return lang
}

// Index is the language's place in tables: EN for anything unknown.
func (l Lang) Index() int {
	switch l {
	case ZH:
		return 0
	case VI:
		return 1
	}
	return 2
}
