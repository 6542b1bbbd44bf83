package grading

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// A question of testdata/answers/<language>.txt as an examiner set it: "¦ "
// and the accepted answers with | between them, or "# " and a number, then
// perhaps switches (plain units=a,b tol=2%). Answers follow, with the verdicts
// that are fair for them: = right, ~ near, x wrong, ? unclear.
type examined struct {
	lang   string
	gap    Gap
	amount *Amount
}

func (q examined) grade(typed string) Result {
	if q.amount != nil {
		return Number(*q.amount, q.lang, typed)
	}
	return graded().Grade(q.gap, q.lang, typed)
}

func TestAnswers(t *testing.T) {
	n := 0
	for _, lang := range []string{"zh", "vi", "en"} {
		file := filepath.Join("testdata", "answers", lang+".txt")
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var q examined
		var question string
		line := 0
		for text := range strings.Lines(string(data)) {
			line++
			text = strings.TrimSuffix(text, "\n")
			verdicts, answers, ok := strings.Cut(strings.TrimPrefix(text, "  "), " ¦ ")
			switch {
			case text == "":
				continue
			case !strings.HasPrefix(text, "  "):
				q, question = examine(t, lang, text), text
				continue
			case !ok:
				t.Fatalf("%s:%d: no answers", file, line)
			}
			for _, typed := range strings.Split(answers, " ¦ ") {
				n++
				typed = spelled(t, typed)
				if form := Normalise(lang, typed); Normalise(lang, form) != form {
					t.Errorf("%s:%d: %q has no lasting form", file, line, typed)
				}
				for _, key := range q.gap.Answers {
					if !strings.Contains(key+typed, "*") && graded().Same(lang, key, typed) != graded().Same(lang, typed, key) {
						t.Errorf("%s:%d: %q is %q one way only", file, line, typed, key)
					}
				}
				if got := q.grade(typed); !strings.ContainsRune(verdicts, []rune("x~=?")[got.Verdict]) {
					t.Errorf("%s:%d: %q for %s: %c %s, want %s", file, line, typed, question, []rune("x~=?")[got.Verdict], got.Difference, verdicts)
				}
			}
		}
	}
	if n < 1900 {
		t.Errorf("only %d answers", n)
	}
	t.Logf("%d answers", n)
}

func examine(t *testing.T, lang, text string) examined {
	t.Helper()
	head, switches, _ := strings.Cut(text[strings.IndexByte(text, ' ')+1:], " ¦ ")
	q := examined{lang: lang}
	number := strings.HasPrefix(text, "#")
	if number {
		v, err := strconv.ParseFloat(head, 64)
		if err != nil {
			t.Fatal(err)
		}
		q.amount = &Amount{Value: v}
	} else {
		for _, a := range strings.Split(head, " | ") {
			q.gap.Answers = append(q.gap.Answers, spelled(t, a))
		}
	}
	for switches != "" {
		name, rest, _ := strings.Cut(switches, "=")
		if name == "plain" {
			q.gap.Plain = true
			break
		}
		value := rest
		switches = ""
		if name == "tol" {
			value, switches, _ = strings.Cut(rest, " ")
			share, percent := strings.CutSuffix(value, "%")
			v, err := strconv.ParseFloat(share, 64)
			if err != nil {
				t.Fatal(err)
			}
			if percent {
				v *= q.amount.Value / 100
			}
			q.amount.Tolerance = v
			continue
		}
		if name != "units" {
			t.Fatalf("no switch %q", name)
		}
		if units := strings.Split(value, ","); number {
			q.amount.Units = units
		} else {
			q.gap.Units = units
		}
	}
	return q
}

// spelled reads what can't be seen: \u200b.
func spelled(t *testing.T, s string) string {
	t.Helper()
	if !strings.Contains(s, `\`) {
		return s
	}
	s, err := strconv.Unquote(`"` + strings.ReplaceAll(s, `"`, `\"`) + `"`)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
