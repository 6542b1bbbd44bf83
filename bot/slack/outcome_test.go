package slack

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/bot/slack/slacktest"
)

func TestOutcomes(t *testing.T) {
	api := func(code string) slacktest.Fault { return slacktest.Fault{Error: code} }
	for _, c := range []struct {
		name  string
		fault slacktest.Fault
		edit  bool
		want  bot.Outcome // without Err and Message
	}{
		{"no such channel", api("channel_not_found"), false, bot.Outcome{Status: bot.GoneChat}},
		{"no such channel, at an edit", api("channel_not_found"), true, bot.Outcome{Status: bot.GoneChat}},
		{"archived", api("is_archived"), false, bot.Outcome{Status: bot.GoneChat}},
		{"put out of the channel", api("not_in_channel"), false, bot.Outcome{Status: bot.GoneChat}},
		{"left the workspace", api("user_disabled"), false, bot.Outcome{Status: bot.GoneChat}},
		{"a bot", api("cannot_dm_bot"), false, bot.Outcome{Status: bot.GoneChat}},
		{"messages tab", api("messages_tab_disabled"), false, bot.Outcome{Status: bot.GoneChat}},
		{"only admins may post", api("restricted_action"), false, bot.Outcome{Status: bot.GoneChat}},
		{"only admins may post here", api("restricted_action_read_only_channel"), false, bot.Outcome{Status: bot.GoneChat}},
		{"too long", api("msg_too_long"), false, bot.Outcome{Status: bot.Rejected}},
		{"edit of nothing", api("message_not_found"), true, bot.Outcome{Status: bot.Rejected}},
		{"edit refused", api("cant_update_message"), true, bot.Outcome{Status: bot.Rejected}},
		{"edit too late", api("edit_window_closed"), true, bot.Outcome{Status: bot.Rejected}},
		{"a word that is new", api("never_heard_of"), false, bot.Outcome{Status: bot.Rejected}},
		{"rate", slacktest.Fault{RetryAfter: 7}, false, bot.Outcome{Status: bot.Retry, RetryAfter: 7 * time.Second}},
		{"rate by its word", api("ratelimited"), false, bot.Outcome{Status: bot.Retry, RetryAfter: time.Second}},
		{"too many of the whole team", api("message_limit_exceeded"), false, bot.Outcome{Status: bot.Retry, RetryAfter: time.Minute}},
		{"came in half", api("request_timeout"), false, bot.Outcome{Status: bot.Retry}},
		{"token", api("invalid_auth"), false, bot.Outcome{Status: bot.Retry}},
		{"token taken back", api("token_revoked"), true, bot.Outcome{Status: bot.Retry}},
		{"scope", api("missing_scope"), false, bot.Outcome{Status: bot.Retry}},
		{"API's own trouble", api("internal_error"), false, bot.Outcome{Status: bot.Unknown}},
		{"API's worst trouble", api("fatal_error"), true, bot.Outcome{Status: bot.Unknown}},
		{"service away", api("service_unavailable"), false, bot.Outcome{Status: bot.Unknown}},
		{"gateway", slacktest.Fault{}, false, bot.Outcome{Status: bot.Unknown}},
		{"gateway after the effect", slacktest.Fault{Kind: bottest.FailAfter}, false, bot.Outcome{Status: bot.Unknown}},
		{"hung up", slacktest.Fault{Kind: bottest.HangUpBefore}, false, bot.Outcome{Status: bot.Unknown}},
		{"hung up after the effect", slacktest.Fault{Kind: bottest.HangUpAfter}, true, bot.Outcome{Status: bot.Unknown}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, s := start(t, loose())
			dm := s.DM("U1")
			first := send(a, dm, "first")
			want(t, "first", first.Status, bot.Sent)
			s.Arm(c.fault)
			out := bot.Outgoing{Chat: dm, Message: bot.Message{Text: "second"}}
			if c.edit {
				out.Target = first.Message
			}
			o := a.Post(t.Context(), out)
			if o.Err == nil {
				t.Error("no error")
			}
			if c.want.Status == bot.Retry && c.want.RetryAfter == 0 && c.fault.Error != "request_timeout" && !errors.Is(o.Err, ErrToken) {
				t.Errorf("no word of the token: %v", o.Err)
			}
			o.Err, o.Message = nil, ""
			want(t, "outcome", o, c.want)
		})
	}
}

// What really happens to chats is told as it is.
func TestChatsThatAreGone(t *testing.T) {
	a, s := start(t, loose())
	s.AddChannel(slacktest.Channel{ID: "C1", Member: true})
	want(t, "in the channel", send(a, "C1", "x").Status, bot.Sent)
	s.LeaveChannel("C1", "U1")
	want(t, "put out", send(a, "C1", "x").Status, bot.GoneChat)
	s.AddChannel(slacktest.Channel{ID: "C2", Member: true})
	s.Archive("C2", "U1")
	want(t, "archived", send(a, "C2", "x").Status, bot.GoneChat)
	want(t, "never heard of", send(a, "C3", "x").Status, bot.GoneChat)
}

func TestTimeOutIsUnknown(t *testing.T) {
	a, s := start(t, loose())
	dm := s.DM("U1")
	s.Arm(slacktest.Fault{Kind: bottest.Delayed, Delay: patience, Method: "chat.postMessage"})
	ctx, cancel := context.WithTimeout(t.Context(), time.Second) // it has left by then
	defer cancel()
	o := a.Post(ctx, bot.Outgoing{Chat: dm, Message: bot.Message{Text: "x"}})
	want(t, "status", o.Status, bot.Unknown)
	if !errors.Is(o.Err, context.DeadlineExceeded) {
		t.Errorf("error %v", o.Err)
	}
}

func TestRefusalSaysWhatIsWrong(t *testing.T) {
	a, s := start(t, loose())
	dm := s.DM("U1")
	o := a.Post(t.Context(), bot.Outgoing{Chat: dm, Message: bot.Message{Text: "x", Buttons: [][]bot.Button{{{Data: "no label"}}}}})
	want(t, "without the button", o.Status, bot.Sent)
	s.Arm(slacktest.Fault{Error: "msg_too_long"})
	if o := send(a, dm, "x"); !strings.Contains(o.Err.Error(), "msg_too_long") {
		t.Errorf("error %v", o.Err)
	}
}

func TestAnswers(t *testing.T) {
	a, s := start(t, loose())
	e := &fakeEngine{}
	serve(t, a, s, e)
	s.AddChannel(slacktest.Channel{ID: "C1", Member: true})
	o := a.Post(t.Context(), bot.Outgoing{Chat: "C1", Message: bot.Message{Text: "?", Buttons: [][]bot.Button{{{Label: "A", Data: "a"}}}}})
	s.Press("U1", "C1", o.Message, "A")
	s.Press("U2", "C1", o.Message, "A")
	presses := e.await(t, 2)
	answer := func(press bot.Event, text string) {
		t.Helper()
		if err := a.Answer(t.Context(), press, bot.Answer{Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	before := len(s.Messages("C1"))
	answer(presses[0], "")
	want(t, "without words", len(s.Messages("C1")), before)
	for i := range presses {
		answer(presses[i], "<for> you alone")
		m, _ := s.Last("C1")
		want(t, "text", m.Text, "<for> you alone")
		want(t, "seen by", m.Ephemeral, presses[i].Sender)
	}
	want(t, "calls", len(s.CallsOf("chat.postEphemeral")), 0)
	// Another process has taken the press, or it is old: the API does it.
	other := adapterOf(t, s)
	if err := other.Answer(t.Context(), presses[1], bot.Answer{Text: "still"}); err != nil {
		t.Fatal(err)
	}
	want(t, "calls", len(s.CallsOf("chat.postEphemeral")), 1)
	s.Arm(slacktest.Fault{Error: "expired_url", Method: "response_url"})
	answer(presses[0], "old")
	want(t, "calls", len(s.CallsOf("chat.postEphemeral")), 2)
	s.Arm(slacktest.Fault{Error: "channel_not_found", Method: "chat.postEphemeral"})
	answer(presses[0], "nobody waits")
}
