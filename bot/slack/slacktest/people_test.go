package slacktest_test

import (
	"fmt"
	"testing"

	"cadrebot/bot/slack/slacktest"
)

// kinds are the types of the events that came, with what tells them apart.
func kinds(t *testing.T, app *app) []string {
	t.Helper()
	var all []string
	for _, r := range app.all() {
		e := r.event(t)
		kind := fmt.Sprint(e["type"])
		if e["subtype"] != nil {
			kind += "/" + fmt.Sprint(e["subtype"])
		}
		if e["bot_id"] != nil {
			kind += " of the bot"
		}
		all = append(all, kind)
	}
	return all
}

func TestTellsWhatBecomesOfTheBot(t *testing.T) {
	s := start(t, loose())
	s.AddChannel(slacktest.Channel{ID: "C1"})
	app := serveApp(t, s, nil)
	for i, act := range []func(){
		func() { s.JoinChannel("C1", "U1") },
		func() { s.OpenHome("U1", "messages") },
		func() { s.LeaveChannel("C1", "U1") },
		func() { s.JoinChannel("C1", "U1") },
		func() { s.Archive("C1", "U1") },
		func() { s.Uninstall() },
	} {
		act()
		await(t, s, fmt.Sprint("step ", i), func() bool { return s.Pending() == 0 })
	}
	want(t, "events", kinds(t, app), []string{
		"member_joined_channel", "app_home_opened", "member_left_channel", "channel_left",
		"member_joined_channel", "channel_archive", "tokens_revoked", "app_uninstalled",
	})
	joined := app.all()[0].event(t)
	want(t, "joined", []any{joined["user"], joined["channel"], joined["inviter"]}, []any{s.BotUserID(), "C1", "U1"})
}

func TestEchoesTheBotWhenAsked(t *testing.T) {
	opts := loose()
	opts.Echo = true
	s := start(t, opts)
	app := serveApp(t, s, nil)
	dm := s.AddUser(slacktest.User{ID: "U1"})
	step := func(method, body string, args ...any) string {
		a := call(t, s, method, body, args...)
		await(t, s, method, func() bool { return s.Pending() == 0 })
		return a.TS
	}
	ts := step("chat.postMessage", `{"channel":%q,"text":"x"}`, dm)
	step("chat.update", `{"channel":%q,"ts":%q,"text":"y"}`, dm, ts)
	step("chat.delete", `{"channel":%q,"ts":%q}`, dm, ts)
	said := s.Say("U1", "mine")
	await(t, s, "the message", func() bool { return s.Pending() == 0 })
	want(t, "edited", s.Edit(dm, said, "mine still"), true)
	await(t, s, "the edit", func() bool { return s.Pending() == 0 })
	want(t, "deleted", s.Delete(dm, said), true)
	await(t, s, "all", func() bool { return s.Pending() == 0 })
	want(t, "events", kinds(t, app), []string{
		"message of the bot", "message/message_changed", "message/message_deleted",
		"message", "message/message_changed", "message/message_deleted",
	})
}

func TestPeopleComeAndGo(t *testing.T) {
	opts := loose()
	opts.MessagesTabDisabled = true
	s := start(t, opts)
	app := serveApp(t, s, nil)
	dm := s.AddUser(slacktest.User{ID: "U1"})
	want(t, "tab", call(t, s, "chat.postMessage", `{"channel":%q,"text":"x"}`, dm), "messages_tab_disabled")
	s.Deactivate("U1")
	want(t, "gone", []any{s.Say("U1", "x"), s.Command("U1", "", "/cadre", ""), s.OpenHome("U1", "home")}, []any{"", 0, 0})
	s.Reactivate("U1")
	ts := s.Say("U1", "back")
	s.Reply(dm, "U1", ts, "in a thread")
	s.SendFile(dm, "U1", "cv.pdf", []byte("pdf"), "my file")
	await(t, s, "all three", func() bool { return s.Stats().Taken == 3 })
	want(t, "events", kinds(t, app), []string{"message", "message", "message/file_share"})
	want(t, "thread", app.all()[1].event(t)["thread_ts"], ts)
	m := s.Messages(dm)
	want(t, "seen", []any{m[1].Thread, m[2].Files[0].Name, m[2].User}, []any{ts, "cv.pdf", "U1"})
}
