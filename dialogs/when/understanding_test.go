package when_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"cadrebot/content/phrases"
	"cadrebot/dialogs/when"
	"cadrebot/scheduler/timetable"
)

// TestUnderstandingOfTimes counts how many rows of the table of times are met, and
// how many do harm: a value where the table asks back or refuses, or another one.
// The table is read where it lies; CADREBOT_UNDERSTANDING names another folder.
func TestUnderstandingOfTimes(t *testing.T) {
	folder := os.Getenv("CADREBOT_UNDERSTANDING")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "reference", "understanding")
	}
	table(t, filepath.Join(folder, "times.tsv"))
}

// TestSentences holds the rows that the project has gathered itself.
func TestSentences(t *testing.T) { table(t, filepath.Join("testdata", "sentences.tsv")) }

func table(t *testing.T, path string) {
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("NOT COUNTED: the table of times is not here (%v)", err)
	}
	rows, met, harm := 0, 0, 0
	for line := range strings.Lines(string(raw)) {
		fields := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(fields) < 5 || fields[0] == "lang" {
			continue
		}
		rows++
		lang, kind, text, today, want := phrases.Lang(fields[0]), fields[1], fields[2], fields[3], fields[4]
		got, left := answer(t, lang, kind, text, today)
		open := func(s string) bool { return s == "ask" || s == "refuse" }
		switch {
		case got == want:
			met++
			continue
		case !open(got):
			harm++
			t.Errorf("HARM %s %s %q: %s, want %s", lang, kind, text, got, want)
		default:
			t.Logf("miss %s %s %q: %s (%s), want %s", lang, kind, text, got, left, want)
		}
	}
	fmt.Printf("times: %d rows, %d met, %d harm\n", rows, met, harm)
	if rows == 0 || met*10 < rows*9 {
		t.Errorf("%d of %d rows are met, at least nine of ten are wanted", met, rows)
	}
}

// answer is what a reader makes of a text, in the words of the table.
func answer(t *testing.T, lang phrases.Lang, kind, text, today string) (got, why string) {
	r := reader(t)
	now, err := time.ParseInLocation("2006-01-02 15:04", today, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	own := time.Date(2026, 11, 26, 14, 0, 0, 0, time.UTC)
	switch kind {
	case "clock":
		return shown(r.Clock(lang, text), clock)
	case "hours":
		return shown(r.Hours(lang, text), func(s when.Span) string { return clock(s.From) + "-" + clock(s.To) })
	case "date":
		return shown(r.Date(lang, text, now), date)
	case "until":
		return shown(r.Until(lang, text, now), date)
	case "moment":
		return shown(r.Moment(lang, text, now, own), func(t time.Time) string { return t.Format("2006-01-02 15:04") })
	case "timetable":
		return shown(r.Timetable(lang, text, now), func(spec string) string {
			tt, err := timetable.Parse(spec, "UTC")
			if err != nil {
				return fmt.Sprintf("%s: %v", spec, err)
			}
			var list []string
			for _, o := range tt.NextN(now, 5) {
				list = append(list, o.At.Format("2006-01-02 15:04"))
			}
			return strings.Join(list, " | ")
		})
	}
	t.Fatalf("no reader for %q", kind)
	return "", ""
}

func clock(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }
func date(t time.Time) string  { return t.Format(time.DateOnly) }

func shown[T any](r when.Reading[T], show func(T) string) (got, why string) {
	why = string(r.Why)
	if r.Why == when.Leftover || r.Why == when.Nothing {
		why += fmt.Sprintf(": read %q, not %q", r.Read, r.Left)
	}
	v, ok := r.Value()
	switch {
	case ok:
		return show(v), why
	case r.Why.Refused():
		return "refuse", why
	}
	return "ask", why
}

func reader(t testing.TB) *when.Reader {
	t.Helper()
	r, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var loaded = sync.OnceValues(func() (*when.Reader, error) {
	catalog, err := phrases.Load()
	if err != nil {
		return nil, err
	}
	return when.New(catalog)
})
