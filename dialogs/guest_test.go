package dialogs

import (
	"testing"
	"time"

	"cadrebot/bot"
)

// TestAGuestWhoStaysAwayIsForgotten lets visitors of the web chat come, come
// again, join a class and stay away.
func TestAGuestWhoStaysAwayIsForgotten(t *testing.T) {
	const day = 24 * time.Hour
	w := newWorldOf(t, testCourses("rounds"))
	there := func(channel, chat string) bool {
		id := w.link(channel + ":" + chat)
		return id != "" && w.load(bot.Ref{Kind: bot.PersonRef, ID: id}).Exists()
	}
	for _, chat := range []string{"web.once", "web.again", "web.linked"} {
		w.typesOn("web", chat, "/quiz")
	}
	w.typesOn("telegram", "me", "/quiz")
	w.typesOn("web", "web.linked", "/link")
	w.typesOn("slack", "slack.me", "/link "+linkCodes.FindString(w.said[len(w.said)-1]))
	w.pass(100 * day)
	w.typesOn("web", "web.again", "A")
	w.pass(100 * day)
	for chat, want := range map[string]bool{"web.once": false, "web.again": true, "web.linked": true} {
		if got := there("web", chat); got != want {
			t.Errorf("after 200 days %s is there: %v", chat, got)
		}
	}
	if !there("telegram", "me") {
		t.Error("somebody on Telegram is forgotten")
	}
	w.pass(100 * day)
	if there("web", "web.again") {
		t.Error("200 days after the last visit a guest is still there")
	}
	w.said = nil
	w.typesOn("web", "web.once", "/start")
	if !there("web", "web.once") || len(w.said) != 1 {
		t.Errorf("who comes back is not greeted: %q", w.said)
	}
}

// TestWhoKeepsOnlyThePageIsNoOldGuest takes a guest's page to another platform
// and leaves that one again, a day before the guest would have been forgotten.
func TestWhoKeepsOnlyThePageIsNoOldGuest(t *testing.T) {
	const day = 24 * time.Hour
	w := newWorldOf(t, testCourses("rounds"))
	w.typesOn("web", "web.her", "/quiz")
	w.pass(179 * day)
	w.typesOn("telegram", "me", "/link")
	w.typesOn("web", "web.her", "/link "+linkCodes.FindString(w.said[len(w.said)-1]))
	w.typesOn("telegram", "me", "/unlink")
	w.pressesOn("telegram", "me", "Telegram")
	id := w.link("web:web.her")
	there := func() bool { return w.load(bot.Ref{Kind: bot.PersonRef, ID: id}).Exists() }
	w.pass(170 * day)
	if !there() {
		t.Error("forgotten before half a year was over")
	}
	w.pass(20 * day)
	if there() {
		t.Error("a guest again, and kept for ever")
	}
}
