package when_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cadrebot/content/phrases"
	"cadrebot/dialogs/when"
	"cadrebot/scheduler/timetable"
)

// unread is a character that no language has a time for.
const unread = "蹩"

var kinds = []string{"clock", "clocks", "hours", "date", "moment", "timetable", "until"}

// FuzzReader: whatever is typed, no reader panics, every value lies where its
// promise says, and a word that nobody knows never goes unnoticed.
func FuzzReader(f *testing.F) {
	for _, row := range rows(f) {
		f.Add(row[0], row[2], int64(0), uint8(3))
	}
	f.Fuzz(func(t *testing.T, lang, text string, shift int64, at uint8) {
		r := reader(t)
		now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC).Add(time.Duration(shift%(1<<40)) * time.Millisecond)
		for _, kind := range kinds {
			clear := check(t, r, phrases.Lang(lang), kind, text, now)
			if !clear || strings.Contains(text, unread) {
				continue
			}
			runes := []rune(text)
			i := int(at) % (len(runes) + 1)
			if with := string(runes[:i]) + unread + string(runes[i:]); check(t, r, phrases.Lang(lang), kind, with, now) {
				t.Errorf("%s %s %q is read as if nothing unknown were in it", lang, kind, with)
			}
		}
	})
}

// TestNothingUnknownIsDropped puts a word that nobody knows everywhere into every
// row that can be read.
func TestNothingUnknownIsDropped(t *testing.T) {
	r := reader(t)
	for _, row := range rows(t) {
		lang, kind, text := phrases.Lang(row[0]), row[1], []rune(row[2])
		now, err := time.Parse("2006-01-02 15:04", row[3])
		if err != nil {
			t.Fatal(err)
		}
		if !check(t, r, lang, kind, string(text), now) {
			continue
		}
		for i := range len(text) + 1 {
			for _, word := range []string{unread, " qxz "} {
				if with := string(text[:i]) + word + string(text[i:]); check(t, r, lang, kind, with, now) {
					t.Errorf("%s %s %q is read as if nothing unknown were in it", lang, kind, with)
				}
			}
		}
	}
}

// check holds a reading to its promise, and tells whether it is clear.
func check(t *testing.T, r *when.Reader, lang phrases.Lang, kind, text string, now time.Time) (clear bool) {
	t.Helper()
	own := now.Add(72 * time.Hour)
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	minute := func(m int) bool { return m >= 0 && m < 24*60 }
	switch kind {
	case "clock":
		return sane(t, text, r.Clock(lang, text), minute)
	case "clocks":
		return sane(t, text, r.Clocks(lang, text), func(list []int) bool {
			for i, m := range list {
				if !minute(m) || i > 0 && m <= list[i-1] {
					return false
				}
			}
			return len(list) > 0
		})
	case "hours":
		return sane(t, text, r.Hours(lang, text), func(s when.Span) bool { return minute(s.From) && minute(s.To) && s.From != s.To })
	case "date":
		return sane(t, text, r.Date(lang, text, now), func(d time.Time) bool { return !d.Before(today) })
	case "until":
		return sane(t, text, r.Until(lang, text, now), func(d time.Time) bool { return !d.Before(today) })
	case "moment":
		return sane(t, text, r.Moment(lang, text, now, own), func(m time.Time) bool { return m.After(now) })
	}
	return sane(t, text, r.Timetable(lang, text, now), func(spec string) bool {
		_, err := timetable.Parse(spec, "UTC")
		var bad *timetable.SpecError
		if err == nil {
			return true
		}
		bad, _ = err.(*timetable.SpecError)
		return bad != nil && (bad.Reason == timetable.ReasonTooOften || bad.Reason == timetable.ReasonNeverFires || bad.Reason == timetable.ReasonTooLong)
	})
}

func sane[T any](t *testing.T, text string, r when.Reading[T], right func(T) bool) (clear bool) {
	t.Helper()
	for _, v := range r.Values {
		if !right(v) {
			t.Errorf("%q gives %v", text, v)
		}
	}
	if r.Why == when.Clear && (len(r.Values) != 1 || r.Left != "") {
		t.Errorf("%q is clear with %v, %q left", text, r.Values, r.Left)
	}
	if r.Why == when.Leftover && r.Left == "" || r.Why.Refused() && len(r.Values) > 0 {
		t.Errorf("%q: %+v", text, r)
	}
	return r.Why == when.Clear
}

// rows are the tables of times that are at hand.
func rows(t testing.TB) (list [][]string) {
	for _, path := range []string{filepath.Join("testdata", "sentences.tsv"), filepath.Join("..", "..", "..", "shared", "reference", "understanding", "times.tsv")} {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Logf("NOT COUNTED: %v", err)
		}
		for line := range strings.Lines(string(raw)) {
			if fields := strings.Split(strings.TrimRight(line, "\r\n"), "\t"); len(fields) >= 5 && fields[0] != "lang" {
				list = append(list, fields)
			}
		}
	}
	return list
}

func BenchmarkReader(b *testing.B) {
	r := reader(b)
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for _, text := range []string{"每周二、周四晚上7点", "thứ tư hằng tuần 2h chiều, trừ ngày 2/12", "Wednesdays 2pm except 2 December"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				r.Timetable(phrases.ZH, text, now)
			}
		})
	}
}
