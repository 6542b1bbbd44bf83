package dialogs

import (
	"strings"
	"time"

	"cadrebot/bot"
)

// pressRead notes that somebody has read a notice; it works for as long as the
// message stands in a chat.
func (t *talk) pressRead(id string) {
	if id == preview {
		t.answer(t.say("notice.only_preview"))
		return
	}
	var n notice
	if !t.env.Read(bot.Ref{Kind: bot.NoticeRef, ID: id}, &n) {
		t.answer(t.say("old.button"))
		return
	}
	object := "notice:" + id
	mark, _ := t.env.Get(bot.Ref{Kind: bot.MarkRef, ID: object + "/" + t.person.ID})
	if strings.Trim(string(mark.Data), `"`) != "read" {
		t.effects = append(t.effects, bot.Mark{Object: object, Person: t.person.ID, Value: "read"},
			bot.Keep{What: "acknowledged", Data: map[string]string{"notice": id}})
	}
	t.answer(t.say("notice.thanks"))
	if t.ev.Message == "" {
		return
	}
	m := t.noticeMessage(id, noticeData(n.From, time.UnixMilli(n.At), false))
	m.Text = t.say("notice.was_read")
	t.effects = append(t.effects, bot.Edit{Target: t.ev.Message, Message: m})
}
