package storetest

import (
	"testing"
	"time"
)

// TestSessionsStayAsTheyWereChanged waits for the reminders of three weeks, in
// the group that is bound to the class too.
func TestSessionsStayAsTheyWereChanged(t *testing.T) {
	goOn(t, func(w *town) {
		w.settle()
		w.said = nil
		w.pass(w.until(time.November, 26, 14, 59))
		for _, chat := range []string{"telegram:group", "telegram:wei", "slack:lan", "telegram:hai"} {
			w.equal("reminders in "+chat+" of a time that does not hold", w.pushed(chat, "⏰"), 0)
		}
		w.pass(w.until(time.November, 28, 0, 0))
		for _, chat := range []string{"telegram:group", "telegram:wei", "slack:lan", "telegram:hai"} {
			w.equal("reminders in "+chat, w.pushed(chat, "⏰", "走访实务", "302 室"), 2)
			w.equal("reminders in "+chat+" a day before", w.pushed(chat, "⏰ 明天，11月27日（周五）15:00"), 1)
			w.equal("reminders in "+chat+" an hour before", w.pushed(chat, "⏰ 一小时后，15:00"), 1)
		}
		w.said = nil
		w.pass(w.until(time.December, 9, 13, 0))
		w.equal("reminders of a session that is off", w.pushed("telegram:group", "⏰")+w.pushed("telegram:wei", "⏰"), 0)
		w.pass(w.until(time.December, 11, 0, 0))
		for _, chat := range []string{"telegram:group", "telegram:wei", "slack:lan"} {
			w.equal("reminders in "+chat+" of the next one", w.pushed(chat, "⏰", "14:00"), 2)
		}
		w.equal("reminders on Telegram of who is reached on Slack", w.pushed("telegram:lan", "⏰"), 0)
	})
}

// TestTheClassIsKnown asks as a member and as the coordinator.
func TestTheClassIsKnown(t *testing.T) {
	goOn(t, func(w *town) {
		w.say("wei", "班级")
		w.has("telegram:wei", "下次课：11月27日（周五）15:00", "考试：12月12日（周六）", "地点：302 室", "请带：三季度报告")
		w.say("admin", "班级")
		w.pressLabel("admin", "走访实务")
		w.has("telegram:admin", "4 名学员和 1 个群", "考试：12月12日（周六）")
		w.pressLabel("admin", "课次")
		w.has("telegram:admin", "11月27日（周五）15:00：已改期", "12月3日（周四）14:00：已取消")
		w.said = nil
		w.pressLabel("admin", "恢复原样") // what was done last: the session is on again
		w.pressLabel("admin", "确认")
		w.equal("words to the group", w.pushed("telegram:group", "12月3日（周四）14:00"), 1)
	})
}

// TestOnePersonOnTwoPlatforms goes on with a round on one and sees it on the other.
func TestOnePersonOnTwoPlatforms(t *testing.T) {
	goOn(t, func(w *town) {
		w.pressLabel("lan", "对")
		w.has("telegram:lan", "✅ 2/4 · 规矩", "❓ 3/4 · 规矩")
		w.say("slack.lan", "进度")
		w.has("slack:lan", "答过的 2 道题")
		w.said = nil
		w.say("slack.lan", "错")
		w.has("slack:lan", "❓ 3/4 · 规矩") // it is marked where it is seen
		w.say("slack.lan", "错")
		w.has("slack:lan", "❓ 4/4 · 规矩")
	})
}
