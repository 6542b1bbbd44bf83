package phrases

import (
	"sort"
	"strings"
	"testing"

	"cadrebot/content/phrases/phrasestest"
)

func starterPhrases(t testing.TB) *Catalog {
	t.Helper()
	p, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// texts gives every literal and every placeholder of a phrase.
func (ph *phrase) texts() (literal string, names []string) {
	seen := map[string]bool{}
	for _, v := range ph.variants {
		for _, p := range append(append([]part{}, v.one...), v.other...) {
			literal += p.literal + "\n"
			if p.name != "" && !seen[p.name] {
				seen[p.name] = true
				names = append(names, p.name)
			}
		}
	}
	sort.Strings(names)
	return literal, names
}

func TestEveryPhraseIsInEveryLanguage(t *testing.T) {
	p := starterPhrases(t)
	for key, e := range p.entries {
		english := &e[EN.Index()]
		if !english.present {
			t.Errorf("%s is missing in en", key)
			continue
		}
		_, want := english.texts()
		for _, lang := range Langs {
			ph := &e[lang.Index()]
			if !ph.present {
				t.Errorf("%s is missing in %s", key, lang)
				continue
			}
			if _, got := ph.texts(); strings.Join(got, " ") != strings.Join(want, " ") {
				t.Errorf("%s has the places %v in %s, %v in en", key, got, lang, want)
			}
			if ph.list != english.list {
				t.Errorf("%s is a list in %s or in en, not in both", key, lang)
			}
			if lang != EN && ph.plural() {
				t.Errorf("%s has a plural in %s, which has none", key, lang)
			}
			for _, v := range ph.variants {
				if v.one != nil && !hasPlace(v.other, "n") {
					t.Errorf("%s has a plural in %s without {n}", key, lang)
				}
			}
			if ph.list && ph.plural() && strings.HasPrefix(key, "words.") {
				t.Errorf("%s: plain words have no plural", key)
			}
		}
	}
}

func (ph *phrase) plural() bool {
	for _, v := range ph.variants {
		if v.one != nil {
			return true
		}
	}
	return false
}

func hasPlace(parts []part, name string) bool {
	for _, p := range parts {
		if p.name == name {
			return true
		}
	}
	return false
}

// forbidden are words that blame or leave people without a next step.
var forbidden = map[Lang][]string{
	EN: {"invalid", "error", "unknown command", "unrecognized", "unrecognised", "illegal", "try again later", "oops", "something went wrong"},
	ZH: {"无效", "错误", "非法", "出错", "报错", "未知命令", "未知指令", "请稍后再试", "稍后重试"},
	VI: {"không hợp lệ", "lỗi", "lệnh không xác định", "không rõ lệnh", "thử lại sau", "sai cú pháp"},
}

func TestPhrasesAreWellWritten(t *testing.T) {
	p := starterPhrases(t)
	for key, e := range p.entries {
		for _, lang := range Langs {
			ph := &e[lang.Index()]
			literal, _ := ph.texts()
			said := strings.ToLower(literal)
			if lang == VI { // "xin lỗi" excuses, it does not blame
				said = strings.ReplaceAll(said, "xin lỗi", "")
			}
			for _, word := range forbidden[lang] {
				if strings.Contains(said, word) {
					t.Errorf("%s in %s says %q", key, lang, word)
				}
			}
			for _, v := range ph.variants {
				for _, parts := range [][]part{v.one, v.other} {
					for _, flaw := range phrasestest.Flaws(string(lang), sample(parts)) {
						t.Errorf("%s in %s: %s in %q", key, lang, flaw, sample(parts))
					}
				}
			}
		}
	}
}

// sample writes a phrase with stand-ins: a number for {n} and for names that
// end in _n, a full-width pair of marks for the rest, which are texts.
func sample(parts []part) string {
	var b strings.Builder
	for _, p := range parts {
		switch {
		case p.name == "":
			b.WriteString(p.literal)
		case p.name == "n" || strings.HasSuffix(p.name, "_n"):
			b.WriteString("7")
		default:
			b.WriteString("·")
		}
	}
	return b.String()
}

func TestPlainWordsDoNotCollide(t *testing.T) {
	p := starterPhrases(t)
	for _, lang := range Langs {
		owner := map[string]string{}
		for key := range p.entries {
			if !strings.HasPrefix(key, "words.") {
				continue
			}
			for _, w := range p.Words(lang, key) {
				folded := Fold(w)
				if other, taken := owner[folded]; taken {
					t.Errorf("%s: %q means both %s and %s", lang, w, other, key)
				}
				owner[folded] = key
			}
		}
	}
}

func testPhrases(t *testing.T) *Catalog {
	t.Helper()
	p, err := Parse(map[Lang]string{
		EN: "hello: Hello, {name}!\ncount: {one: '{n} person', other: '{n} people'}\nonly: English only\nvary: ['a {x}', 'b {x}', 'c {x}']\nwords.go: [go, run]\n",
		ZH: "hello: '{name}，您好！'\ncount: '{n} 人'\nvary: ['甲{x}', '乙{x}']\nwords.go: [走]\n",
		VI: "hello: Chào {name}!\ncount: '{n} người'\nvary: ['m {x}']\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSay(t *testing.T) {
	p := testPhrases(t)
	for _, c := range []struct {
		lang Lang
		key  string
		args []any
		want string
	}{
		{EN, "hello", []any{"name", "Lan"}, "Hello, Lan!"},
		{ZH, "hello", []any{"name", "兰"}, "兰，您好！"},
		{"xx", "hello", []any{"name", "Lan"}, "Hello, Lan!"},
		{EN, "count", []any{"n", 1}, "1 person"},
		{EN, "count", []any{"n", 0}, "0 people"},
		{EN, "count", []any{"n", 3920}, "3,920 people"},
		{ZH, "count", []any{"n", 3920}, "3,920 人"},
		{VI, "count", []any{"n", 3920}, "3.920 người"},
		{VI, "count", []any{"n", 1}, "1 người"},
		{EN, "count", []any{"n", "1"}, "1 person"},
		{VI, "only", nil, "English only"},
		{VI, "nothing", nil, "[nothing]"},
		{EN, "hello", nil, "Hello, {name}!"},
		{EN, "hello", []any{"name"}, "Hello, {name}!"},
		{EN, "hello", []any{1, "x", "name", 1.5}, "Hello, 1.5!"},
		{EN, "hello", []any{"other", "x", "name", "{name}"}, "Hello, {name}!"},
		{EN, "vary", []any{"x", "1"}, "a 1"},
		{EN, "words.go", nil, "go"},
	} {
		if got := p.Say(c.lang, c.key, c.args...); got != c.want {
			t.Errorf("%s %s %v: %q, want %q", c.lang, c.key, c.args, got, c.want)
		}
	}
}

func TestVaryUsesEveryVariant(t *testing.T) {
	p := testPhrases(t)
	for lang, want := range map[Lang]int{EN: 3, ZH: 2, VI: 1} {
		seen := map[string]bool{}
		for seed := range uint64(40) {
			s := p.Vary(lang, "vary", seed, "x", "1")
			if again := p.Vary(lang, "vary", seed, "x", "1"); s != again {
				t.Errorf("seed %d says %q, then %q", seed, s, again)
			}
			seen[s] = true
		}
		if len(seen) != want {
			t.Errorf("%s: %v, want %d variants", lang, seen, want)
		}
	}
	if got := p.Vary(VI, "only", 7); got != "English only" {
		t.Error(got)
	}
	if got := p.Vary(EN, "nothing", 7); got != "[nothing]" {
		t.Error(got)
	}
}

func TestWords(t *testing.T) {
	p := testPhrases(t)
	if got := strings.Join(p.Words(EN, "words.go"), " "); got != "go run" {
		t.Error(got)
	}
	if got := p.Words(VI, "words.go"); got != nil {
		t.Errorf("Vietnamese has the words %v", got)
	}
	if p.Has("nothing") || !p.Has("words.go") {
		t.Error("Has is wrong")
	}
}

func TestPhraseFilesWithMistakesAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"a: 'x {'":                           "brace",
		"a: 'x }'":                           "brace",
		"a: '{X}'":                           "brace",
		"a: '{}'":                            "brace",
		"a: '}{'":                            "brace",
		"a: ''":                              "empty",
		"a:":                                 "neither a text nor a plural",
		"a: {one: x}":                        "neither a text nor a plural",
		"a: {one: x, other: y, many: z}":     `no "many"`,
		"a: []":                              "empty",
		"a: [[b]]":                           "neither a text nor a plural",
		"- a":                                "keys with texts",
		"a: b\na: c":                         "twice",
		"a: &x b":                            "anchor",
		"a: {one: x, other: {one: y}}":       "each with a text",
		"a: [x, {one: '{', other: '{n} y'}]": "brace",
	} {
		_, err := Parse(map[Lang]string{EN: text, ZH: "a: b", VI: "a: b"})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "phrases/en:1") && !strings.Contains(err.Error(), "phrases/en:2") {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func BenchmarkSay(b *testing.B) {
	p := starterPhrases(b)
	b.ReportAllocs()
	for b.Loop() {
		p.Say(VI, "quiz.wrong", "place", "3/10", "chosen", "A", "right", "B")
	}
}
