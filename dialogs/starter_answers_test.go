package dialogs

import (
	"strings"
	"testing"

	"cadrebot/content"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/grading"
	"cadrebot/dialogs/when"
)

// What the starter courses call right is right, and what they call a mistake is
// not.
func TestStarterAnswersAreGradedAsTheirAuthorsMean(t *testing.T) {
	library, _ := content.Load(content.Starter())
	catalog, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	times, err := when.New(catalog)
	if err != nil {
		t.Fatal(err)
	}
	grader := grading.New(times)
	n := 0
	for _, lang := range phrases.Langs {
		for _, q := range library.Questions(lang, "") {
			for _, g := range q.Gaps {
				for _, a := range g.Answers {
					n++
					if r := grader.Grade(grading.Gap(g), string(lang), a); r.Verdict != grading.Right && !strings.Contains(a, "*") {
						t.Errorf("%s in %s: %q is %+v", q.ID, lang, a, r)
					}
				}
			}
			for _, m := range q.Mistakes {
				for _, g := range q.Gaps {
					if r := grader.Grade(grading.Gap(g), string(lang), m.Answer); r.Verdict != grading.Wrong && len(q.Gaps) == 1 {
						t.Errorf("%s in %s: the mistake %q is %+v", q.ID, lang, m.Answer, r)
					}
				}
				if q.Kind == content.Numeric {
					if r := grading.Number(grading.Amount(q.Amount), string(lang), m.Answer); r.Verdict != grading.Wrong {
						t.Errorf("%s in %s: the mistake %q is %+v", q.ID, lang, m.Answer, r)
					}
				}
			}
			if q.Kind == content.Numeric {
				n++
				text := phrases.Decimal(lang, q.Amount.Value)
				for _, typed := range append([]string{text}, withUnits(text, q.Amount.Units)...) {
					if r := grading.Number(grading.Amount(q.Amount), string(lang), typed); r.Verdict != grading.Right {
						t.Errorf("%s in %s: %q is %+v", q.ID, lang, typed, r)
					}
				}
			}
		}
	}
	if n == 0 {
		t.Error("nothing to type in the starter courses")
	}
	t.Logf("%d answers", n)
}

func withUnits(number string, units []string) []string {
	var all []string
	for _, u := range units {
		all = append(all, number+" "+u, number+u)
	}
	return all
}
