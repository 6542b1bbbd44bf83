package slacktest_test

import (
	"fmt"
	"strings"
	"testing"

	"cadrebot/bot/slack/slacktest"
)

func buttons(n int, of func(i int) string) string {
	var all []string
	for i := range n {
		all = append(all, `{"type":"button","text":{"type":"plain_text","text":"B"}`+of(i)+`}`)
	}
	return `{"type":"actions","elements":[` + strings.Join(all, ",") + `]}`
}

func section(n int) string {
	return `{"type":"section","text":{"type":"mrkdwn","text":"` + strings.Repeat("x", n) + `"}}`
}

func TestKeepsTheLimitsOfBlocks(t *testing.T) {
	s := start(t, loose())
	dm := s.AddUser(slacktest.User{ID: "U1"})
	x := func(n int) string { return strings.Repeat("x", n) }
	many := func(n int, block string) string { return strings.Repeat(block+",", n-1) + block }
	button := func(fields string) string { return buttons(1, func(int) string { return fields }) }
	label := func(text string) string {
		return `{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"` + text + `"}}]}`
	}
	numbered := func(i int) string { return fmt.Sprintf(`,"action_id":"a%d"`, i) }
	same := func(int) string { return `,"action_id":"a"` }
	image := func(fields string) string {
		return `{"type":"image","image_url":"https://a.example/x.png"` + fields + `}`
	}
	for name, test := range map[string]struct{ blocks, want string }{
		"50 blocks":        {many(50, `{"type":"divider"}`), "ok"},
		"51 blocks":        {many(51, `{"type":"divider"}`), "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"},
		"section 3000":     {section(3000), "ok"},
		"section 3001":     {section(3001), "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		"section of emoji": {`{"type":"section","text":{"type":"mrkdwn","text":"` + strings.Repeat("🙂", 1501) + `"}}`, "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		"empty section":    {section(0), "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]"},
		"bare section":     {`{"type":"section"}`, "[ERROR] missing required field: text [json-pointer:/blocks/0]"},
		"text of no type":  {`{"type":"section","text":{"type":"html","text":"x"}}`, "[ERROR] unsupported type: html [json-pointer:/blocks/0/text/type]"},
		"text as a string": {`{"type":"section","text":"x"}`, "[ERROR] must provide an object [json-pointer:/blocks/0/text]"},
		"header 150":       {`{"type":"header","text":{"type":"plain_text","text":"` + x(150) + `"}}`, "ok"},
		"header 151":       {`{"type":"header","text":{"type":"plain_text","text":"` + x(151) + `"}}`, "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"},
		"header mrkdwn":    {`{"type":"header","text":{"type":"mrkdwn","text":"x"}}`, "[ERROR] unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"},
		"label 75":         {label(x(75)), "ok"},
		"label 76":         {label(x(76)), "[ERROR] must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"},
		"value 2000":       {button(`,"value":"` + x(2000) + `"`), "ok"},
		"value 2001":       {button(`,"value":"` + x(2001) + `"`), "[ERROR] must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]"},
		"action 256":       {button(`,"action_id":"` + x(256) + `"`), "[ERROR] must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]"},
		"url 3001":         {button(`,"url":"` + x(3001) + `"`), "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/elements/0/url]"},
		"style":            {button(`,"style":"red"`), "[ERROR] must be one of the allowed values: primary, danger [json-pointer:/blocks/0/elements/0/style]"},
		"25 buttons":       {buttons(25, numbered), "ok"},
		"26 buttons":       {buttons(26, numbered), "[ERROR] no more than 25 items allowed [json-pointer:/blocks/0/elements]"},
		"no buttons":       {buttons(0, nil), "[ERROR] no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"},
		"same action":      {buttons(2, same), "[ERROR] `action_id` \"a\" already exists [json-pointer:/blocks/0/elements/1/action_id]"},
		"in two blocks":    {buttons(1, same) + "," + buttons(1, same), "ok"},
		"block id 256":     {`{"type":"divider","block_id":"` + x(256) + `"}`, "[ERROR] must be less than 256 characters [json-pointer:/blocks/0/block_id]"},
		"same block id":    {many(2, `{"type":"divider","block_id":"b"}`), "[ERROR] `block_id` b already exists [json-pointer:/blocks/1/block_id]"},
		"image":            {image(`,"alt_text":""`), "ok"},
		"no alt":           {image(``), "[ERROR] missing required field: alt_text [json-pointer:/blocks/0]"},
		"alt 2001":         {image(`,"alt_text":"` + x(2001) + `"`), "[ERROR] must be less than 2001 characters [json-pointer:/blocks/0/alt_text]"},
		"no image":         {`{"type":"image","alt_text":"x"}`, "[ERROR] missing required field: image_url [json-pointer:/blocks/0]"},
		"no such file":     {`{"type":"image","alt_text":"x","slack_file":{"id":"F1"}}`, "[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]"},
		"unknown":          {`{"type":"carousel9"}`, "[ERROR] unsupported type: carousel9 [json-pointer:/blocks/0/type]"},
		"untyped":          {`{}`, "[ERROR] missing required field: type [json-pointer:/blocks/0]"},
		"eleven in line": {`{"type":"context","elements":[` + many(11, `{"type":"mrkdwn","text":"x"}`) + `]}`,
			"[ERROR] no more than 10 items allowed [json-pointer:/blocks/0/elements]"},
		"two at once": {section(3001) + "," + label(""),
			"[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]; [ERROR] must be more than 0 characters [json-pointer:/blocks/1/elements/0/text/text]"},
		"13200 in all": {many(4, section(3000)) + "," + section(1200), "ok"},
		"13201 in all": {many(4, section(3000)) + "," + section(1201), "msg_blocks_too_long"},
		"no list":      {`{"type":`, "invalid_blocks_format"},
	} {
		a := form(t, s, "chat.postMessage", "channel", dm, "blocks", "["+test.blocks+"]")
		want(t, name, strings.TrimPrefix(a.String(), "invalid_blocks "), test.want)
		if !a.OK && strings.HasPrefix(a.String(), "invalid_blocks ") && !strings.Contains(a.raw, `"errors":[`) {
			t.Errorf("%s: no errors in %s", name, a.raw)
		}
	}
}

func TestShowsBlocks(t *testing.T) {
	s := start(t, loose())
	dm := s.AddUser(slacktest.User{ID: "U1"})
	a := call(t, s, "chat.postMessage", `{"channel":%q,"text":"fallback","blocks":[
		{"type":"header","text":{"type":"plain_text","text":"*Head*"}},
		{"type":"section","block_id":"mine","text":{"type":"mrkdwn","text":"*bold* &amp; more"},
			"fields":[{"type":"plain_text","text":"field"}],
			"accessory":{"type":"button","action_id":"go","url":"https://a.example/","text":{"type":"plain_text","text":"Go"}}},
		{"type":"divider"},
		{"type":"image","image_url":"https://a.example/x.png","alt_text":"a chart","title":{"type":"plain_text","text":"Chart"}},
		{"type":"context","elements":[{"type":"mrkdwn","text":"_small_"},{"type":"plain_text","text":"print"}]},
		{"type":"markdown","text":"# md"},
		{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"rich "},{"type":"link","url":"https://b.example/"}]},
			{"type":"rich_text_list","style":"bullet","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"one"}]},{"type":"rich_text_section","elements":[{"type":"text","text":"two"}]}]}]},
		{"type":"actions","elements":[
			{"type":"button","action_id":"a","value":"1","style":"primary","text":{"type":"plain_text","text":"A"}},
			{"type":"button","action_id":"b","value":"2","text":{"type":"plain_text","text":"B"}}]}]}`, dm)
	m, _ := s.Message(dm, a.TS)
	want(t, "text", m.Text, "*Head*\nbold & more\nfield\nsmall print\n# md\nrich https://b.example/\none\ntwo")
	want(t, "buttons", m.Buttons[0], []slacktest.Button{{Label: "Go", ActionID: "go", BlockID: "mine", URL: "https://a.example/"}})
	second := m.Buttons[1]
	want(t, "row", []string{second[0].Label, second[0].Value, second[0].Style, second[1].ActionID}, []string{"A", "1", "primary", "b"})
	want(t, "named block", second[0].BlockID != "" && second[0].BlockID == second[1].BlockID && strings.Contains(string(m.Blocks), second[0].BlockID), true)
	want(t, "image", m.Files, []slacktest.File{{Title: "Chart", Alt: "a chart", URL: "https://a.example/x.png"}})
}
