package content

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"cadrebot/content/phrases"
)

// section is what stands under a heading of AUTHORS.md, up to the next heading of
// the same depth.
type section struct {
	title, text string
	examples    []string // what stands in it marked as YAML
}

func authorsSections(t *testing.T) (raw string, all []section) {
	t.Helper()
	bytes, err := os.ReadFile("AUTHORS.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split("\n"+string(bytes), "\n## ")[1:] {
		title, text, _ := strings.Cut(part, "\n")
		s := section{title: title, text: text}
		for i, block := range strings.Split(text, "```") {
			if rest, ok := strings.CutPrefix(block, "yaml\n"); ok && i%2 == 1 {
				s.examples = append(s.examples, rest)
			}
		}
		all = append(all, s)
	}
	return string(bytes), all
}

// The examples authors copy from must load as they stand, and show every kind.
func TestTheAuthorsExampleLoads(t *testing.T) {
	raw, sections := authorsSections(t)
	files := fstest.MapFS{"safety-basics/media/helmet.png": {Data: []byte("\x89PNG")}}
	for _, s := range sections {
		text := []byte(strings.Join(s.examples, "\n"))
		switch {
		case s.title == "Phrases":
			if _, err := phrases.Parse(map[phrases.Lang]string{phrases.EN: string(text), phrases.ZH: "a: b", phrases.VI: "a: b"}); err != nil {
				t.Error(err)
			}
		case s.title == categoriesFile:
			files[s.title] = &fstest.MapFile{Data: text}
		case len(s.examples) > 0:
			files["safety-basics/"+s.title] = &fstest.MapFile{Data: text}
		}
	}
	lib, problems := Load(Source{"", files})
	checkProblems(t, problems, nil)
	var kinds []string
	for _, q := range lib.Questions(phrases.EN, "") {
		kinds = append(kinds, string(q.Kind))
	}
	if !slices.Equal(kinds, kindNames) {
		t.Errorf("the examples show %v, want %v", kinds, kindNames)
	}
	var shown []CardKind
	for _, c := range lib.Courses(phrases.EN)[0].Lessons()[0].Cards {
		shown = append(shown, c.Kind)
	}
	if len(shown) != len(cardKeys) {
		t.Errorf("the lesson shows %v, want each of %v", shown, cardKeys)
	}
	checkFiles(t, files)
	put2("safety-basics/questions/1-duties.yaml", "right:", "rigth:")(files)
	_, problems = Load(Source{"", files})
	if len(problems) == 0 || !strings.Contains(raw, "\n"+problems[0].String()+"\n") {
		t.Errorf("the problem shown is not what is reported: %v", problems)
	}
}

// Every key that is read is explained where authors look for it.
func TestEveryKeyIsExplained(t *testing.T) {
	_, sections := authorsSections(t)
	in := func(title string) string {
		for _, s := range sections {
			if strings.HasPrefix(s.title, title) {
				return s.text
			}
		}
		t.Fatalf("no section %q", title)
		return ""
	}
	courses, lessons, questions := in("course.yaml"), in("lessons/"), in("questions/")
	for text, objects := range map[string][]*object{
		courses:               {courseObject, moduleObject},
		lessons:               {lessonObject, cardObject, caseObject, sceneObject, choiceObject},
		questions:             {questionObject, optionObject, verdictObject, pairObject, itemObject, gapObject, mistakeObject},
		in("categories.yaml"): {categoryObject},
	} {
		for _, o := range objects {
			fields := slices.Clone(o.fields)
			for _, k := range o.kinds {
				fields = append(fields, k.fields...)
				if !strings.Contains(text, "`"+k.name+"`") {
					t.Errorf("the kind %s of %s is not explained", k.name, withArticle(o.name))
				}
			}
			for _, f := range fields {
				if !regexp.MustCompile("`" + f.key + "`").MatchString(text) {
					t.Errorf("the key %s of %s is not explained", f.key, withArticle(o.name))
				}
				if f.doc == "" {
					t.Errorf("the key %s of %s has no words of its own in the schema", f.key, withArticle(o.name))
				}
			}
		}
	}
}
