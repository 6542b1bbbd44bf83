package storetest

import (
	"testing"
	"time"
)

const (
	firstNotice  = "请各位下周五前交三季度报告。"
	secondNotice = "周日 9:00 门口集合。"
)

// TestNoticesGoOn: one had reached some, of the other nothing had left.
func TestNoticesGoOn(t *testing.T) {
	goOn(t, func(w *town) {
		w.settle()
		for _, chat := range []string{"k5", "k6", "k7", "k8"} {
			w.equal("copies of the first notice for "+chat, w.pushed("telegram:"+chat, firstNotice), 1)
		}
		for _, chat := range []string{"telegram:k1", "telegram:wei", "slack:lan", "telegram:ann"} {
			w.equal("copies of the first notice, again, for "+chat, w.pushed(chat, firstNotice), 0)
			w.equal("copies of the second notice for "+chat, w.pushed(chat, secondNotice), 1)
		}
		w.equal("notices on Telegram of who is reached on Slack", w.pushed("telegram:lan", "📣"), 0)
		w.equal("notices at rest", w.pushed("telegram:hai", "📣")+w.pushed("telegram:mei", "📣"), 0)
		w.pressData("k5", "read:")
		w.has("telegram:k5", "您已阅读")
		w.said = nil

		w.pass(w.until(time.November, 21, 6, 59))
		w.equal("messages in quiet hours", len(w.to("telegram:hai")), 0)
		w.pass(2 * time.Minute)
		w.equal("the first notice after quiet hours", w.pushed("telegram:hai", firstNotice), 1)
		w.equal("the second notice after quiet hours", w.pushed("telegram:hai", secondNotice), 1)
		w.equal("the quiz after quiet hours", w.pushed("telegram:hai", "❓ 1/"), 1)
		w.pass(time.Hour)
		w.equal("notices of which one copy waits for the end of a pause",
			w.pushed("telegram:admin", "共 15 份", "已送出：14", "其中已读：1", "等待中：1"), 2)

		w.pass(w.until(time.December, 8, 7, 59))
		w.equal("messages in a pause", len(w.to("telegram:mei")), 0)
		w.pass(time.Hour)
		w.equal("the first notice after a pause", w.pushed("telegram:mei", firstNotice), 1)
		w.equal("the second notice after a pause", w.pushed("telegram:mei", secondNotice), 1)
	})
}

// TestSomebodyForgottenIsNew greets them.
func TestSomebodyForgottenIsNew(t *testing.T) {
	goOn(t, func(w *town) {
		w.say("old", "你好")
		w.has("telegram:old", "📘 这里有工会业务的短课和小测")
		w.say("old", "进度")
		w.equal("questions answered", w.pushed("telegram:old", "答过的"), 0)
	})
}
