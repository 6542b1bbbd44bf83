package slacktest_test

import (
	"strings"
	"testing"

	"cadrebot/bot/bottest"
	"cadrebot/bot/slack/slacktest"
)

func TestRefusesCalls(t *testing.T) {
	s := start(t, loose())
	dm := s.AddUser(slacktest.User{ID: "U1"})
	s.AddUser(slacktest.User{ID: "UGONE"})
	s.AddChannel(slacktest.Channel{ID: "C1", Member: true})
	s.AddChannel(slacktest.Channel{ID: "C2"})
	s.AddChannel(slacktest.Channel{ID: "C3", Member: true})
	s.AddChannel(slacktest.Channel{ID: "G1", Name: "secret", Private: true})
	s.Archive("C3", "U1")
	s.Deactivate("UGONE")
	said := s.Say("U1", "mine")
	whisper := call(t, s, "chat.postEphemeral", `{"channel":"C1","user":"U1","text":"psst"}`).MessageTS
	long := strings.Repeat("字", 4001)
	for _, test := range []struct{ method, body, want string }{
		{"api.test", `{}`, "ok"},
		{"api.test", `{"error":"my_error"}`, "my_error"},
		{"chat.nonsense", `{}`, "unknown_method"},
		{"chat.postMessage", `{`, "invalid_json"},
		{"chat.postMessage", `[1]`, "json_not_object"},
		{"chat.postMessage", `{"channel":7}`, "invalid_arguments"},
		{"chat.postMessage", `{"text":"x"}`, "invalid_arguments [ERROR] missing required field: channel"},
		{"chat.postMessage", `{"channel":"C9","text":"x"}`, "channel_not_found"},
		{"chat.postMessage", `{"channel":"G1","text":"x"}`, "channel_not_found"},
		{"chat.postMessage", `{"channel":"C2","text":"x"}`, "not_in_channel"},
		{"chat.postMessage", `{"channel":"C3","text":"x"}`, "is_archived"},
		{"chat.postMessage", `{"channel":"D9","text":"x"}`, "channel_not_found"},
		{"chat.postMessage", `{"channel":"` + s.DM("UGONE") + `","text":"x"}`, "user_disabled"},
		{"chat.postMessage", `{"channel":"C1"}`, "no_text"},
		{"chat.postMessage", `{"channel":"C1","blocks":[]}`, "no_text"},
		{"chat.postMessage", `{"channel":"C1","text":"` + strings.Repeat("x", 40_001) + `"}`, "msg_too_long"},
		{"chat.postMessage", `{"channel":"C1","text":"` + long + `"}`, "ok"},
		{"chat.postMessage", `{"channel":"C1","text":"x","thread_ts":"no"}`, "invalid_thread_ts"},
		{"chat.postMessage", `{"channel":"#channel-1","text":"by name"}`, "ok"},
		{"chat.postMessage", `{"channel":"U1","text":"by user"}`, "ok"},
		{"chat.update", `{"channel":"U1","ts":"1.000001","text":"x"}`, "channel_not_found"},
		{"chat.update", `{"channel":"C1","text":"x"}`, "invalid_arguments [ERROR] missing required field: ts"},
		{"chat.update", `{"channel":"C1","ts":"1.000001","text":"x"}`, "message_not_found"},
		{"chat.update", `{"channel":"C1","ts":"` + whisper + `","text":"x"}`, "message_not_found"},
		{"chat.update", `{"channel":"` + dm + `","ts":"` + said + `","text":"x"}`, "cant_update_message"},
		{"chat.update", `{"channel":"C1","ts":"1.000001","text":"` + long + `"}`, "msg_too_long"},
		{"chat.delete", `{"channel":"` + dm + `","ts":"` + said + `"}`, "cant_delete_message"},
		{"chat.delete", `{"channel":"C1","ts":"1.000001"}`, "message_not_found"},
		{"chat.postEphemeral", `{"channel":"C1","text":"x"}`, "invalid_arguments [ERROR] missing required field: user"},
		{"chat.postEphemeral", `{"channel":"C1","user":"U9","text":"x"}`, "user_not_in_channel"},
		{"conversations.open", `{}`, "users_list_not_supplied"},
		{"conversations.open", `{"users":"U9"}`, "user_not_found"},
		{"conversations.open", `{"users":"UGONE"}`, "user_disabled"},
		{"conversations.open", `{"users":"` + s.BotUserID() + `"}`, "cannot_dm_bot"},
		{"conversations.open", `{"users":"U1"}`, "ok"},
		{"users.info", `{"user":"U1"}`, "invalid_arguments [ERROR] missing required field: user"},
	} {
		want(t, test.method+" "+test.body[:min(90, len(test.body))], call(t, s, test.method, "%s", test.body), test.want)
	}
	for _, test := range [][3]string{
		{"users.info", "UGONE", `"deleted":true`},
		{"users.info", "U9", `user_not_found`},
		{"conversations.info", "C1", `"is_member":true`},
		{"conversations.info", "C3", `"is_archived":true`},
		{"conversations.info", dm, `"user":"U1"`},
		{"conversations.info", "G1", `channel_not_found`},
	} {
		a := form(t, s, test[0], "user", test[1], "channel", test[1])
		if !strings.Contains(a.raw, test[2]) {
			t.Errorf("%s of %s: %s lacks %s", test[0], test[1], a.raw, test[2])
		}
	}
	want(t, "locale unasked", strings.Contains(form(t, s, "users.info", "user", "U1").raw, "locale"), false)
	want(t, "locale", strings.Contains(form(t, s, "users.info", "user", "U1", "include_locale", "true").raw, `"locale":"en-US"`), true)
}

func TestChecksTokens(t *testing.T) {
	s := start(t, loose())
	s.AddUser(slacktest.User{ID: "U1"})
	form := "application/x-www-form-urlencoded"
	for _, test := range []struct{ method, token, kind, body, want string }{
		{"auth.test", "", form, "", "not_authed"},
		{"auth.test", "xoxb-other", form, "", "invalid_auth"},
		{"auth.test", s.AppToken(), form, "", "not_allowed_token_type"},
		{"auth.test", "", form, "token=" + s.BotToken(), "ok"},
		{"auth.test", "", "application/json", `{"token":"` + s.BotToken() + `"}`, "not_authed"},
		{"auth.test", s.BotToken(), "text/plain", "x", "invalid_post_type"},
		{"api.test", "", form, "", "ok"},
	} {
		a, err := post(s.URL()+test.method, test.token, test.kind, test.body)
		if err != nil {
			t.Fatal(err)
		}
		want(t, test.method+" with "+test.token+test.body, a, test.want)
	}
	s.Uninstall()
	want(t, "uninstalled", call(t, s, "auth.test", `{}`), "token_revoked")
	want(t, "nothing heard", []any{s.Say("U1", "still there?") != "", s.Stats().Events}, []any{true, 2})
	s.Reinstall()
	want(t, "reinstalled", call(t, s, "auth.test", `{}`), "ok")
}

func TestEditsKeepOrDropBlocks(t *testing.T) {
	s := start(t, loose())
	dm := s.AddUser(slacktest.User{ID: "U1"})
	const blocks = `[{"type":"section","text":{"type":"mrkdwn","text":"in a block"}},
		{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"B"}}]}]`
	ts := form(t, s, "chat.postMessage", "channel", dm, "text", "words", "blocks", blocks).TS
	look := func() []any {
		m, _ := s.Message(dm, ts)
		return []any{m.Text, len(m.Buttons), m.Edited, m.Edits}
	}
	want(t, "posted", look(), []any{"in a block", 1, false, 0})
	want(t, "with blocks", call(t, s, "chat.update", `{"channel":%q,"ts":%q,"blocks":%s}`, dm, ts, strings.ReplaceAll(blocks, "in a", "in another")), "ok")
	want(t, "no mark", look(), []any{"in another block", 1, false, 1})
	want(t, "text alone", call(t, s, "chat.update", `{"channel":%q,"ts":%q,"text":"only words"}`, dm, ts), "ok")
	want(t, "blocks gone", look(), []any{"only words", 0, true, 2})
	want(t, "deleted", call(t, s, "chat.delete", `{"channel":%q,"ts":%q}`, dm, ts), "ok")
	want(t, "nothing left", len(s.Messages(dm)), 0)
}

func TestTimestampsNeverCollide(t *testing.T) {
	opts := loose()
	opts.Now = bottest.NewClock().Now
	s := start(t, opts)
	dm := s.AddUser(slacktest.User{ID: "U1"})
	last := ""
	for range 20 {
		for _, ts := range []string{s.Say("U1", "x"), call(t, s, "chat.postMessage", `{"channel":%q,"text":"x"}`, dm).TS} {
			if ts <= last || len(ts) != len("1700000000.000100") {
				t.Errorf("%q comes after %q", ts, last)
			}
			last = ts
		}
	}
	want(t, "of the clock", last[:10], "1795183200")
}

func TestShowsWhatAPersonReads(t *testing.T) {
	s := start(t, loose())
	dm := s.AddUser(slacktest.User{ID: "U1", RealName: "Mai"})
	for text, seen := range map[string]string{
		"a &lt;b&gt; &amp;amp; c":              "a <b> &amp; c",
		"*bold* _it_ ~no~ `x*y*` 2*3*4":        "bold it no x*y* 2*3*4",
		"snake_case_name and * alone *":        "snake_case_name and * alone *",
		"*bold _and it_*":                      "bold and it",
		"```if a < b {\n*p*}```":               "if a < b {\n*p*}",
		"<https://a.example/x_y_z|a *link*>":   "a *link*",
		"<https://a.example/?a=1&amp;b=2>":     "https://a.example/?a=1&b=2",
		"hi <@U1>, <@" + s.BotUserID() + "> x": "hi @Mai, @cadre x",
		"<!here> a < b":                        "@here a < b",
		"开头，*重点*。":                             "开头，重点。",
		"a\u200b b\u2060":                      "a b",
		"*a\n* b*":                             "*a\n* b*",
	} {
		call(t, s, "chat.postMessage", `{"channel":%q,"text":%q}`, dm, text)
		m, _ := s.Last(dm)
		want(t, text, m.Text, seen)
	}
	call(t, s, "chat.postMessage", `{"channel":%q,"text":"*a* &amp; b","mrkdwn":false}`, dm)
	m, _ := s.Last(dm)
	want(t, "without formatting", m.Text, "*a* & b")
}
