package content

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// The documents the starter banks rest on, outside the project.
const seedFolder = "../../shared/seeds"

var seedOf = map[string]string{
	"zh-cadre-quality":  "001_*.txt",
	"vi-training-plan":  "002_*.txt",
	"en-cadre-training": "000_*.txt",
}

// unit is a sentence of a document, or one entry of a list that stands within a
// sentence and is divided by semicolons.
type unit struct {
	text  string // folded
	begin int    // in the folded document
}

func TestStarterPassagesStandInTheirDocuments(t *testing.T) {
	if _, err := os.Stat(seedFolder); err != nil {
		t.Skipf("SKIPPED, NOT CHECKED: the documents are not in %s", seedFolder)
	}
	lib := starterLibrary(t)
	for _, c := range allCourses(lib) {
		files, err := filepath.Glob(filepath.Join(seedFolder, seedOf[c.ID]))
		if err != nil || len(files) != 1 {
			t.Fatalf("%s: documents %v (%v), want one", c.ID, files, err)
		}
		raw, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		document, units := cutUnits(string(raw))
		taken := map[int]string{}
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
			for i, u := range units {
				if u.begin >= at+len(passage) || at >= u.begin+len(u.text) {
					continue
				}
				if other, ok := taken[i]; ok {
					t.Errorf("%s and %s test the same sentence: %s", other, q.ID, u.text)
				}
				taken[i] = q.ID
			}
		}
	}
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
