package content

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// The documents the starter courses rest on, outside the project.
const seedFolder = "../../shared/seeds"

// A course may rest on several of them.
var seedsOf = map[string][]string{
	"zh-cadre-quality":  {"001_*.txt"},
	"vi-training-plan":  {"002_*.txt"},
	"en-cadre-training": {"000_*.txt", "003_*.txt", "004_*.txt"},
}

// unit is a sentence of a document, or one entry of a list that stands within a
// sentence and is divided by semicolons.
type unit struct {
	text  string // folded
	begin int    // in the folded document
}

// A fact can be looked up: every passage stands in a document of its course,
// and where it proves an answer it stands there once.
func TestStarterPassagesStandInTheirDocuments(t *testing.T) {
	lib := starterLibrary(t)
	for _, c := range allCourses(lib) {
		document, units := seedDocument(t, c.ID)
		taken := map[Kind]map[int]string{}
		for _, q := range c.Questions {
			passage := foldSpace(q.Source)
			at := strings.Index(document, passage)
			if at < 0 {
				t.Errorf("%s: the passage is not in the document: %s", q.ID, q.Source)
				continue
			}
			if strings.Contains(document[at+1:], passage) {
				t.Errorf("%s: the passage stands in the document twice: %s", q.ID, q.Source)
			}
			if taken[q.Kind] == nil {
				taken[q.Kind] = map[int]string{}
			}
			for i, u := range units {
				if u.begin >= at+len(passage) || at >= u.begin+len(u.text) {
					continue
				}
				if other, ok := taken[q.Kind][i]; ok {
					t.Errorf("%s and %s test the same sentence in the same way: %s", other, q.ID, u.text)
				}
				taken[q.Kind][i] = q.ID
			}
		}
		for _, l := range c.Lessons() {
			for where, source := range lessonPassages(l) {
				if !strings.Contains(document, foldSpace(source)) {
					t.Errorf("%s, %s: the passage is not in the document: %s", l.ID, where, source)
				}
			}
		}
	}
}

// seedDocument is all documents of a course, folded, with their units.
func seedDocument(t *testing.T, course string) (string, []unit) {
	t.Helper()
	if _, err := os.Stat(seedFolder); err != nil {
		t.Skipf("SKIPPED, NOT CHECKED: the documents are not in %s", seedFolder)
	}
	var all strings.Builder
	for _, pattern := range seedsOf[course] {
		files, err := filepath.Glob(filepath.Join(seedFolder, pattern))
		if err != nil || len(files) != 1 {
			t.Fatalf("%s: documents %v (%v), want one", course, files, err)
		}
		raw, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		all.Write(raw)
		all.WriteByte('\n')
	}
	return cutUnits(all.String())
}

// lessonPassages are the passages a lesson quotes, by where they stand.
func lessonPassages(l *Lesson) map[string]string {
	all := map[string]string{}
	for i, card := range l.Cards {
		if card.Source != "" {
			all[fmt.Sprintf("card %d", i+1)] = card.Source
		}
		if card.Case == nil {
			continue
		}
		for _, scene := range card.Case.Scenes {
			for _, choice := range scene.Choices {
				if choice.Source != "" {
					all[fmt.Sprintf("card %d, scene %s, choice %s", i+1, scene.ID, choice.ID)] = choice.Source
				}
			}
		}
	}
	return all
}

func TestCutUnits(t *testing.T) {
	document, units := cutUnits("1. A b, c 3.920 d; e\nf。g“h”。 i. J")
	var got []string
	for _, u := range units {
		got = append(got, u.text)
		if document[u.begin:u.begin+len(u.text)] != u.text {
			t.Errorf("%q is not at %d", u.text, u.begin)
		}
	}
	if want := "1.|Ab,c3.920d;|e|f。|g“h”。|i.|J"; strings.Join(got, "|") != want {
		t.Errorf("%q, want %q", strings.Join(got, "|"), want)
	}
}

// cutUnits folds a document (no white space at all) and cuts it into its units.
func cutUnits(raw string) (string, []unit) {
	var document strings.Builder
	var units []unit
	begin := 0
	flush := func() {
		if document.Len() > begin {
			units = append(units, unit{document.String()[begin:], begin})
			begin = document.Len()
		}
	}
	runes := []rune(raw)
	for i, r := range runes {
		if r == '\n' {
			flush()
		}
		if unicode.IsSpace(r) {
			continue
		}
		document.WriteRune(r)
		last := i+1 == len(runes) || unicode.IsSpace(runes[i+1])
		if strings.ContainsRune("。！？；;!?", r) || r == '.' && last {
			flush()
		}
	}
	flush()
	return document.String(), units
}

func foldSpace(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
