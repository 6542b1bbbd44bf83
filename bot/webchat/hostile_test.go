package webchat_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cadrebot/bot"
)

// TestHTMLInAnyTextIsText lets nothing that anybody says make a page's structure
// other than that of plain words.
func TestHTMLInAnyTextIsText(t *testing.T) {
	t.Parallel()
	o := open(t)
	var v *visitor
	var chat string
	n := 0
	last := func(m bot.Message) string {
		if n%10 == 0 { // a page that grows for ever is slow to load
			v = o.visitor().get("/")
			_, chat = v.cookie()
		}
		n++
		out := o.chat.Post(t.Context(), bot.Outgoing{Chat: chat, Message: m, Operation: fmt.Sprint("h", n)})
		if out.Status != bot.Sent {
			t.Fatal(out)
		}
		all := article.FindAllString(v.get("/").page, -1)
		return all[len(all)-1]
	}
	shape := func(html string) [4]int {
		return [4]int{strings.Count(html, "<"), strings.Count(html, ">"), strings.Count(html, `"`), strings.Count(html, "'")}
	}
	address := func(s string) string {
		if u := "https://example.org/?" + s; isAddress(u) {
			return u
		}
		return "https://example.org/?" + url.QueryEscape(s)
	}
	filled := func(s func() string) bot.Message {
		return bot.Message{Head: "h" + s(), Text: "t" + s(), Media: &bot.Media{Kind: bot.File, Name: "n" + s(), Data: []byte("x"), Alt: "a" + s()},
			Buttons: [][]bot.Button{{{Label: "l" + s(), Data: "d" + s()}, {Label: "u" + s(), URL: address(s())}}}}
	}
	plain := shape(last(filled(func() string { return "" })))
	evil := rapid.OneOf(rapid.SampledFrom([]string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `</article></form><form action=https://evil.example>`,
		`<!--`, `-->`, `{{.Form}}`, `&lt;script&gt;`, "\x00<b\x00>", "\xff\xfe<svg/onload=x>", "</textarea>", "javascript:alert(1)", "\u202e<i>", "`", "\n\ndata: <b>\n\n", "]]>",
	}), rapid.String())
	rapid.Check(t, func(rt *rapid.T) {
		got := last(filled(func() string { return strings.ReplaceAll(evil.Draw(rt, "words"), "http", "") }))
		if shape(got) != plain {
			rt.Fatalf("%v, want %v:\n%s", shape(got), plain, got)
		}
	})
	for _, address := range []string{"javascript:alert(1)", "JaVaScRiPt://x/%0aalert(1)", "data:text/html,x", "//evil.example/x", "/out", "vbscript:x", "", "https://"} {
		got := last(bot.Message{Text: "t", Buttons: [][]bot.Button{{{Label: "l", URL: address + " "}, {Label: "ok", Data: "x"}}},
			Media: &bot.Media{Kind: bot.Picture, URL: address, Alt: "alt"}})
		if strings.Contains(got, "href=") || strings.Contains(got, "src=") {
			t.Errorf("%q can be opened: %s", address, got)
		}
	}
	if got := last(bot.Message{Text: "See https://example.org/a?b=1&c=2. Or http://例子.中国/页，or javascript:alert(1)"}); strings.Count(got, "<a ") != 2 ||
		!strings.Contains(got, `href="https://example.org/a?b=1&amp;c=2"`) {
		t.Errorf("links: %s", got)
	}
}

func isAddress(s string) bool {
	_, err := url.Parse(s)
	return err == nil
}
