package office

import (
	"time"

	"cadrebot/bot"
	"cadrebot/dialogs/audience"
)

// pressRead notes that somebody has read a notice; it works for as long as the
// message stands in a chat.
func (t *Talk) pressRead(id string) {
	if id == audience.Preview {
		t.Answer(t.Say("notice.only_preview"))
		return
	}
	var n notice
	if !t.Env.Read(bot.Ref{Kind: bot.NoticeRef, ID: id}, &n) {
		t.Answer(t.Say("old.button"))
		return
	}
	t.noteRead(id)
	t.Answer(t.Say("notice.thanks"))
	if t.Ev.Message == "" {
		return
	}
	m := t.NoticeMessage(id, noticeData(n.From, time.UnixMilli(n.At), false))
	m.Text = t.Say("notice.was_read")
	t.Effects = append(t.Effects, bot.Edit{Target: t.Ev.Message, Message: m})
}
