package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"strings"

	"cadrebot/bot"
	"cadrebot/bot/wire"
)

// sendRef sends a file by its address on the web or by the name that the
// platform gave it.
func (a *Adapter) sendRef(ctx context.Context, out bot.Outgoing, w way, ref string, p bot.Part) bot.Outcome {
	return a.attempt(out, func(plain bool) (string, error) {
		request := wire.Take()
		writeMedia(request, out.Chat, w.field, ref, p, plain)
		return a.call(ctx, w.method, request, postHeader, messageID)
	})
}

// upload sends a file with its bytes, and returns the name that the platform
// gave it.
func (a *Adapter) upload(ctx context.Context, out bot.Outgoing, w way, p bot.Part) (o bot.Outcome, id string) {
	o = a.attempt(out, func(plain bool) (string, error) {
		body, kind, err := form(out.Chat, w.field, p, plain)
		if err != nil {
			return "", err
		}
		header := http.Header{"Content-Type": {kind}, "User-Agent": postHeader["User-Agent"]}
		return a.call(ctx, w.method, body, header, func(answer []byte) (string, error) {
			id = fileID(answer)
			return messageID(answer)
		})
	})
	return o, id
}

// form is a file with its parameters as a browser would send them.
func form(chat, field string, p bot.Part, plain bool) (body *bytes.Buffer, kind string, err error) {
	body = &bytes.Buffer{}
	body.Grow(len(p.Media.Data) + 4<<10)
	w := multipart.NewWriter(body)
	set := func(name, value string) {
		if err == nil && value != "" {
			err = w.WriteField(name, value)
		}
	}
	set("chat_id", chat)
	head, rest := strings.ToValidUTF8(p.Text[:p.Bold], "\uFFFD"), strings.ToValidUTF8(p.Text[p.Bold:], "\uFFFD")
	if !plain && p.Text != "" {
		set("parse_mode", "HTML")
		rest = html.EscapeString(rest)
		if head != "" {
			head = "<b>" + html.EscapeString(head) + "</b>"
		}
	}
	set("caption", head+rest)
	if len(p.Buttons) > 0 {
		var keyboard bytes.Buffer
		writeKeyboard(&keyboard, p.Buttons)
		set("reply_markup", strings.TrimPrefix(keyboard.String(), `,"reply_markup":`))
	}
	if err != nil {
		return nil, "", fmt.Errorf("telegram: write a form: %w", err)
	}
	file, err := w.CreateFormFile(field, p.Media.FileName())
	if err == nil {
		_, err = file.Write(p.Media.Data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, "", fmt.Errorf("telegram: write a form: %w", err)
	}
	return body, w.FormDataContentType(), nil
}

// fileID reads the name that the platform gave a file out of the message that
// it echoes; "" where there is none. Of a photo's sizes the last is the whole.
func fileID(answer []byte) string {
	type file struct {
		ID string `json:"file_id"`
	}
	var sent struct {
		Result struct {
			Photo                             []file
			Audio, Video, Animation, Document *file
		} `json:"result"`
	}
	if json.Unmarshal(answer, &sent) != nil {
		return ""
	}
	r := sent.Result
	if n := len(r.Photo); n > 0 {
		return r.Photo[n-1].ID
	}
	for _, f := range []*file{r.Audio, r.Video, r.Animation, r.Document} {
		if f != nil {
			return f.ID
		}
	}
	return ""
}
