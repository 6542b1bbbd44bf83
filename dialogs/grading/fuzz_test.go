package grading

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzGrade holds that grading is total, that the normal form is one, and what
// is symmetric stays so.
func FuzzGrade(f *testing.F) {
	lang := "zh"
	for line := range strings.Lines(pairs) {
		if parts := strings.Split(strings.TrimSpace(line), "|"); len(parts) == 3 {
			f.Add(lang, parts[0], parts[1])
		} else if len(parts) == 1 && len(parts[0]) == 2 {
			lang = parts[0]
		}
	}
	f.Add("vi", "1 1.000 ½ ①", "1⎖5 tỷ tỷ")
	f.Add("zh", "亿亿 万一 百分之百分之", "壹万万 3点点")
	f.Fuzz(func(t *testing.T, lang, a, b string) {
		if len(a) > 1000 || len(b) > 1000 {
			return // a thousand signs are a page
		}
		n := Normalise(lang, a)
		if again := Normalise(lang, n); again != n {
			t.Errorf("%s %q → %q → %q", lang, a, n, again)
		}
		if utf8.ValidString(a) && n != "" && !graded().Same(lang, strings.ReplaceAll(a, "*", ""), strings.ReplaceAll(a, "*", "")) {
			t.Errorf("%s %q is not itself", lang, a)
		}
		if !strings.Contains(a+b, "*") && graded().Same(lang, a, b) != graded().Same(lang, b, a) {
			t.Errorf("%s %q and %q are the same one way only", lang, a, b)
		}
		for _, plain := range []bool{false, true} {
			r := graded().Grade(Gap{Answers: []string{a}, Units: []string{"年", "%"}, Plain: plain}, lang, b)
			if (r.Verdict == Near) != (r.Difference != None) {
				t.Errorf("%s %q for %q: %+v", lang, b, a, r)
			}
			if r.Verdict != Wrong && !strings.Contains(a, "*") && denied(lang, a) != denied(lang, b) && !plain && r.Difference != Diacritics {
				t.Errorf("%s %q for %q crosses a negation", lang, b, a)
			}
		}
		Number(Amount{Value: 3, Units: []string{b}}, lang, a)
	})
}

// denied counts what negates in a text, whose numbers deny nothing (không trăm).
func denied(lang, s string) int { return negations(lang, loosenNumbers(lang, Normalise(lang, s))) }

// One character of a short Chinese or Vietnamese answer changed, taken away or
// added is another answer.
func TestOneCharacterChanged(t *testing.T) {
	for lang, answers := range map[string][]string{
		"zh": {"集体协商", "工会主席", "民主管理", "基层工会", "职工代表大会", "劳动合同", "应当", "维护"},
		"vi": {"công đoàn", "lương", "hội đồng", "tập huấn", "đoàn viên", "nghiệp vụ"},
		"en": {"union", "rights", "strike", "worker", "can", "dues"},
	} {
		for _, answer := range answers {
			in := []rune(answer)
			for i := range in {
				for _, changed := range []string{
					string(in[:i]) + "不" + string(in[i+1:]), string(in[:i]) + "x" + string(in[i+1:]),
					string(in[:i]) + string(in[i+1:]), string(in[:i]) + "不" + string(in[i:]), string(in[:i]) + "n" + string(in[i:]),
				} {
					if r := graded().Grade(Gap{Answers: []string{answer}}, lang, changed); r.Verdict != Wrong && r.Difference != Plural && r.Difference != Spelling {
						t.Errorf("%q for %q: %+v", changed, answer, r)
					}
				}
			}
		}
	}
}
