package content

import "testing"

func TestStarterLoadsWithoutProblems(t *testing.T) {
	lib, problems := Load(Starter())
	for _, p := range problems {
		t.Error(p)
	}
	if len(lib.Courses()) != 3 {
		t.Fatalf("%d courses, want 3", len(lib.Courses()))
	}
	for _, lang := range Langs {
		if len(lib.Questions(lang, "")) == 0 {
			t.Errorf("no question in %s", lang)
		}
	}
}

func TestPhrasesLoad(t *testing.T) {
	p, err := LoadPhrases()
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Say(EN, "daily.size", "n", 1, "time", "1 minute"); got != "1 question, 1 minute" {
		t.Error(got)
	}
	if got := p.Say(VI, "daily.size", "n", 3920, "time", "x"); got != "3.920 câu hỏi, x" {
		t.Error(got)
	}
}
