package dialogs

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cadrebot/bot"
	"cadrebot/content"
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
	return recall.Read(w.load(bot.Ref{Kind: bot.MemoryRef, ID: w.link(testChannel.Name + ":me")}).Data, model)
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

func TestFreshAnswersAreReadAsWritten(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var l freshList
		for range rapid.IntRange(0, 6).Draw(r, "n") {
			f := fresh{ID: rapid.StringMatching(`[a-z0-9-]{1,24}`).Draw(r, "id"), Day: rapid.IntRange(0, 40000).Draw(r, "day")}
			if f.Answered = rapid.Bool().Draw(r, "answered"); f.Answered {
				part := func(name string) float64 { return float64(rapid.IntRange(0, 100).Draw(r, name)) / 100 }
				f.Answer = recall.Answer{Credit: part("credit"), Guess: recall.Guess{Right: part("g"), Credit: part("e")}}
			}
			l = append(l, f)
		}
		text, err := l.MarshalText()
		if err != nil {
			r.Fatal(err)
		}
		var again freshList
		if err := again.UnmarshalText(text); err != nil || !reflect.DeepEqual(again, l) && len(l) > 0 {
			r.Fatalf("%s is read as %+v, was %+v (%v)", text, again, l, err)
		}
	})
	// What can't be read costs nobody the rest.
	var l freshList
	if err := l.UnmarshalText([]byte("a:1 b c:x:2 d:2:100:25:25 :::: e:1:2")); err != nil || len(l) != 2 || l[1].ID != "d" {
		t.Errorf("%+v %v", l, err)
	}
}

// TestWhatMemoryAsks holds the order and the measure of a daily round.
func TestWhatMemoryAsks(t *testing.T) {
	ids := func(prefix string, n int) (list []string) {
		for i := range n {
			list = append(list, fmt.Sprintf("%s%d", prefix, i))
		}
		return list
	}
	exam := &class{Name: "x"}
	for name, x := range map[string]struct {
		a        agenda
		due, new int
		left     int
	}{
		"nothing":                {agenda{}, 0, 0, 0},
		"new ones only":          {agenda{New: ids("n", 30)}, 0, 4, 0},
		"due before new":         {agenda{Due: ids("d", 3), New: ids("n", 30)}, 3, 1, 0},
		"enough is due":          {agenda{Due: ids("d", 6), New: ids("n", 30)}, 6, 0, 0},
		"a backlog":              {agenda{Due: ids("d", 50), New: ids("n", 30)}, 8, 0, 42},
		"an exam far away":       {agenda{Due: ids("d", 6), New: ids("n", 30), Exam: exam, Left: 60}, 6, 1, 0},
		"an exam soon":           {agenda{Due: ids("d", 50), New: ids("n", 30), Exam: exam, Left: 10}, 7, 3, 43},
		"an exam tomorrow":       {agenda{Due: ids("d", 50), New: ids("n", 30), Exam: exam, Left: 1}, 5, 5, 45},
		"an exam today":          {agenda{Due: ids("d", 50), Exam: exam}, 10, 0, 40},
		"all learned, exam soon": {agenda{Due: ids("d", 2), Exam: exam, Left: 10}, 2, 0, 0},
	} {
		items, left := x.a.round()
		want := slices.Concat(ids("d", x.due), ids("n", x.new))
		if !slices.Equal(items, want) || left != x.left {
			t.Errorf("%s: %v and %d left, want %v and %d", name, items, left, want, x.left)
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
	m.Answer(model, "safety-check-1", today-9, recall.Answer{Credit: 1})
	m.Answer(model, "safety-check-2", today-9, recall.Answer{})
	m.Answer(model, "safety-check-3", today-1, recall.Answer{Credit: 1})
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
	if sizes[0] != dueMost || len(seen) != 12 {
		t.Errorf("after the absence come %v, %d different ones", sizes, len(seen))
	}
	for _, n := range sizes {
		if n > dueMost {
			t.Errorf("%d questions in one day", n)
		}
	}
}

// TestAnExamIsPreparedFor compares what is recalled on the day of an exam by who
// practises every day, with the date set and without.
func TestAnExamIsPreparedFor(t *testing.T) {
	recalled := func(date string) (sum float64) {
		w := newWorldOf(t, testCourses("safety"))
		c := class{ID: "EXAM22", Name: "x", Zone: "UTC", Spec: "0 14 * * THU", Exam: date}
		data, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		w.keep(c.ref(), data)
		w.tells("/start EXAM22")
		w.tells("daily 12:00")
		w.pass(12 * time.Hour)
		for range 22 {
			w.answers(true)
			w.pass(24 * time.Hour)
		}
		for _, item := range w.inMemory().All() {
			sum += model.Recall(item, recall.DayOf(w.now))
		}
		return sum / 12
	}
	without, with := recalled(""), recalled("2026-12-13")
	if with < without+0.005 || with < examWish {
		t.Errorf("recall on the day of the exam is %.3f, without a date %.3f", with, without)
	}
}

func TestGuessingByKind(t *testing.T) {
	two := make([]content.Option, 2)
	four := make([]content.Option, 4)
	for _, x := range []struct {
		q     content.Question
		right float64
	}{
		{content.Question{Kind: content.TrueFalse, Options: two}, 0.5},
		{content.Question{Kind: content.Single, Options: four}, 0.25},
		{content.Question{Kind: content.Multiple, Options: []content.Option{{Right: true}, {}, {Right: true}, {}}}, 1.0 / 15},
		{content.Question{Kind: content.Ordering, Options: four}, 1.0 / 24},
		{content.Question{Kind: content.Matching, Pairs: make([]content.Pair, 3)}, 1.0 / 6},
		{content.Question{Kind: content.Typed}, 0},
		{content.Question{Kind: content.Numeric}, 0},
		{content.Question{Kind: content.Blank}, 0},
	} {
		if g := guessing(&x.q); g.Right != x.right || g.Credit < g.Right {
			t.Errorf("%s: %+v, want %.3f", x.q.Kind, g, x.right)
		}
	}
}
