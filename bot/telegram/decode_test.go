package telegram

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"cadrebot/bot"
)

const (
	anna    = `{"id":7,"is_bot":false,"first_name":"Anna","last_name":"Trần","language_code":"vi"}`
	private = `{"id":7,"type":"private","first_name":"Anna"}`
	group   = `{"id":-5,"type":"group","title":"工会"}`
	super   = `{"id":-1005,"type":"supergroup","title":"工会"}`
	me      = `{"id":42,"is_bot":true,"first_name":"Cadre","username":"CadreBot"}`
)

func named(t testing.TB) *Adapter {
	t.Helper()
	a, err := New(Config{Token: "42:secret"})
	if err != nil {
		t.Fatal(err)
	}
	name := "CadreBot"
	a.user.Store(&name)
	return a
}

func TestDecode(t *testing.T) {
	person := bot.Event{Kind: bot.Text, Chat: "7", Sender: "7", Lang: "vi", Name: "Anna Trần"}
	inGroup := bot.Event{Kind: bot.Text, Chat: "-5", Group: true, Sender: "7", Lang: "vi", Name: "工会"}
	with := func(ev bot.Event, change func(*bot.Event)) *bot.Event { change(&ev); return &ev }
	text := func(ev bot.Event, s string) *bot.Event { ev.Text = s; return &ev }
	said := func(chat, rest string) string {
		return `"message":{"message_id":3,"from":` + anna + `,"chat":` + chat + `,"date":1,` + rest + `}`
	}
	moved := func(chat, before, now string) string {
		return `"my_chat_member":{"chat":` + chat + `,"from":` + anna + `,"date":1,"old_chat_member":{"user":` + me +
			`,"status":"` + before + `"},"new_chat_member":{"user":` + me + `,"status":"` + now + `","is_member":true}}`
	}
	join, gone := person, person
	join.Kind, gone.Kind = bot.Join, bot.Gone
	groupJoin, groupGone := inGroup, inGroup
	groupJoin.Kind, groupGone.Kind = bot.Join, bot.Gone

	for _, c := range []struct {
		name, raw string
		want      *bot.Event // nil: ignored
	}{
		{"text", said(private, `"text":"câu hỏi"`), text(person, "câu hỏi")},
		{"start with a code", said(private, `"text":"/start AB_c-1","entities":[{"type":"bot_command","offset":0,"length":6}]`), text(person, "/start AB_c-1")},
		{"command with the bot's name", said(private, `"text":"/start@cadrebot AB"`), text(person, "/start AB")},
		{"another bot's command in private", said(private, `"text":"/quiz@other"`), text(person, "/quiz")},
		{"contact", said(private, `"contact":{"phone_number":"1"}`), text(person, "")},
		{"photo with words", said(private, `"photo":[{"file_id":"x"}],"caption":"/quiz"`), text(person, "")},
		{"kinds that the models do not know", said(private, `"text":"hi","forward_origin":{"type":"from Mars"},"gift":{"type":7}`), text(person, "hi")},
		{"pinned", said(private, `"pinned_message":{"message_id":1}`), nil},
		{"null content", said(private, `"photo":null`), nil},
		{"edited", `"edited_message":{"message_id":3,"from":` + anna + `,"chat":` + private + `,"text":"x"}`, nil},
		{"channel", said(`{"id":-1009,"type":"channel","title":"x"}`, `"text":"/quiz"`), nil},
		{"inline query", `"inline_query":{"id":"1"}`, nil},

		{"group command", said(group, `"text":"/class@CadreBot bind"`), text(inGroup, "/class bind")},
		{"another bot's command", said(group, `"text":"/class@OtherBot"`), nil},
		{"group talk", said(group, `"text":"hello"`), nil},
		{"group photo", said(group, `"photo":[]`), nil},
		{"reply to the bot", said(group, `"text":"B","reply_to_message":{"message_id":1,"from":`+me+`,"chat":`+group+`}`),
			with(inGroup, func(ev *bot.Event) { ev.Text, ev.Reply = "B", true })},
		{"reply to a person", said(group, `"text":"B","reply_to_message":{"message_id":1,"from":`+anna+`,"chat":`+group+`}`), nil},
		{"another bot", `"message":{"message_id":3,"from":{"id":9,"is_bot":true},"chat":` + group + `,"text":"/quiz"}`, nil},
		{"administrator without a name", `"message":{"message_id":3,"from":{"id":1087968824,"is_bot":true,"first_name":"Group"},"sender_chat":` + super +
			`,"chat":` + super + `,"text":"/quiz"}`, &bot.Event{Kind: bot.Text, Chat: "-1005", Group: true, Sender: "-1005", Name: "工会", Text: "/quiz"}},
		{"forward from a linked channel", `"message":{"message_id":3,"from":{"id":777000},"sender_chat":{"id":-9,"type":"channel"},"is_automatic_forward":true,"chat":` + super + `,"text":"/quiz"}`, nil},
		{"new members", said(group, `"new_chat_members":[`+me+`]`), nil},
		{"migrated to", said(group, `"migrate_to_chat_id":-1005`), with(inGroup, func(ev *bot.Event) { ev.Kind, ev.Text = bot.Migrate, "-1005" })},
		{"migrated from", said(super, `"migrate_from_chat_id":-5`), nil},

		{"press", `"callback_query":{"id":"99","from":` + anna + `,"message":{"message_id":12,"from":` + me + `,"chat":` + private + `,"date":5,"text":"q"},"chat_instance":"1","data":"q:1:a"}`,
			with(person, func(ev *bot.Event) { ev.Kind, ev.Message, ev.Query, ev.Data = bot.Press, "12", "99", "q:1:a" })},
		{"press in a group", `"callback_query":{"id":"99","from":` + anna + `,"message":{"message_id":12,"chat":` + group + `,"date":5},"data":"a"}`,
			with(inGroup, func(ev *bot.Event) { ev.Kind, ev.Message, ev.Query, ev.Data = bot.Press, "12", "99", "a" })},
		{"press of a message out of sight", `"callback_query":{"id":"99","from":` + anna + `,"message":{"message_id":12,"chat":` + private + `,"date":0},"data":"a"}`,
			with(person, func(ev *bot.Event) { ev.Kind, ev.Message, ev.Query, ev.Data = bot.Press, "12", "99", "a" })},
		{"press of a message without its chat", `"callback_query":{"id":"99","from":` + anna + `,"data":"a"}`,
			with(person, func(ev *bot.Event) { ev.Kind, ev.Query, ev.Data = bot.Press, "99", "a" })},
		{"game", `"callback_query":{"id":"99","from":` + anna + `,"game_short_name":"x"}`,
			with(person, func(ev *bot.Event) { ev.Kind, ev.Query = bot.Press, "99" })}, // to be answered

		{"unblocked", moved(private, "kicked", "member"), &join},
		{"blocked", moved(private, "member", "kicked"), &gone},
		{"added to a group", moved(group, "left", "member"), &groupJoin},
		{"made administrator", moved(group, "member", "administrator"), nil},
		{"added as an administrator", moved(group, "kicked", "administrator"), &groupJoin},
		{"restricted", moved(group, "member", "restricted"), nil},
		{"thrown out", moved(group, "administrator", "kicked"), &groupGone},
		{"left", moved(group, "member", "left"), &groupGone},
	} {
		t.Run(c.name, func(t *testing.T) {
			raw := []byte(`{"update_id":1001,` + c.raw + `}`)
			if !json.Valid(raw) {
				t.Fatal("the payload is not JSON")
			}
			ev, ok, err := named(t).Decode(raw)
			if err != nil || ok != (c.want != nil) {
				t.Fatalf("got %+v, %v, %v", ev, ok, err)
			}
			if ev.Seen != (bot.Seen{Number: 1001}) || ev.Channel != Name || string(ev.Raw) != string(raw) {
				t.Errorf("identity: %v %q %q", ev.Seen, ev.Channel, ev.Raw)
			}
			if ev.Seen, ev.Channel, ev.Raw = (bot.Seen{}), "", nil; ok && !reflect.DeepEqual(ev, *c.want) {
				t.Errorf("\n got %+v\nwant %+v", ev, *c.want)
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	for raw, seen := range map[string]int64{
		`{"update_id":8,"message":{"message_id":"three"}}`: 8,
		`{"update_id":8,"message":{"message_id":1}}`:       8,
		`{"update_id":8,"callback_query":{"data":"x"}}`:    8,
		`{"message":[],"update_id":8}`:                     8,
		`{"update_id":8,"message":{"text":"\u00`:           8,
		`{"update_id":"eight"}`:                            0,
		`{}`:                                               0,
		`[1]`:                                              0,
		``:                                                 0,
	} {
		ev, ok, err := named(t).Decode([]byte(raw))
		if err == nil || ok {
			t.Errorf("%s became %+v", raw, ev)
		}
		if ev.Seen.Number != seen || ev.Seen.IsZero() || len(ev.Seen.Text) > 200 || string(ev.Raw) != raw {
			t.Errorf("%s is known as %+v, raw %q", raw, ev.Seen, ev.Raw)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(`{"update_id":1,"message":{"message_id":3,"from":` + anna + `,"chat":` + group + `,"text":"/quiz@x y"}}`)
	f.Add(`{"update_id":1,"callback_query":{"id":"9","from":` + anna + `,"message":{"message_id":1,"chat":` + private + `},"data":"a"}}`)
	f.Add(`{"update_id":1,"my_chat_member":{"chat":` + group + `,"new_chat_member":{"status":"kicked"}}}`)
	f.Add(`{"update_id":-1,"message":null}`)
	a := named(f)
	f.Fuzz(func(t *testing.T, raw string) {
		ev, ok, err := a.Decode([]byte(raw))
		switch {
		case ok && err != nil:
			t.Error("an event and an error")
		case ev.Seen.IsZero() || ev.Channel != Name:
			t.Errorf("no identity: %+v", ev)
		case ok && (ev.Chat == "" || ev.Sender == "" || ev.Kind == ""):
			t.Errorf("an event from nowhere: %+v", ev)
		case ok && ev.Group != strings.HasPrefix(ev.Chat, "-"):
			t.Errorf("group and address differ: %+v", ev)
		}
		list, err := updates([]byte(`{"ok":true,"result":[` + raw + `]}`))
		if json.Valid([]byte(raw)) && (err != nil || len(list) != 1) {
			t.Errorf("a batch of one came apart as %d, %v", len(list), err)
		}
	})
}
