package dialogs

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/audience"
)

// linked plays two chats up to where they are one person, and returns that
// person's profile and state.
func linked(t *testing.T, prepare func(w *world)) (*world, bot.Person, state) {
	t.Helper()
	w := newWorldOf(t, testCourses("rounds"))
	prepare(w)
	w.typesOn("telegram", "me", "/link")
	code := linkCodes.FindString(w.said[len(w.said)-1])
	w.typesOn("slack", "slack.me", "/link "+code)
	if w.remembers("slack", "slack.me").Link != nil && w.remembers("slack", "slack.me").Link.Turn != "" {
		w.pressesOn("slack", "slack.me", "Put together")
	}
	id := w.link("telegram:me")
	if other := w.link("slack:slack.me"); other != id {
		t.Fatalf("they are %s and %s", id, other)
	}
	var p bot.Person
	if err := json.Unmarshal(w.load(bot.Ref{Kind: bot.PersonRef, ID: id}).Data, &p); err != nil {
		t.Fatal(err)
	}
	return w, p, w.remembers("telegram", "me")
}

func (w *world) typesOn(channel, chat, text string) {
	w.t.Helper()
	w.handle(bot.Event{Kind: bot.Text, Channel: channel, Chat: chat, Sender: chat, Lang: "en", Text: text})
}

func (w *world) pressesOn(channel, chat, label string) {
	w.t.Helper()
	w.press(bot.Event{Channel: channel, Chat: chat, Sender: chat, Lang: "en"}, label)
}

func (w *world) remembers(channel, chat string) (s state) {
	w.t.Helper()
	if err := json.Unmarshal(w.load(bot.Ref{Kind: bot.ConversationRef, ID: w.link(channel + ":" + chat)}).Data, &s); err != nil {
		w.t.Fatal(err)
	}
	return s
}

func TestWhatEitherHasSetStays(t *testing.T) {
	_, p, s := linked(t, func(w *world) {
		w.typesOn("telegram", "me", "/daily 8:00")
		w.typesOn("telegram", "me", "/quiz")
		w.typesOn("telegram", "me", "A")
		w.typesOn("slack", "slack.me", "/daily 20:00")
		w.typesOn("slack", "slack.me", "/quiet 22:00-6:00")
		w.typesOn("slack", "slack.me", "/language vi")
		w.typesOn("slack", "slack.me", "/language en")
		w.typesOn("slack", "slack.me", "/quiz")
		w.typesOn("slack", "slack.me", "A")
		w.typesOn("slack", "slack.me", "A")
	})
	if !slices.Equal(p.Daily, bot.Times{8 * 60, 20 * 60}) || p.Quiet != (bot.Quiet{From: 22 * 60, To: 6 * 60}) || p.Lang != string(phrases.EN) {
		t.Errorf("profile %+v", p)
	}
	if len(p.Addresses) != 2 || p.Addresses[0].Channel != "slack" {
		t.Errorf("addresses %+v", p.Addresses)
	}
	if s.Quiz == nil || s.Quiz.N != 1 || s.Quiz.At != "telegram:me" {
		t.Errorf("the round that goes on is %+v", s.Quiz)
	}
	if s.Streak.N != 1 || len(s.Fresh) != 0 {
		t.Errorf("state %+v", s)
	}
}

// TestOneTimerOfEachIsLeft lets nobody be pushed the same twice.
func TestOneTimerOfEachIsLeft(t *testing.T) {
	w, p, _ := linked(t, func(w *world) {
		w.typesOn("telegram", "me", "/daily 8:00")
		w.typesOn("slack", "slack.me", "/daily 8:00")
	})
	daily := 0
	for _, x := range w.kept().Timers {
		if x.Timer == "daily" {
			daily++
			if x.Target.ID != w.link("telegram:me") {
				t.Errorf("a timer of %s", x.Target.ID)
			}
		}
	}
	if daily != 1 || len(p.Daily) != 1 {
		t.Errorf("%d timers for %v", daily, p.Daily)
	}
	if n := len(w.kept().Members[audience.Everyone]); n != 1 {
		t.Errorf("everyone is %d people", n)
	}
}

// TestACodeWorksOnce looks for what is left of a code that was used, and tries
// another one: nothing more happens.
func TestACodeWorksOnce(t *testing.T) {
	w, _, _ := linked(t, func(w *world) {
		w.typesOn("slack", "slack.me", "/quiz")
		w.typesOn("slack", "slack.me", "A")
	})
	before := w.load(bot.Ref{Kind: bot.PersonRef, ID: w.link("telegram:me")})
	w.typesOn("web", "web.her", "/link AAAA BBBB")
	for _, id := range w.all(bot.CodeRef) {
		t.Errorf("a code is left: %s", id)
	}
	if after := w.load(before.Ref); after.Rev != before.Rev {
		t.Error("somebody else's try has changed the person")
	}
}

// TestACoordinatorIsAskedFirst lets somebody's code come to a coordinator who has
// learned nothing here: to join it would share what a coordinator may do.
func TestACoordinatorIsAskedFirst(t *testing.T) {
	w := newWorldOf(t, testCourses("rounds"))
	w.typesOn("telegram", "me", "/link")
	code := linkCodes.FindString(w.said[len(w.said)-1])
	w.typesOn("telegram", "admin", code)
	if w.link("telegram:admin") == w.link("telegram:me") {
		t.Fatal("joined without a question")
	}
	w.pressesOn("telegram", "admin", "Put together")
	if w.link("telegram:admin") != w.link("telegram:me") {
		t.Error("not joined by who wanted it")
	}
}

// TestAnInvitationKnowsLess lets somebody who learns here already come by an
// invitation: their language and zone stay, and the class's next reminder comes
// before their quiet hours.
func TestAnInvitationKnowsLess(t *testing.T) {
	w := newWorldOf(t, testCourses("rounds"))
	for _, text := range []string{"/class new", "Basics", "Asia/Shanghai", "0 21 * * *", "Save", "Skip", "Skip"} {
		w.says("admin", text)
	}
	class := w.all(bot.ClassRef)[0]
	w.handle(bot.Event{Kind: bot.Text, Channel: "telegram", Chat: "admin", Sender: "admin", Lang: "zh", Text: "/invite 王芳 " + class})
	code := linkCodes.FindString(w.said[len(w.said)-1])
	her := func(text string) {
		w.handle(bot.Event{Kind: bot.Text, Channel: "slack", Chat: "slack.her", Sender: "slack.her", Lang: "vi", Text: text})
	}
	her("/daily 8:00")
	her("/quiet 18:00-7:00")
	her("/link " + code)
	w.press(bot.Event{Channel: "slack", Chat: "slack.her", Sender: "slack.her", Lang: "vi"}, "Gộp lại")

	id := w.link("slack:slack.her")
	var p bot.Person
	if err := json.Unmarshal(w.load(bot.Ref{Kind: bot.PersonRef, ID: id}).Data, &p); err != nil {
		t.Fatal(err)
	}
	if p.Name != "王芳" || p.Lang != string(phrases.VI) || p.Zone != "Asia/Ho_Chi_Minh" || !slices.Equal(p.Classes, []string{class}) {
		t.Errorf("profile %+v", p)
	}
	reminded := slices.ContainsFunc(w.kept().Timers, func(x bot.TimerGuard) bool {
		return x.Target.ID == id && strings.HasPrefix(x.Timer, "reminder:"+class)
	})
	if !reminded {
		t.Errorf("no reminder before the quiet hours: %v", w.kept().Timers)
	}
}

// TestACodeEndsWithItsChat takes a chat off while a code is open that was taken
// there: it leads nobody back.
func TestACodeEndsWithItsChat(t *testing.T) {
	w, _, _ := linked(t, func(*world) {})
	w.typesOn("slack", "slack.me", "/link")
	code := linkCodes.FindString(w.said[len(w.said)-1])
	w.typesOn("telegram", "me", "/unlink")
	w.pressesOn("telegram", "me", "Slack")
	w.typesOn("slack", "slack.me", "/link "+code)
	w.typesOn("web", "web.me", "/link "+code)
	for _, chat := range []string{"slack:slack.me", "web:web.me"} {
		if w.link(chat) == w.link("telegram:me") {
			t.Errorf("%s is back by %q", chat, code)
		}
	}
}

// TestAStopIsKept joins somebody who wants nothing pushed: that stays so, and
// nothing else is said.
func TestAStopIsKept(t *testing.T) {
	w, p, _ := linked(t, func(w *world) {
		w.typesOn("telegram", "me", "/daily 8:00")
		w.typesOn("telegram", "me", "/stop")
		w.typesOn("slack", "slack.me", "/daily 9:00")
	})
	if !p.Stopped {
		t.Error("the stop is gone")
	}
	if told := strings.Join(w.said, "\n"); strings.Contains(told, "Reminders come") {
		t.Errorf("told %s", told)
	}
	w.said = nil
	w.pass(48 * time.Hour)
	if len(w.said) > 0 {
		t.Errorf("pushed %q", w.said)
	}
	w.typesOn("slack", "slack.me", "/start")
	w.said = nil
	w.pass(24 * time.Hour)
	if len(w.said) == 0 {
		t.Error("nothing comes to who is back")
	}
}
