package slacktest

import (
	"bytes"
	"cadrebot/bot/bottest"
	"encoding/json"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"
)

// params are the arguments of every method that the fake knows; the
// others are taken and ignored, as the platform does.
type params struct {
	Token           string           `json:"-"`
	Channel         string           `json:"channel"`
	Text            string           `json:"text"`
	Blocks          json.RawMessage  `json:"blocks"`
	Attachments     json.RawMessage  `json:"attachments"`
	Mrkdwn          *bool            `json:"mrkdwn"`
	TS              string           `json:"ts"`
	ThreadTS        string           `json:"thread_ts"`
	User            string           `json:"user"`
	Users           string           `json:"users"`
	IncludeLocale   bottest.FlexBool `json:"include_locale"`
	Error           string           `json:"error"`
	Filename        string           `json:"filename"`
	Length          bottest.FlexInt  `json:"length"`
	AltText         string           `json:"alt_txt"`
	File            string           `json:"file"`
	Files           json.RawMessage  `json:"files"`
	ChannelID       string           `json:"channel_id"`
	Channels        string           `json:"channels"`
	InitialComment  string           `json:"initial_comment"`
	ResponseType    string           `json:"response_type"`
	ReplaceOriginal bottest.FlexBool `json:"replace_original"`
	DeleteOriginal  bottest.FlexBool `json:"delete_original"`

	body []byte
}

// forms are the methods that read arguments only from a form: one in JSON
// is as good as none.
var forms = map[string]bool{
	"conversations.info":         true,
	"files.getUploadURLExternal": true,
	"files.info":                 true,
	"users.info":                 true,
}

// readParams takes arguments from the query string and from a body in
// JSON, as a form or in multipart. A token counts in a form, not in JSON.
func readParams(method string, r *http.Request) (params, *refusal) {
	var p params
	kind, args := r.Header.Get("Content-Type"), map[string]string(nil)
	if kind != "application/json" { // the hot calls' own spelling
		kind, args, _ = mime.ParseMediaType(kind)
	}
	raw, err := bottest.ReadAll(http.MaxBytesReader(nil, r.Body, bottest.MaxBody), r.ContentLength)
	switch {
	case err != nil:
		return p, refused("request_timeout")
	case !utf8.Valid(raw) && kind != "multipart/form-data":
		return p, refused("invalid_charset")
	}
	p.body = raw
	if r.URL.RawQuery != "" {
		p.setAll(r.URL.Query())
	}
	switch {
	case len(raw) == 0:
	case kind == "application/json":
		if !forms[method] {
			return p, p.readJSON(raw)
		}
	case kind == "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(raw))
		if err != nil {
			return p, refused("invalid_form_data")
		}
		p.setAll(form)
	case kind == "multipart/form-data":
		form, err := multipart.NewReader(bytes.NewReader(raw), args["boundary"]).ReadForm(bottest.MaxBody)
		if err != nil {
			return p, refused("invalid_form_data")
		}
		p.setAll(form.Value)
	default:
		return p, refused("invalid_post_type")
	}
	return p, nil
}

func (p *params) readJSON(raw []byte) *refusal {
	if trimmed := bytes.TrimSpace(raw); len(trimmed) > 0 && trimmed[0] != '{' && json.Valid(trimmed) {
		if string(trimmed) == "null" {
			return nil // what a client without arguments may send
		}
		return refused("json_not_object")
	}
	if err := json.Unmarshal(raw, p); err != nil {
		if json.Valid(raw) {
			return refused("invalid_arguments")
		}
		return refused("invalid_json")
	}
	return nil
}

func (p *params) setAll(values url.Values) {
	for name := range values {
		p.set(name, values.Get(name))
	}
}

// plain are the arguments that are plain text, by name.
func (p *params) plain(name string) *string {
	switch name {
	case "token":
		return &p.Token
	case "channel":
		return &p.Channel
	case "text":
		return &p.Text
	case "ts":
		return &p.TS
	case "thread_ts":
		return &p.ThreadTS
	case "user":
		return &p.User
	case "users":
		return &p.Users
	case "error":
		return &p.Error
	case "filename":
		return &p.Filename
	case "alt_txt":
		return &p.AltText
	case "file":
		return &p.File
	case "channel_id":
		return &p.ChannelID
	case "channels":
		return &p.Channels
	case "initial_comment":
		return &p.InitialComment
	case "response_type":
		return &p.ResponseType
	}
	return nil
}

// set takes one argument that came as text; structures come as JSON in it.
func (p *params) set(name, value string) {
	if text := p.plain(name); text != nil {
		*text = value
		return
	}
	switch name {
	case "blocks":
		p.Blocks = json.RawMessage(value)
	case "attachments":
		p.Attachments = json.RawMessage(value)
	case "files":
		p.Files = json.RawMessage(value)
	case "mrkdwn":
		on := bool(bottest.ParseBool(value))
		p.Mrkdwn = &on
	case "include_locale":
		p.IncludeLocale = bottest.ParseBool(value)
	case "length":
		p.Length = bottest.ParseInt(value)
	case "replace_original":
		p.ReplaceOriginal = bottest.ParseBool(value)
	case "delete_original":
		p.DeleteOriginal = bottest.ParseBool(value)
	}
}

// token is the token of a call: in its header, or in its form.
func token(r *http.Request, p *params) string {
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return token
	}
	return p.Token
}
