package telegramtest_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

func TestReceivesFiles(t *testing.T) {
	tg := start(t, loose())
	people(tg, 1)
	b, err := bot.New(tg.Token(), bot.WithServerURL(tg.URL()))
	if err != nil {
		t.Fatal(err)
	}
	m, err := b.SendDocument(t.Context(), &bot.SendDocumentParams{
		ChatID: int64(1), Caption: "<i>Danh sách</i>", ParseMode: models.ParseModeHTML,
		Document: &models.InputFileUpload{Filename: "lớp.csv", Data: strings.NewReader("a,b\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	want(t, "document", []any{m.Document.FileName, m.Document.FileSize, m.Caption}, []any{"lớp.csv", 4, "Danh sách"})
	again, err := b.SendDocument(t.Context(), &bot.SendDocumentParams{ChatID: int64(1), Document: &models.InputFileString{Data: m.Document.FileID}})
	if err != nil {
		t.Fatal(err)
	}
	want(t, "the same again", again.Document.FileID, m.Document.FileID)
	m, err = b.SendPhoto(t.Context(), &bot.SendPhotoParams{ChatID: int64(1), Photo: &models.InputFileString{Data: "https://example.org/map.png"}})
	if err != nil {
		t.Fatal(err)
	}
	want(t, "photo", len(m.Photo), 2)
	want(t, "a photo as a video", call(t, tg, "sendVideo", `{"chat_id":1,"video":%q}`, m.Photo[1].FileID), "400 Bad Request: can't use file of type Photo as Video")
	want(t, "a file that nobody sent", call(t, tg, "sendAudio", `{"chat_id":1,"audio":"x"}`), "400 Bad Request: wrong file identifier/HTTP URL specified")
	seen := tg.Messages(1)[0]
	want(t, "as seen", []any{seen.Text, seen.Media, seen.FileName, string(seen.File)}, []any{"Danh sách", "document", "lớp.csv", "a,b\n"})
	want(t, "edit its text", call(t, tg, "editMessageText", `{"chat_id":1,"message_id":%d,"text":"x"}`, seen.ID), "400 Bad Request: there is no text in the message to edit")
	want(t, "edit its caption", call(t, tg, "editMessageCaption", `{"chat_id":1,"message_id":%d,"caption":"x"}`, seen.ID), "ok")
	want(t, "long caption", call(t, tg, "sendPhoto", `{"chat_id":1,"photo":"p","caption":%q}`, strings.Repeat("工", 1025)), "400 Bad Request: message caption is too long")
	want(t, "no file", call(t, tg, "sendPhoto", `{"chat_id":1}`), "400 Bad Request: there is no photo in the request")
}

func TestTakesEveryKindOfBody(t *testing.T) {
	tg := start(t, loose())
	people(tg, 1)
	const boundary = "multipart/form-data; boundary=B"
	part := func(name, value string) string {
		return "--B\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n"
	}
	for name, test := range map[string]struct{ method, kind, body, want string }{
		"json":              {"sendMessage", "application/json; charset=utf-8", `{"chat_id":1,"text":"x"}`, "ok"},
		"form":              {"sendMessage", "application/x-www-form-urlencoded", "chat_id=1&text=%E5%B7%A5", "ok"},
		"multipart":         {"sendMessage", boundary, part("chat_id", "1") + part("text", "x") + "--B--\r\n", "ok"},
		"empty multipart":   {"getMe", boundary, "", "ok"},
		"letter case":       {"SENDMESSAGE", "application/json", `{"chat_id":1,"text":"x"}`, "ok"},
		"bad json":          {"sendMessage", "application/json", `{"chat_id":1,`, "400 Bad Request: object expected as JSON-encoded parameters"},
		"not UTF-8":         {"sendMessage", "application/json", "{\"chat_id\":1,\"text\":\"\xff\"}", "400 Bad Request: strings must be encoded in UTF-8"},
		"form not UTF-8":    {"sendMessage", "application/x-www-form-urlencoded", "chat_id=1&text=%FF", "400 Bad Request: strings must be encoded in UTF-8"},
		"cut multipart":     {"sendMessage", boundary, part("chat_id", "1") + part("text", "x"), "400 Bad Request: read part text: unexpected EOF"},
		"unknown method":    {"sendGift2", "application/json", `{}`, "404 Not Found: method not found"},
		"no chat":           {"sendMessage", "application/json", `{"text":"x"}`, "400 Bad Request: chat not found"},
		"name, not number":  {"sendMessage", "application/json", `{"chat_id":"@x","text":"x"}`, "400 Bad Request: chat not found"},
		"thread":            {"sendMessage", "application/json", `{"chat_id":1,"text":"x","message_thread_id":1}`, "400 Bad Request: message thread not found"},
		"command in Latin":  {"setMyCommands", "application/json", `{"commands":[{"command":"小测","description":"x"}]}`, "400 Bad Request: BOT_COMMAND_INVALID"},
		"unknown query":     {"getMe?chat_id=1", "", "", "ok"},
		"reply to nothing":  {"sendMessage", "application/json", `{"chat_id":1,"text":"x","reply_parameters":{"message_id":99}}`, "400 Bad Request: message to be replied not found"},
		"reply all the way": {"sendMessage", "application/json", `{"chat_id":1,"text":"x","reply_parameters":{"message_id":99,"allow_sending_without_reply":true}}`, "ok"},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := request(tg, test.method, test.kind, test.body)
			if err != nil {
				t.Fatal(err)
			}
			want(t, "answer", a, test.want)
			if a.ErrorCode != 0 {
				want(t, "status", a.status, a.ErrorCode)
			}
		})
	}
	resp, err := http.Get(tg.URL() + "/bot1:wrong/getMe")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	want(t, "wrong token", resp.StatusCode, 401)
}
