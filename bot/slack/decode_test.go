package slack

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"cadrebot/bot"
)

// me is the bot as a user in what was recorded.
const me = "U0BOT"

func named(t testing.TB) *Adapter {
	t.Helper()
	a := plainAdapter(t, "https://slack.com/api")
	a.me.Store(&identity{user: me, bot: "B0BOT", team: "T1", name: "Union"})
	return a
}

// event wraps an inner event as Slack does.
func event(inner string) string {
	return `{"token":"XXYYZZ","team_id":"T1","context_team_id":"T1","context_enterprise_id":null,"api_app_id":"A1","event":` + inner +
		`,"type":"event_callback","event_id":"Ev1","event_time":1355517523,"authorizations":[{"enterprise_id":null,"team_id":"T1","user_id":"` + me +
		`","is_bot":true,"is_enterprise_install":false}],"is_ext_shared_channel":false,"event_context":"4-eyJ"}`
}

// words are the blocks that Slack makes of what a person types.
const words = `"blocks":[{"type":"rich_text","block_id":"x","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"hello"}]}]}]`

const press = `{"type":"block_actions","user":{"id":"U1","username":"hong","name":"hong","team_id":"T1"},"api_app_id":"A1","token":"XX",` +
	`"container":{"type":"message","message_ts":"1700000001.000200","channel_id":"D1","is_ephemeral":false},"trigger_id":"12466734323.1395872398.x",` +
	`"team":{"id":"T1","domain":"union"},"enterprise":null,"is_enterprise_install":false,"channel":{"id":"D1","name":"directmessage"},` +
	`"message":{"user":"U0BOT","type":"message","ts":"1700000001.000200","bot_id":"B0BOT","text":"q","blocks":[]},"state":{"values":{}},` +
	`"response_url":"https://hooks.slack.com/actions/T1/1/abc","actions":[{"action_id":"1","block_id":"b","text":{"type":"plain_text","text":"B","emoji":false},` +
	`"value":"q:1:b","type":"button","action_ts":"1700000005.000300"}]}`

const slash = `{"token":"XX","team_id":"T1","team_domain":"union","channel_id":"C1","channel_name":"general","user_id":"U1","user_name":"hong",` +
	`"command":"/cadre","text":"quiz","api_app_id":"A1","is_enterprise_install":"false","response_url":"https://hooks.slack.com/commands/T1/1/abc",` +
	`"trigger_id":"13345224609.738474920.8088930838d88f008e0"}`

func TestDecode(t *testing.T) {
	dm := `"channel":"D1","event_ts":"1700000001.000100","channel_type":"im"`
	group := `"channel":"C1","event_ts":"1700000001.000100","channel_type":"channel"`
	by := `"user":"U1","ts":"1700000001.000100","client_msg_id":"8c","team":"T1",`
	said := func(chat string) bot.Event {
		return bot.Event{Kind: bot.Text, Chat: chat, Group: chat[0] != 'D', Sender: "U1", Seen: bot.Seen{Text: "m:" + chat + ":1700000001.000100"}}
	}
	with := func(ev bot.Event, text string) *bot.Event { ev.Text = text; return &ev }
	reply := func(text string) *bot.Event {
		ev := with(said("C1"), text)
		ev.Reply = true
		return ev
	}
	happened := func(kind bot.Kind, chat, sender string) *bot.Event {
		return &bot.Event{Kind: kind, Chat: chat, Group: chat[0] != 'D', Sender: sender, Seen: bot.Seen{Text: "e:Ev1"}}
	}
	for _, c := range []struct {
		name, kind, raw string
		want            *bot.Event // nil: it means nothing to the bot
	}{
		{"words", eventsAPI, event(`{"type":"message",` + by + `"text":"hello",` + words + `,` + dm + `}`), with(said("D1"), "hello")},
		{"escapes and links", eventsAPI, event(`{"type":"message",` + by + `"text":"1 &lt; 2 &amp; <https://a.org|a.org> <@U2> <#C2|general> <!here> <mailto:a@b.org|a@b.org> <https://b.org|bank>",` + dm + `}`),
			with(said("D1"), "1 < 2 & a.org @U2 #general @here a@b.org bank https://b.org")},
		{"an emoji", eventsAPI, event(`{"type":"message",` + by + `"text":":smile:",` + dm + `}`), with(said("D1"), ":smile:")},
		{"a file", eventsAPI, event(`{"type":"message","subtype":"file_share",` + by + `"text":"","files":[{"id":"F1","mimetype":"image/png"}],"upload":false,` + dm + `}`), with(said("D1"), "")},
		{"a file with words", eventsAPI, event(`{"type":"message","subtype":"file_share",` + by + `"text":"look","files":[{"id":"F1"}],` + dm + `}`), with(said("D1"), "look")},
		{"an action in words", eventsAPI, event(`{"type":"message","subtype":"me_message",` + by + `"text":"nods",` + dm + `}`), with(said("D1"), "nods")},
		{"in a thread", eventsAPI, event(`{"type":"message",` + by + `"text":"A","thread_ts":"1700000000.000100","parent_user_id":"` + me + `",` + dm + `}`), with(said("D1"), "A")},
		{"own mention in private", eventsAPI, event(`{"type":"message",` + by + `"text":"<@` + me + `> quiz",` + dm + `}`), with(said("D1"), "quiz")},
		{"own words", eventsAPI, event(`{"type":"message","user":"` + me + `","bot_id":"B0BOT","ts":"1.2","text":"q",` + dm + `}`), nil},
		{"another bot's", eventsAPI, event(`{"type":"message","subtype":"bot_message","bot_id":"B9","ts":"1.2","text":"q",` + dm + `}`), nil},
		{"Slackbot's", eventsAPI, event(`{"type":"message","user":"USLACKBOT","ts":"1.2","text":"q",` + dm + `}`), nil},
		{"an edit", eventsAPI, event(`{"type":"message","subtype":"message_changed","hidden":true,"message":{"type":"message","user":"U1","text":"new","ts":"1.2"},"previous_message":{},"ts":"1.3",` + dm + `}`), nil},
		{"a deletion", eventsAPI, event(`{"type":"message","subtype":"message_deleted","hidden":true,"deleted_ts":"1.2","previous_message":{},"ts":"1.3",` + dm + `}`), nil},
		{"a topic", eventsAPI, event(`{"type":"message","subtype":"channel_topic","user":"U1","topic":"x","text":"x","ts":"1.2",` + group + `}`), nil},

		{"words in a channel", eventsAPI, event(`{"type":"message",` + by + `"text":"hello",` + group + `}`), nil},
		{"mention", eventsAPI, event(`{"type":"app_mention",` + by + `"text":"<@` + me + `> quiz",` + group + `}`), with(said("C1"), "/quiz")},
		{"mention, as a message", eventsAPI, event(`{"type":"message",` + by + `"text":"<@` + me + `> quiz",` + group + `}`), with(said("C1"), "/quiz")},
		{"mention of a command", eventsAPI, event(`{"type":"app_mention",` + by + `"text":"<@` + me + `> /class A7",` + group + `}`), with(said("C1"), "/class A7")},
		{"mention behind", eventsAPI, event(`{"type":"app_mention",` + by + `"text":"quiz <@` + me + `|cadre>",` + group + `}`), with(said("C1"), "/quiz")},
		{"mention alone", eventsAPI, event(`{"type":"app_mention",` + by + `"text":"<@` + me + `>",` + group + `}`), with(said("C1"), "/help")},
		{"somebody else's mention", eventsAPI, event(`{"type":"message",` + by + `"text":"<@U7> quiz",` + group + `}`), nil},
		{"reply in a thread", eventsAPI, event(`{"type":"message",` + by + `"text":"A","thread_ts":"1.1","parent_user_id":"` + me + `",` + group + `}`), reply("A")},
		{"reply to another", eventsAPI, event(`{"type":"message",` + by + `"text":"A","thread_ts":"1.1","parent_user_id":"U7",` + group + `}`), nil},
		{"sent to the channel, too", eventsAPI, event(`{"type":"message","subtype":"thread_broadcast",` + by + `"text":"A","thread_ts":"1.1","root":{"text":"q"},"parent_user_id":"` + me + `",` + group + `}`), reply("A")},

		{"tab of messages", eventsAPI, event(`{"type":"app_home_opened","user":"U1","channel":"D1","tab":"messages","event_ts":"1.2"}`), happened(bot.Open, "D1", "U1")},
		{"home tab", eventsAPI, event(`{"type":"app_home_opened","user":"U1","channel":"D1","tab":"home","event_ts":"1.2","view":{}}`), nil},
		{"joins", eventsAPI, event(`{"type":"member_joined_channel","user":"` + me + `","channel":"C1","channel_type":"C","team":"T1","inviter":"U1"}`), happened(bot.Join, "C1", "")},
		{"another joins", eventsAPI, event(`{"type":"member_joined_channel","user":"U7","channel":"C1","channel_type":"C","team":"T1"}`), nil},
		{"leaves", eventsAPI, event(`{"type":"channel_left","channel":"C1","actor_id":"U1","event_ts":"1.2"}`), happened(bot.Gone, "C1", "")},
		{"leaves a private one", eventsAPI, event(`{"type":"group_left","channel":"G1","actor_id":"U1","event_ts":"1.2"}`), happened(bot.Gone, "G1", "")},
		{"archived", eventsAPI, event(`{"type":"channel_archive","channel":"C1","user":"U1"}`), happened(bot.Gone, "C1", "")},
		{"deleted", eventsAPI, event(`{"type":"channel_deleted","channel":"C1"}`), happened(bot.Gone, "C1", "")},
		{"renamed", eventsAPI, event(`{"type":"channel_rename","channel":{"id":"C1","name":"new","created":1360782804}}`), nil},
		{"unknown", eventsAPI, event(`{"type":"brand_new","user":{"id":"U1","profile":{}},"channel":{"id":"C1"}}`), nil},
		{"rate", eventsAPI, `{"token":"x","type":"app_rate_limited","team_id":"T1","minute_rate_limited":1518467820,"api_app_id":"A1"}`, nil},

		{"press", interactive, press, &bot.Event{
			Kind: bot.Press, Chat: "D1", Sender: "U1", Data: "q:1:b", Message: "1700000001.000200",
			Seen: bot.Seen{Text: "p:D1:1700000001.000200:1700000005.000300:U1"}, Query: "p:D1:1700000001.000200:1700000005.000300:U1",
		}},
		{"press in a channel", interactive, strings.ReplaceAll(press, `"D1"`, `"C1"`), &bot.Event{
			Kind: bot.Press, Chat: "C1", Group: true, Sender: "U1", Data: "q:1:b", Message: "1700000001.000200",
			Seen: bot.Seen{Text: "p:C1:1700000001.000200:1700000005.000300:U1"}, Query: "p:C1:1700000001.000200:1700000005.000300:U1",
		}},
		{"press that opens an address", interactive, strings.Replace(press, `"action_id":"1"`, `"action_id":"open.1","url":"https://a.org"`, 1), nil},
		{"shortcut", interactive, `{"type":"shortcut","callback_id":"x","trigger_id":"1","user":{"id":"U1"},"team":{"id":"T1"}}`, nil},
		{"view", interactive, `{"type":"view_submission","user":{"id":"U1"},"view":{}}`, nil},

		{"command", commands, slash, &bot.Event{Kind: bot.Text, Chat: "C1", Group: true, Sender: "U1", Text: "/quiz", Seen: bot.Seen{Text: "c:13345224609.738474920.8088930838d88f008e0"}}},
		{"command with a slash", commands, strings.Replace(slash, `"quiz"`, `"/Quiz now"`, 1), &bot.Event{Kind: bot.Text, Chat: "C1", Group: true, Sender: "U1", Text: "/Quiz now", Seen: bot.Seen{Text: "c:13345224609.738474920.8088930838d88f008e0"}}},
		{"command alone", commands, strings.Replace(slash, `"quiz"`, `" "`, 1), &bot.Event{Kind: bot.Text, Chat: "C1", Group: true, Sender: "U1", Text: "/help", Seen: bot.Seen{Text: "c:13345224609.738474920.8088930838d88f008e0"}}},
		{"command, as a form", commands, form(slash), &bot.Event{Kind: bot.Text, Chat: "C1", Group: true, Sender: "U1", Text: "/quiz", Seen: bot.Seen{Text: "c:13345224609.738474920.8088930838d88f008e0"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.raw[0] == '{' && !json.Valid([]byte(c.raw)) {
				t.Fatalf("the payload is not JSON: %s", c.raw)
			}
			ev, ok, err := named(t).Decode(c.kind, []byte(c.raw))
			if err != nil {
				t.Fatal(err)
			}
			want(t, "means something", ok, c.want != nil)
			if c.want == nil || !ok {
				return
			}
			want(t, "raw", string(ev.Raw), c.raw)
			ev.Raw, c.want.Channel = nil, Name
			got, _ := json.Marshal(ev)
			wanted, _ := json.Marshal(c.want)
			want(t, "event", string(got), string(wanted))
		})
	}
}

// form is a command as it comes over HTTP.
func form(slash string) string {
	var fields map[string]string
	if err := json.Unmarshal([]byte(slash), &fields); err != nil {
		panic(err)
	}
	values := url.Values{}
	for name, value := range fields {
		values.Set(name, value)
	}
	return values.Encode()
}

func TestUndecodable(t *testing.T) {
	for _, c := range []struct{ name, kind, raw, seen string }{
		{"not JSON", eventsAPI, "hello", "sha256:"},
		{"empty", eventsAPI, "", "sha256:"},
		{"no identifier", eventsAPI, `{"type":"event_callback","event":{"type":"message"}}`, "sha256:"},
		{"no event", eventsAPI, `{"type":"event_callback","event_id":"Ev1"}`, "e:Ev1"},
		{"an event of another shape", eventsAPI, `{"type":"event_callback","event_id":"Ev1","event":{"type":"message","text":5}}`, "e:Ev1"},
		{"no channel", eventsAPI, event(`{"type":"message","user":"U1","ts":"1.2"}`), "e:Ev1"},
		{"no time", eventsAPI, event(`{"type":"message","user":"U1","channel":"D1"}`), "e:Ev1"},
		{"nobody", eventsAPI, event(`{"type":"message","ts":"1.2","channel":"D1"}`), "e:Ev1"},
		{"opened nowhere", eventsAPI, event(`{"type":"app_home_opened","tab":"messages"}`), "e:Ev1"},
		{"press of nothing", interactive, `{"type":"block_actions","user":{"id":"U1"},"actions":[]}`, "sha256:"},
		{"press by nobody", interactive, `{"type":"block_actions","channel":{"id":"C1"},"actions":[{}]}`, "sha256:"},
		{"press nowhere", interactive, `{"type":"block_actions","user":{"id":"U1"},"actions":[{}]}`, "sha256:"},
		{"press of another shape", interactive, `{"type":"block_actions","actions":"x"}`, "sha256:"},
		{"command by nobody", commands, `{"trigger_id":"1","channel_id":"C1"}`, "sha256:"},
		{"command without a name", commands, `user_id=U1`, "sha256:"},
		{"command that is no form", commands, `%zz=1`, "sha256:"},
		{"another kind", "workflows", `{}`, "sha256:"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ev, ok, err := named(t).Decode(c.kind, []byte(c.raw))
			if err == nil || ok {
				t.Fatalf("decoded as %+v", ev)
			}
			if !strings.HasPrefix(ev.Seen.Text, c.seen) || string(ev.Raw) != c.raw || ev.Channel != Name {
				t.Errorf("for the quarantine: %+v", ev)
			}
		})
	}
}

// Before Start the deliveries themselves say who the bot is.
func TestMentionBeforeStart(t *testing.T) {
	a := plainAdapter(t, "https://slack.com/api")
	ev, ok, err := a.Decode(eventsAPI, []byte(event(`{"type":"app_mention","user":"U1","ts":"1.2","text":"<@`+me+`> quiz","channel":"C1"}`)))
	if err != nil || !ok || ev.Text != "/quiz" {
		t.Errorf("%+v, %v, %v", ev, ok, err)
	}
}

func TestOnlySlacksAddressesAreUsed(t *testing.T) {
	a := named(t)
	for address, ok := range map[string]bool{
		"https://hooks.slack.com/actions/T1/1/abc":     true,
		"https://slack.com/x":                          true,
		"https://hooks.slack-gov.com/actions/T1/1/abc": true,
		"http://hooks.slack.com/actions/T1/1/abc":      false,
		"https://slack.com.evil.example/x":             false,
		"https://evil.example/slack.com":               false,
		"http://127.0.0.1:6379/":                       false,
		"":                                             false,
		"%":                                            false,
	} {
		want(t, address, a.replyAddress(address) != nil, ok)
	}
}

func TestStrangeAddressIsNotKept(t *testing.T) {
	a := named(t)
	ev, ok, err := a.Decode(interactive, []byte(strings.Replace(press, "hooks.slack.com", "hooks.example.org", 1)))
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	if a.replies.forAnswer(ev.Query, a.now()) != nil || a.replies.forEdit(ev.Chat, ev.Message, a.now()) != nil {
		t.Error("an answer would go to a stranger")
	}
}

// An identity is never longer than the store takes, and two are never one.
func TestLongIdentities(t *testing.T) {
	a := named(t)
	long := strings.Repeat("1", 500)
	var known []bot.Seen
	for _, end := range []string{"a", "b"} {
		ev, ok, err := a.Decode(commands, []byte(strings.Replace(slash, `"13345224609`, `"`+long+end, 1)))
		if !ok || err != nil || len(ev.Seen.Text) > 200 {
			t.Fatalf("%v, %v, %d bytes", ok, err, len(ev.Seen.Text))
		}
		known = append(known, ev.Seen)
	}
	want(t, "one", known[0] == known[1], false)
}

func TestGonePartsOfTheTokenAreTrouble(t *testing.T) {
	for inner, trouble := range map[string]bool{
		`{"type":"app_uninstalled"}`:                                   true,
		`{"type":"tokens_revoked","tokens":{"oauth":[],"bot":["U0"]}}`: true,
		`{"type":"tokens_revoked","tokens":{"oauth":["U1"],"bot":[]}}`: false,
	} {
		a := named(t)
		if _, ok, err := a.Decode(eventsAPI, []byte(event(inner))); ok || err != nil {
			t.Errorf("%s: %v, %v", inner, ok, err)
		}
		want(t, inner, a.Health().Ready(a.now()) != nil, trouble)
	}
}
