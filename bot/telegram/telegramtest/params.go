package telegramtest

import (
	"cadrebot/bot/bottest"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"unicode/utf8"
)

// params are the parameters of every method that the fake knows; the others
// are taken and ignored, as the platform does.
type params struct {
	ChatID          bottest.FlexInt `json:"chat_id"`
	UserID          bottest.FlexInt `json:"user_id"`
	MessageID       bottest.FlexInt `json:"message_id"`
	MessageThreadID bottest.FlexInt `json:"message_thread_id"`
	Text            string          `json:"text"`
	Caption         string          `json:"caption"`
	ParseMode       string          `json:"parse_mode"`
	ReplyMarkup     json.RawMessage `json:"reply_markup"`
	ReplyParameters json.RawMessage `json:"reply_parameters"`
	Photo           string          `json:"photo"`
	Audio           string          `json:"audio"`
	Video           string          `json:"video"`
	Document        string          `json:"document"`
	Action          string          `json:"action"`

	CallbackQueryID string           `json:"callback_query_id"`
	ShowAlert       bottest.FlexBool `json:"show_alert"`

	Offset             bottest.FlexInt  `json:"offset"`
	Limit              bottest.FlexInt  `json:"limit"`
	Timeout            bottest.FlexInt  `json:"timeout"`
	AllowedUpdates     json.RawMessage  `json:"allowed_updates"`
	URL                string           `json:"url"`
	SecretToken        string           `json:"secret_token"`
	MaxConnections     bottest.FlexInt  `json:"max_connections"`
	DropPendingUpdates bottest.FlexBool `json:"drop_pending_updates"`

	Commands         json.RawMessage `json:"commands"`
	Scope            json.RawMessage `json:"scope"`
	LanguageCode     string          `json:"language_code"`
	Description      string          `json:"description"`
	ShortDescription string          `json:"short_description"`
	MenuButton       json.RawMessage `json:"menu_button"`

	files map[string]upload
}

type upload struct {
	name string
	data []byte
}

var errNotUTF8 = errors.New("strings must be encoded in UTF-8")

// readParams takes parameters from the query string and from a body in JSON,
// as a form, or in multipart, with or without a Content-Length, empty or not.
func readParams(r *http.Request) (params, error) {
	var p params
	if r.URL.RawQuery != "" {
		if err := p.setAll(r.URL.Query()); err != nil {
			return p, err
		}
	}
	kind, args := r.Header.Get("Content-Type"), map[string]string(nil)
	if kind != "application/json" { // the hot calls' own spelling
		kind, args, _ = mime.ParseMediaType(kind)
	}
	body := http.MaxBytesReader(nil, r.Body, bottest.MaxBody)
	if kind == "multipart/form-data" {
		return p, p.readMultipart(multipart.NewReader(body, args["boundary"]))
	}
	raw, err := bottest.ReadAll(body, r.ContentLength)
	switch {
	case err != nil:
		return p, fmt.Errorf("read the body: %w", err)
	case !utf8.Valid(raw):
		return p, errNotUTF8
	case len(raw) == 0:
		return p, nil
	case kind == "application/json":
		if err := json.Unmarshal(raw, &p); err != nil {
			return p, errors.New("object expected as JSON-encoded parameters")
		}
	case kind == "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(raw))
		if err != nil {
			return p, errors.New("can't parse the form")
		}
		return p, p.setAll(form)
	}
	return p, nil
}

func (p *params) readMultipart(parts *multipart.Reader) error {
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		// An empty body ends before its first boundary: a client without
		// parameters may send that. After a part only the last boundary ends it.
		if err == io.EOF || n == 0 && errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read a part: %w", err)
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return fmt.Errorf("read part %s: %w", part.FormName(), err)
		}
		if part.FileName() != "" {
			if p.files == nil {
				p.files = map[string]upload{}
			}
			p.files[part.FormName()] = upload{name: part.FileName(), data: data}
			continue
		}
		if !utf8.Valid(data) {
			return errNotUTF8
		}
		p.set(part.FormName(), string(data))
	}
}

func (p *params) setAll(values url.Values) error {
	for name := range values {
		value := values.Get(name)
		if !utf8.ValidString(value) {
			return errNotUTF8
		}
		p.set(name, value)
	}
	return nil
}

// named is what names a file that is not uploaded, by its field.
func (p *params) named(field string) *string {
	switch field {
	case "photo":
		return &p.Photo
	case "audio":
		return &p.Audio
	case "video":
		return &p.Video
	}
	return &p.Document
}

// set takes one parameter that came as text; structures come as JSON in it.
func (p *params) set(name, value string) {
	switch name {
	case "chat_id":
		p.ChatID = bottest.ParseInt(value)
	case "user_id":
		p.UserID = bottest.ParseInt(value)
	case "message_id":
		p.MessageID = bottest.ParseInt(value)
	case "message_thread_id":
		p.MessageThreadID = bottest.ParseInt(value)
	case "text":
		p.Text = value
	case "caption":
		p.Caption = value
	case "parse_mode":
		p.ParseMode = value
	case "reply_markup":
		p.ReplyMarkup = json.RawMessage(value)
	case "reply_parameters":
		p.ReplyParameters = json.RawMessage(value)
	case "photo", "audio", "video", "document":
		*p.named(name) = value
	case "action":
		p.Action = value
	case "callback_query_id":
		p.CallbackQueryID = value
	case "show_alert":
		p.ShowAlert = bottest.ParseBool(value)
	case "offset":
		p.Offset = bottest.ParseInt(value)
	case "limit":
		p.Limit = bottest.ParseInt(value)
	case "timeout":
		p.Timeout = bottest.ParseInt(value)
	case "allowed_updates":
		p.AllowedUpdates = json.RawMessage(value)
	case "url":
		p.URL = value
	case "secret_token":
		p.SecretToken = value
	case "max_connections":
		p.MaxConnections = bottest.ParseInt(value)
	case "drop_pending_updates":
		p.DropPendingUpdates = bottest.ParseBool(value)
	case "commands":
		p.Commands = json.RawMessage(value)
	case "scope":
		p.Scope = json.RawMessage(value)
	case "language_code":
		p.LanguageCode = value
	case "description":
		p.Description = value
	case "short_description":
		p.ShortDescription = value
	case "menu_button":
		p.MenuButton = json.RawMessage(value)
	}
}
