package dialogs

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/dialogs/class"
	"cadrebot/dialogs/recall"
)

// practising is a world in which "me" has said something.
func practising(t *testing.T, text string) *world {
	w := newWorldOf(t, testCourses("safety"))
	w.tells(text)
	return w
}

func (w *world) tells(text string) {
	w.handle(bot.Event{Kind: bot.Text, Chat: "me", Sender: "me", Lang: "en", Text: text})
}

// answers answers questions of the open round, rightly or not, to its end.
func (w *world) answers(right ...bool) {
	w.t.Helper()
	for i := 0; w.round("me") != nil; i++ {
		w.tells(w.words(right[min(i, len(right)-1)]))
	}
}

// inMemory is what the store keeps of me.
func (w *world) inMemory() *recall.Memory {
	return recall.Read(w.load(bot.Ref{Kind: bot.MemoryRef, ID: w.link(testChannel.Name + ":me")}).Data, recall.NewModel(recall.Default))
}

func TestARoundGoesIntoMemoryWhenItEnds(t *testing.T) {
	w := practising(t, "quiz")
	first := w.round("me").Items[0]
	w.tells(w.words(true))
	if n := w.inMemory().Len(); n != 0 {
		t.Errorf("%d items are in memory while the round is open: each press would read it", n)
	}
	w.answers(true, false, true)
	m := w.inMemory()
	if m.Len() != 10 {
		t.Fatalf("%d items in memory", m.Len())
	}
	item, ok := m.Get(first)
	if !ok || item.New() || item.Day != recall.DayOf(w.now) {
		t.Errorf("%s: %+v %v", first, item, ok)
	}
	// A round that is left is kept as well.
	w.pass(48 * time.Hour)
	w.tells("quiz")
	again := w.round("me").Items[0]
	w.tells(w.words(true))
	w.tells("/stop")
	if item, _ := w.inMemory().Get(again); item.Day != recall.DayOf(w.now) {
		t.Errorf("%s was answered in a round that was left: %+v", again, item)
	}
}

// TestAPressReadsOnce holds what a press costs: one reading, in which comes what
// the step will ask for, and one commit.
func TestAPressReadsOnce(t *testing.T) {
	w := practising(t, "daily 9:30")
	w.pass(8*time.Hour + 29*time.Minute + 50*time.Second)
	w.tells("hello")
	w.pass(20 * time.Second) // the push
	if w.round("me") == nil {
		t.Fatal("nothing was pushed")
	}
	for range 3 {
		for n := 1; w.round("me") != nil; n++ {
			w.reads = 0
			w.tells(w.words(n%3 > 0))
			if w.reads > 1 {
				t.Fatalf("answer %d read %d times", n, w.reads)
			}
		}
		for _, text := range []string{"progress", "quiz"} {
			w.reads = 0
			if w.tells(text); w.reads > 1 {
				t.Errorf("%q read %d times", text, w.reads)
			}
		}
	}
}

func TestDamagedMemoryLocksNobodyOut(t *testing.T) {
	for _, damage := range []string{`"x"`, `{}`, `{"w":"6.0","i":"!!!"}`, `{"w":"6.0","i":"AAAA"}`, `null`, `[1,2]`, `{"w":3}`} {
		w := practising(t, "quiz")
		w.answers(true)
		ref := bot.Ref{Kind: bot.MemoryRef, ID: w.link(testChannel.Name + ":me")}
		w.keep(ref, []byte(damage))
		w.pass(24 * time.Hour)
		w.tells("progress")
		w.tells("quiz")
		w.answers(true)
		if n := w.inMemory().Len(); n != 10 {
			t.Errorf("after %s memory begins anew with %d items", damage, n)
		}
	}
}

// TestTheOrderOfADay holds that what is due comes first, the most forgotten
// ahead, then what lessons have taught, in their order; what was withdrawn does
// not come at all.
func TestTheOrderOfADay(t *testing.T) {
	w := practising(t, "daily 12:00")
	today := recall.DayOf(w.now)
	var m recall.Memory
	m.Answer(theModel, "safety-check-1", today-9, recall.Answer{Credit: 1})
	m.Answer(theModel, "safety-check-2", today-9, recall.Answer{})
	m.Answer(theModel, "safety-check-3", today-1, recall.Answer{Credit: 1})
	m.Plant("safety-check-6", today-2)
	m.Plant("safety-check-5", today-1)
	m.Plant("withdrawn-1", today-5)
	data, err := json.Marshal(m.Keep(recall.Default))
	if err != nil {
		t.Fatal(err)
	}
	ref := bot.Ref{Kind: bot.MemoryRef, ID: w.link(testChannel.Name + ":me")}
	w.keep(ref, data)
	w.pass(12 * time.Hour)
	want := []string{"safety-check-2", "safety-check-1", "safety-check-6", "safety-check-5"}
	if got := w.round("me").Items; !slices.Equal([]string(got), want) {
		t.Errorf("the day asks %v, want %v", got, want)
	}
}

// TestABacklogIsSpread plays two months away and counts what comes afterwards.
func TestABacklogIsSpread(t *testing.T) {
	w := practising(t, "daily 12:00")
	w.pass(12 * time.Hour) // to the afternoon
	for range 10 {
		w.answers(true)
		w.pass(24 * time.Hour)
	}
	if n := w.inMemory().Len(); n != 12 {
		t.Fatalf("%d questions were asked in ten days", n)
	}
	w.pass(60 * 24 * time.Hour)
	sizes := []int{}
	seen := map[string]bool{}
	for range 3 {
		if z := w.round("me"); z != nil {
			sizes = append(sizes, len(z.Items))
			for _, id := range z.Items {
				seen[id] = true
			}
		}
		w.answers(true)
		w.pass(24 * time.Hour)
	}
	if sizes[0] != 8 || len(seen) != 12 {
		t.Errorf("after the absence come %v, %d different ones", sizes, len(seen))
	}
	for _, n := range sizes {
		if n > 8 {
			t.Errorf("%d questions in one day", n)
		}
	}
}

// TestAnExamIsPreparedFor compares what is recalled on the day of an exam by who
// practises every day, with the date set and without.
func TestAnExamIsPreparedFor(t *testing.T) {
	recalled := func(date string) (sum float64) {
		w := newWorldOf(t, testCourses("safety"))
		c := class.Class{ID: "EXAM22", Name: "x", Zone: "UTC", Spec: "0 14 * * THU", Exam: date}
		data, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		w.keep(c.Ref(), data)
		w.tells("/start EXAM22")
		w.tells("daily 12:00")
		w.pass(12 * time.Hour)
		for range 22 {
			w.answers(true)
			w.pass(24 * time.Hour)
		}
		for _, item := range w.inMemory().All() {
			sum += theModel.Recall(item, recall.DayOf(w.now))
		}
		return sum / 12
	}
	without, with := recalled(""), recalled("2026-12-13")
	if with < without+0.005 || with < 0.95 {
		t.Errorf("recall on the day of the exam is %.3f, without a date %.3f", with, without)
	}
}

var theModel = recall.NewModel(recall.Default)
