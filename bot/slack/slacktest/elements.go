package slacktest

import (
	"cadrebot/bot/bottest"
	"encoding/json"
	"strconv"
	"strings"
)

type text struct {
	Type string  `json:"type"`
	Text *string `json:"text"`
}

type element struct {
	Type     string          `json:"type"`
	ActionID *string         `json:"action_id"`
	Text     json.RawMessage `json:"text"`
	Value    string          `json:"value"`
	URL      string          `json:"url"`
	Style    string          `json:"style"`
	image
}

// textObject reads a text and returns what a person sees of it.
func (r *reader) textObject(at string, raw json.RawMessage, least, most int, plainOnly bool) string {
	var t text
	if len(raw) == 0 {
		r.breach(strings.TrimSuffix(at, "/text"), "missing required field: text")
		return ""
	}
	if err := json.Unmarshal(raw, &t); err != nil {
		r.breach(at, "must provide an object")
		return ""
	}
	if t.Type != "plain_text" && (plainOnly || t.Type != "mrkdwn") {
		r.breach(at+"/type", "unsupported type: %s", t.Type)
	}
	if t.Text == nil {
		r.breach(at, "missing required field: text")
		return ""
	}
	r.bound(at+"/text", *t.Text, least, most)
	r.text += bottest.UTF16Len(*t.Text)
	if t.Type == "mrkdwn" {
		return r.s.readMrkdwn(*t.Text)
	}
	return *t.Text
}

func (r *reader) say(text string) {
	if text == "" {
		return
	}
	if r.shown.text != "" {
		r.shown.text += "\n"
	}
	r.shown.text += text
}

func (r *reader) section(at, id string, b *block) {
	if len(b.Text) == 0 && len(b.Fields) == 0 {
		r.breach(at, "missing required field: text")
		return
	}
	if len(b.Text) > 0 {
		r.say(r.textObject(at+"/text", b.Text, 1, maxSection, false))
	}
	r.list(at+"/fields", len(b.Fields), 0, maxFields)
	for i, field := range b.Fields {
		r.say(r.textObject(at+"/fields/"+strconv.Itoa(i), field, 1, maxField, false))
	}
	if len(b.Accessory) > 0 {
		r.element(at+"/accessory", id, b.Accessory)
	}
}

func (r *reader) context(at string, b *block) {
	r.list(at+"/elements", len(b.Elements), 1, maxContext)
	var line []string
	for i, raw := range b.Elements {
		here := at + "/elements/" + strconv.Itoa(i)
		var e element
		if err := json.Unmarshal(raw, &e); err == nil && e.Type == "image" {
			r.image(here, &e.image)
			continue
		}
		line = append(line, r.textObject(here, raw, 1, maxSection, false))
	}
	r.say(strings.Join(line, " "))
}

func (r *reader) image(at string, m *image) {
	shown := File{URL: m.ImageURL}
	switch {
	case m.ImageURL != "":
		r.bound(at+"/image_url", m.ImageURL, 1, maxURL)
	case m.File.ID != "" || m.File.URL != "":
		shown = r.s.sharedFile(m.File.ID, m.File.URL)
		if shown.ID == "" {
			r.breach(at+"/slack_file", "invalid slack file")
		}
	default:
		r.breach(at, "missing required field: image_url")
	}
	if m.AltText == nil {
		r.breach(at, "missing required field: alt_text")
	} else {
		r.bound(at+"/alt_text", *m.AltText, 0, maxAlt)
		shown.Alt = *m.AltText
	}
	r.shown.images = append(r.shown.images, shown)
}

// element reads what can be pressed. Elements other than buttons and images
// are taken without being looked at.
func (r *reader) element(at, block string, raw json.RawMessage) {
	var e element
	if err := json.Unmarshal(raw, &e); err != nil {
		r.breach(at, "failed to match all allowed schemas")
		return
	}
	id := ""
	if e.ActionID != nil {
		id = *e.ActionID
		r.bound(at+"/action_id", id, 1, maxID)
	}
	if id == "" {
		id = "a" + strconv.FormatUint(r.s.blockNo.Add(1), 36)
	} else if r.actions[id] {
		r.breach(at+"/action_id", "`action_id` %q already exists", id)
	}
	if r.actions == nil {
		r.actions = map[string]bool{}
	}
	r.actions[id] = true
	switch e.Type {
	case "button":
	case "image":
		r.image(at, &e.image)
		return
	case "":
		r.breach(at, "missing required field: type")
		return
	default:
		return
	}
	label := r.textObject(at+"/text", e.Text, 1, maxLabel, true)
	r.bound(at+"/value", e.Value, 0, maxValue)
	r.bound(at+"/url", e.URL, 0, maxURL)
	if e.Style != "" && e.Style != "primary" && e.Style != "danger" {
		r.breach(at+"/style", "must be one of the allowed values: primary, danger")
	}
	r.row = append(r.row, Button{
		Label: label, ActionID: id, BlockID: block, Value: e.Value, URL: e.URL, Style: e.Style,
	})
}

// richText shows the text of a rich_text block; its styles are not kept.
func (r *reader) richText(elements []json.RawMessage) {
	var lines []string
	for _, raw := range elements {
		if line := richLine(raw); line != "" {
			lines = append(lines, line)
		}
	}
	text := strings.Join(lines, "\n")
	r.text += bottest.UTF16Len(text)
	r.say(text)
}

func richLine(raw json.RawMessage) string {
	var e struct {
		Type     string            `json:"type"`
		Text     string            `json:"text"`
		URL      string            `json:"url"`
		UserID   string            `json:"user_id"`
		Elements []json.RawMessage `json:"elements"`
	}
	if json.Unmarshal(raw, &e) != nil {
		return ""
	}
	switch {
	case e.Type == "user":
		return "@" + e.UserID
	case e.Type == "link" && e.Text == "":
		return e.URL
	case len(e.Elements) == 0:
		return e.Text
	}
	var parts []string
	for _, inner := range e.Elements {
		parts = append(parts, richLine(inner))
	}
	between := ""
	if e.Type == "rich_text_list" {
		between = "\n"
	}
	return strings.Join(parts, between)
}
