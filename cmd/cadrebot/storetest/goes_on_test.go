package storetest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
)

// has wants words among what a chat was shown since it was last asked.
func (w *town) has(chat string, words ...string) {
	w.Helper()
	for _, word := range words {
		if !slices.ContainsFunc(w.to(chat), func(s string) bool { return strings.Contains(s, word) }) {
			w.Errorf("%s does not read %q, but %q", chat, word, w.to(chat))
		}
	}
}

// to is what a chat was shown.
func (w *town) to(chat string) (texts []string) {
	for _, s := range w.said {
		if to, text, _ := strings.Cut(s, "\n"); to == chat {
			texts = append(texts, text)
		}
	}
	return texts
}

// pushed counts the messages of a chat with all of these words.
func (w *town) pushed(chat string, words ...string) (n int) {
	for _, text := range w.to(chat) {
		if !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) }) {
			n++
		}
	}
	return n
}

func (w *town) equal(what string, got, want any) {
	w.Helper()
	if got != want {
		w.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// pressData presses the newest button whose data is or begins so.
func (w *town) pressData(who, prefix string) {
	w.Helper()
	w.press(who, prefix, func(b bot.Button) bool { return strings.HasPrefix(b.Data, prefix) })
}

// letters presses the newest buttons with these labels, one after the other.
func (w *town) letters(who, all string) {
	w.Helper()
	for _, letter := range all {
		w.pressLabel(who, string(letter))
	}
}

// until is the span to an hour of a day in Beijing.
func (w *town) until(month time.Month, day, hour, minute int) time.Duration {
	w.Helper()
	beijing := time.FixedZone("", 8*3600)
	d := time.Date(2043, month, day, hour, minute, 0, 0, beijing).Sub(w.now)
	if d < 0 {
		w.Fatalf("%d.%d. %d:%02d is over", day, month, hour, minute)
	}
	return d
}

// TestOpenQuestionsAreAnswered has eight people go on with what stood before
// them; what they had answered of it counts.
func TestOpenQuestionsAreAnswered(t *testing.T) {
	goOn(t, func(w *town) {
		w.letters("k1", "B")
		w.has("telegram:k1", "✅ 1/1 · 进门")
		w.pressLabel("k2", "Sai")
		w.has("telegram:k2", "✅ 1/1 · Đúng hay sai")
		w.letters("k3", "C")
		w.pressLabel("k3", "选好了")
		w.has("telegram:k3", "✅ 1/1 · 准备")
		w.say("k4", "collective bargaining")
		w.has("telegram:k4", "✅ 1/1 · Words for it")
		w.say("k5", "六十户")
		w.has("telegram:k5", "✅ 1/1 · 数一数")
		w.say("k6", "hỏi")
		w.has("telegram:k6", "✅ 1/1 · Điền từ")
		w.letters("k7", "C")
		w.has("telegram:k7", "✅ 1/1 · 配对")
		w.letters("k8", "DA")
		w.has("telegram:k8", "✅ 1/1 · In order")
	})
}

// TestAnUpdateThatWasSeenHasNoEffect hands the last one in again.
func TestAnUpdateThatWasSeenHasNoEffect(t *testing.T) {
	goOn(t, func(w *town) {
		w.settle()
		w.said = nil
		w.updates--
		w.say("k1", "/quiz rules")
		w.equal("answers to an update of long ago", len(w.said), 0)
		w.say("k1", "/quiz rules")
		w.has("telegram:k1", "❓ 1/4")
	})
}

func TestALessonHalfWayGoesOn(t *testing.T) {
	goOn(t, func(w *town) {
		w.pressData("ann", "card:notes:2:next")
		w.has("telegram:ann", "📘 3/3 · 记什么")
		w.said = nil
		w.pressData("ann", "card:notes:3:next")
		w.has("telegram:ann", "好话难处都要记。")

		w.pressData("bo", "card:notes:1:next")
		w.has("telegram:bo", "📘 2/3 · 记什么")
		w.pressLabel("bo", "错")
		w.has("telegram:bo", "✅ 1/4 · 规矩", "❓ 2/4 · 规矩")
	})
}

// TestWhatWasLearnedIsKnown asks for progress, and waits for the daily quiz.
func TestWhatWasLearnedIsKnown(t *testing.T) {
	goOn(t, func(w *town) {
		w.say("wei", "进度")
		w.has("telegram:wei", "答过的 8 道题")
		w.said = nil
		w.pass(w.until(time.November, 21, 12, 29))
		w.equal("quizzes before their hour", w.pushed("telegram:wei", "❓ 1/"), 0)
		w.pass(2 * time.Minute)
		w.equal("quizzes", w.pushed("telegram:wei", "❓ 1/", "“走访实务”考试：还有 21 天"), 1)
	})
}
