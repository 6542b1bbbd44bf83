package slack

import (
	"testing"

	"cadrebot/bot"
	"cadrebot/bot/slack/slacktest"
)

// A conversation, over both transports: words come in, a question leaves, a
// press comes in and its message is replaced by the press's own address.
func TestTalk(t *testing.T) {
	transports(t, func(t *testing.T, opts slacktest.Options, connect func(*Adapter, *slacktest.Server, Handler)) {
		a, s := start(t, opts)
		e := &fakeEngine{}
		connect(a, s, e)
		dm := s.AddUser(slacktest.User{ID: "U1", RealName: "陈红", Locale: "zh-CN"})
		ts := s.Say("U1", "quiz <b> & :smile:")
		ev := e.await(t, 1)[0]
		ev.Raw = nil
		if ev.Kind != bot.Text || ev.Chat != dm || ev.Group || ev.Sender != "U1" || ev.Text != "quiz <b> & :smile:" ||
			ev.Name != "陈红" || ev.Lang != "zh-CN" || ev.Seen.Text != "m:"+dm+":"+ts {
			t.Errorf("event %+v", ev)
		}
		o := a.Post(t.Context(), bot.Outgoing{Chat: dm, Message: bot.Message{
			Head: "❓ 1/3", Text: "<!channel> *A* & :smile:", Buttons: [][]bot.Button{{{Label: "A", Data: "q:a"}, {Label: "B", Data: "q:b"}}},
		}})
		want(t, "post", o.Status, bot.Sent)
		m, _ := s.Message(dm, o.Message)
		want(t, "text", m.Text, "❓ 1/3\n<!channel> *A* & :smile:")
		s.Press("U1", dm, o.Message, "B")
		press := e.await(t, 2)[1]
		if press.Kind != bot.Press || press.Data != "q:b" || press.Message != o.Message || press.Chat != dm || press.Sender != "U1" || press.Query == "" {
			t.Errorf("press %+v", press)
		}
		await(t, s, "acknowledged", func() bool { return s.Pending() == 0 })
		edited := a.Post(t.Context(), bot.Outgoing{Chat: dm, Target: o.Message, Message: bot.Message{Text: "B ✓"}})
		want(t, "edit", edited.Status, bot.Sent)
		want(t, "message", edited.Message, o.Message)
		m, _ = s.Message(dm, o.Message)
		want(t, "edited text", m.Text, "B ✓")
		want(t, "buttons left", len(m.Buttons), 0)
		want(t, "by the press's address", len(s.CallsOf("response_url")), 1)
		if err := a.Answer(t.Context(), press, bot.Answer{Text: "对了"}); err != nil {
			t.Fatal(err)
		}
		toast, _ := s.Last(dm)
		want(t, "toast", toast.Text, "对了")
		want(t, "seen by", toast.Ephemeral, "U1")
		await(t, s, "released", func() bool { return true })
		e.until(t, func() bool { return e.released == 2 })
	})
}
