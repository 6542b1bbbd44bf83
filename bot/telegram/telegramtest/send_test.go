package telegramtest_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"cadrebot/bot/bottest"
	"cadrebot/bot/telegram/telegramtest"

	"github.com/go-telegram/bot/models"
)

func TestJudgesTexts(t *testing.T) {
	tg := start(t, loose())
	people(tg, 1)
	for name, test := range map[string]struct{ mode, text, want, seen string }{
		"plain":            {"", "你好 <b>", "ok", "你好 <b>"},
		"trimmed":          {"", "\n a b \n", "ok", "a b"},
		"formatted":        {"HTML", "<b>Đúng</b> &lt;3 &amp; <a href=\"http://x.vn\">x</a>", "ok", "Đúng <3 & x"},
		"nested":           {"html", "<b>1<i>2</i></b><tg-spoiler>3</tg-spoiler><blockquote expandable>4</blockquote>", "ok", "1234"},
		"numeric escape":   {"HTML", "&#20320;&#x597D; &nbsp; &", "ok", "你好 &nbsp; &"},
		"4096":             {"", strings.Repeat("工", 4096), "ok", strings.Repeat("工", 4096)},
		"4096 seen":        {"HTML", "<b>" + strings.Repeat("&lt;", 4096) + "</b>", "ok", strings.Repeat("<", 4096)},
		"4097":             {"", strings.Repeat("工", 4097), "400 Bad Request: message is too long", ""},
		"pairs count two":  {"", strings.Repeat("😀", 2049), "400 Bad Request: message is too long", ""},
		"empty":            {"", "", "400 Bad Request: message text is empty", ""},
		"blank":            {"", " \n", "400 Bad Request: text must be non-empty", ""},
		"only tags":        {"HTML", "<b></b>", "400 Bad Request: text must be non-empty", ""},
		"unknown tag":      {"HTML", "a<p>b</p>", `400 Bad Request: can't parse entities: Unsupported start tag "p" at byte offset 1`, ""},
		"less than":        {"HTML", "1 <2", `400 Bad Request: can't parse entities: Unclosed start tag at byte offset 2`, ""},
		"less than, later": {"HTML", "1 < 2 > 1", `400 Bad Request: can't parse entities: Unsupported start tag "" at byte offset 2`, ""},
		"not closed":       {"HTML", "<b>a", `400 Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`, ""},
		"crossed":          {"HTML", "<b><i>a</b></i>", `400 Bad Request: can't parse entities: Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`, ""},
		"closed too often": {"HTML", "a</b>", `400 Bad Request: can't parse entities: Unexpected end tag at byte offset 1`, ""},
		"plain span":       {"HTML", "<span>a</span>", `400 Bad Request: can't parse entities: Tag "span" must have class "tg-spoiler" at byte offset 0`, ""},
		"other mode":       {"MarkdownV2", "a", "400 Bad Request: unsupported parse_mode", ""},
	} {
		t.Run(name, func(t *testing.T) {
			body, _ := json.Marshal(map[string]any{"chat_id": 1, "text": test.text, "parse_mode": test.mode})
			a := call(t, tg, "sendMessage", "%s", body)
			want(t, "answer", a, test.want)
			if a.OK {
				last, _ := tg.Last(1)
				want(t, "seen", last.Text, test.seen)
			}
		})
	}
}

func TestAnswersWithTheFormattedMessage(t *testing.T) {
	tg := start(t, loose())
	people(tg, 1)
	a := call(t, tg, "sendMessage", `{"chat_id":"1","parse_mode":"HTML",
		"text":" 😀<b>ab</b> <a href='https://x.vn/?a=1&amp;b=2'>c</a>\n<pre><code class=\"language-go\">d</code></pre>",
		"reply_markup":{"inline_keyboard":[[{"text":"A","callback_data":"a","copy_text":{"text":""}},{"text":"site","url":"https://x.vn","copy_text":{"text":""}}]]}}`)
	var m models.Message
	if err := json.Unmarshal(a.Result, &m); err != nil {
		t.Fatal(err)
	}
	want(t, "text", m.Text, "😀ab c\nd")
	want(t, "from", []any{m.From.ID, m.From.IsBot, m.From.Username}, []any{tg.BotID(), true, tg.Username()})
	var entities []string
	for _, e := range m.Entities {
		raw, _ := json.Marshal(e)
		entities = append(entities, string(raw))
	}
	want(t, "entities", strings.Join(entities, "\n"), `{"type":"bold","offset":2,"length":2}
{"type":"text_link","offset":5,"length":1,"url":"https://x.vn/?a=1\u0026b=2"}
{"type":"pre","offset":7,"length":1,"language":"go"}`)
	buttons := m.ReplyMarkup.InlineKeyboard
	want(t, "buttons", []any{buttons[0][0].Text, buttons[0][0].CallbackData, buttons[0][1].URL}, []any{"A", "a", "https://x.vn"})
}

func TestJudgesButtons(t *testing.T) {
	tg := start(t, loose())
	people(tg, 1)
	for name, test := range map[string]struct{ button, want string }{
		"64 bytes":           {`{"text":"a","callback_data":"` + strings.Repeat("d", 64) + `"}`, "ok"},
		"65 bytes":           {`{"text":"a","callback_data":"` + strings.Repeat("d", 65) + `"}`, "400 Bad Request: BUTTON_DATA_INVALID"},
		"bytes, not letters": {`{"text":"a","callback_data":"` + strings.Repeat("工", 22) + `"}`, "400 Bad Request: BUTTON_DATA_INVALID"},
		"empty data":         {`{"text":"a","callback_data":"","copy_text":{"text":""}}`, "400 Bad Request: BUTTON_DATA_INVALID"},
		"no action":          {`{"text":"a","copy_text":{"text":""}}`, "400 Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"},
		"no label":           {`{"callback_data":"a"}`, `400 Bad Request: can't parse inline keyboard button: Field "text" must be non-empty`},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, "answer", call(t, tg, "sendMessage", `{"chat_id":1,"text":"x","reply_markup":{"inline_keyboard":[[%s]]}}`, test.button), test.want)
		})
	}
	want(t, "markup as a string", call(t, tg, "sendMessage", `{"chat_id":1,"text":"x","reply_markup":%q}`, `{"inline_keyboard":[[{"text":"b","callback_data":"d"}]]}`), "ok")
	last, _ := tg.Last(1)
	want(t, "its button", last.Buttons, [][]telegramtest.Button{{{Text: "b", Data: "d"}}})
}

func TestEdits(t *testing.T) {
	c := bottest.NewClock()
	opts := loose()
	opts.Now = c.Now
	tg := start(t, opts)
	people(tg, 1)
	call(t, tg, "sendMessage", `{"chat_id":1,"text":"q","reply_markup":{"inline_keyboard":[[{"text":"A","callback_data":"a"}]]}}`)
	tg.Say(1, "mine")
	id, theirs := tg.Messages(1)[0].ID, tg.Messages(1)[1].ID
	edit := func(id int, text, more string) string {
		return call(t, tg, "editMessageText", `{"chat_id":1,"message_id":%d,"text":%q%s}`, id, text, more).String()
	}
	same := "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"
	want(t, "same text and buttons", edit(id, "q", `,"reply_markup":{"inline_keyboard":[[{"text":"A","callback_data":"a"}]]}`), same)
	c.Move(time.Minute)
	want(t, "same text, buttons gone", edit(id, "q", ""), "ok")
	want(t, "same again", edit(id, "q", ""), same)
	want(t, "formatting only", call(t, tg, "editMessageText", `{"chat_id":1,"message_id":%d,"text":"<b>q</b>","parse_mode":"HTML"}`, id), "ok")
	want(t, "buttons only", call(t, tg, "editMessageReplyMarkup", `{"chat_id":1,"message_id":%d,"reply_markup":{"inline_keyboard":[[{"text":"B","callback_data":"b"}]]}}`, id), "ok")
	want(t, "a person's message", edit(theirs, "x", ""), "400 Bad Request: message can't be edited")
	want(t, "no such message", edit(999, "x", ""), "400 Bad Request: message to edit not found")

	m := tg.Messages(1)[0]
	want(t, "as it is now", []any{m.Text, m.Buttons[0][0].Text, m.Edits, m.EditDate.Sub(m.Date)}, []any{"q", "B", 3, time.Minute})

	want(t, "delete", call(t, tg, "deleteMessage", `{"chat_id":1,"message_id":%d}`, id), "ok")
	want(t, "delete again", call(t, tg, "deleteMessage", `{"chat_id":1,"message_id":%d}`, id), "400 Bad Request: message to delete not found")
	send(t, tg, 1, "old")
	last, _ := tg.Last(1)
	c.Move(48*time.Hour + time.Second)
	want(t, "delete too late", call(t, tg, "deleteMessage", `{"chat_id":1,"message_id":%d}`, last.ID), "400 Bad Request: message can't be deleted for everyone")
	want(t, "edit is never too late", edit(last.ID, "new", ""), "ok")
}

func TestRefusesWhereTheBotMayNotWrite(t *testing.T) {
	tg := start(t, loose())
	tg.AddUser(telegramtest.User{ID: 1})
	for id := int64(2); id <= 4; id++ {
		tg.Say(id, "hi")
	}
	tg.Block(2)
	tg.Deactivate(3)
	tg.Block(4)
	tg.Unblock(4)
	for id := int64(-4); id <= -1; id++ {
		tg.AddGroup(telegramtest.Group{ID: id, Title: "g", Supergroup: id == -2})
		tg.Join(id, 4)
	}
	tg.Kick(-1, 4)
	tg.Kick(-2, 4)
	want(t, "leave", call(t, tg, "leaveChat", `{"chat_id":-3}`), "ok")
	moved := tg.Migrate(-4, 4)
	for chat, text := range map[int64]string{
		99: "400 Bad Request: chat not found",
		1:  "403 Forbidden: bot can't initiate conversation with a user",
		2:  "403 Forbidden: bot was blocked by the user",
		3:  "403 Forbidden: user is deactivated",
		4:  "ok",
		-1: "403 Forbidden: bot was kicked from the group chat",
		-2: "403 Forbidden: bot was kicked from the supergroup chat",
		-3: "403 Forbidden: bot is not a member of the group chat",
		-4: "400 Bad Request: group chat was upgraded to a supergroup chat",
	} {
		a := send(t, tg, chat, "x")
		want(t, "send", a, text)
		if chat == -4 {
			want(t, "new id", a.Parameters.MigrateTo, moved)
		}
	}
	want(t, "in the supergroup", send(t, tg, moved, "x"), "ok")
	want(t, "member", string(call(t, tg, "getChatMember", `{"chat_id":%d,"user_id":%d}`, moved, tg.BotID()).Result[:18]), `{"status":"member"`)
}

func TestAnswersOnlyPressesThatWait(t *testing.T) {
	c := bottest.NewClock()
	opts := loose()
	opts.Now = c.Now
	tg := start(t, opts)
	people(tg, 1)
	reply := func(id string) string {
		return call(t, tg, "answerCallbackQuery", `{"callback_query_id":%q,"text":"Đúng","show_alert":true}`, id).String()
	}
	tooOld := "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
	want(t, "unknown", reply("12"), tooOld)
	tg.Press(1, 5, "a")
	id := lastQuery(t, tg)
	want(t, "first", reply(id), "ok")
	want(t, "second", reply(id), tooOld)
	got := tg.CallsOf("answerCallbackQuery")[0]
	want(t, "recorded", []any{got.ChatID, got.UserID, got.MessageID, got.Text, got.Alert, got.QueryID}, []any{1, 1, 5, "Đúng", true, id})
	tg.Press(1, 5, "a")
	id = lastQuery(t, tg)
	c.Move(150 * time.Second)
	want(t, "too late", reply(id), tooOld)
}
