package dialogs

import (
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
	t.noteRead(id)
	t.answer(t.say("notice.thanks"))
	if t.ev.Message == "" {
		return
	}
	m := t.noticeMessage(id, noticeData(n.From, time.UnixMilli(n.At), false))
	m.Text = t.say("notice.was_read")
	t.effects = append(t.effects, bot.Edit{Target: t.ev.Message, Message: m})
}
