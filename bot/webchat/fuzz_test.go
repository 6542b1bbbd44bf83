package webchat

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"cadrebot/bot"
)

func FuzzForms(f *testing.F) {
	for _, s := range []string{"id=a&text=b", "id=a&message=1&data=x", "id=a&code=b", "text=%00%ff&id=..", "id=a&message=9223372036854775808&data=%3c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		form, _ := url.ParseQuery(body)
		if s, err := readSay(form); err == nil {
			if !utf8.ValidString(s.text) || s.text != strings.TrimSpace(s.text) || s.text == "" || utf8.RuneCountInString(s.text) > maxText || !isID(s.id) {
				t.Errorf("%q is taken as %+v", body, s)
			}
			if tidy(s.text) != s.text {
				t.Errorf("%q is not tidy yet", s.text)
			}
		}
		if p, err := readPress(form); err == nil && (p.message < 1 || p.data == "" || !isID(p.id)) {
			t.Errorf("%q is taken as %+v", body, p)
		}
		if o, err := readOpen(form); err == nil && (!isID(o.id) || len(o.code) > maxCode || strings.ContainsAny(o.code, "<>\"' \n")) {
			t.Errorf("%q is taken as %+v", body, o)
		}
		seen := bot.Seen{Text: "w:" + newChat() + ":" + strings.Repeat("x", maxID) + ":12345678"}
		if len(seen.Text) > 200 {
			t.Error("an event’s name is too long")
		}
	})
}

func FuzzHeaders(f *testing.F) {
	f.Add("zh-CN,zh;q=0.9,vi;q=x", "1.2.3.4, 10.0.0.1", "mwxzz1yw.17")
	f.Add("*;q=0", "::ffff:1.2.3.4, fe80::1%eth0", ".")
	c := &Chat{langs: []string{"zh", "vi", "en"}, proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}
	f.Fuzz(func(t *testing.T, accept, forwarded, since string) {
		r := &http.Request{RemoteAddr: "127.0.0.1:80", Header: http.Header{"Accept-Language": {accept}, "X-Forwarded-For": {forwarded}}}
		if lang := c.accepted(r); lang != "zh" && lang != "vi" && lang != "en" {
			t.Errorf("%q is %q", accept, lang)
		}
		if from := c.from(r); from == "" || len(from) > 64 {
			t.Errorf("%q comes from %q", forwarded, from)
		}
		at := parseCursor(since)
		if at != (cursor{}) && parseCursor(at.String()) != at {
			t.Errorf("%q is %v", since, at)
		}
	})
}

func FuzzText(f *testing.F) {
	f.Add("see https://example.org/a). and http://x")
	f.Add("https://https://")
	f.Fuzz(func(t *testing.T, text string) {
		var whole strings.Builder
		for _, s := range spans(text) {
			whole.WriteString(s.Text)
			if s.URL != "" && !isWeb(s.URL) {
				t.Errorf("%q is a link", s.URL)
			}
		}
		if whole.String() != text {
			t.Errorf("%q became %q", text, whole.String())
		}
	})
}

func TestWhereARequestComesFrom(t *testing.T) {
	c := &Chat{proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}
	for _, x := range []struct{ remote, forwarded, want string }{
		{"203.0.113.5:99", "", "203.0.113.5"},
		{"203.0.113.5:99", "1.1.1.1", "203.0.113.5"}, // a stranger’s word
		{"127.0.0.1:99", "1.1.1.1", "1.1.1.1"},
		{"127.0.0.1:99", "6.6.6.6, 1.1.1.1", "1.1.1.1"}, // who it comes from may say anything before
		{"127.0.0.1:99", "6.6.6.6, 1.1.1.1, 10.1.2.3", "1.1.1.1"},
		{"[::1]:99", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
		{"127.0.0.1:99", "no address", "127.0.0.1"},
		{"[::ffff:203.0.113.5]:99", "", "203.0.113.5"},
	} {
		r := &http.Request{RemoteAddr: x.remote, Header: http.Header{}}
		if x.forwarded != "" {
			r.Header.Set("X-Forwarded-For", x.forwarded)
		}
		if got := c.from(r); got != x.want {
			t.Errorf("%s forwarding %q: %s, want %s", x.remote, x.forwarded, got, x.want)
		}
	}
}

func TestTheBestLanguage(t *testing.T) {
	c := &Chat{langs: []string{"zh", "vi", "en"}}
	for accept, want := range map[string]string{
		"": "zh", "vi-VN,vi;q=0.9,en;q=0.8": "vi", "fr-FR,en;q=0.5,zh;q=0.7": "zh", "de": "zh", "en;q=0,vi;q=0.1": "vi", "EN-gb": "en", ";;,": "zh",
	} {
		if got := c.accepted(&http.Request{Header: http.Header{"Accept-Language": {accept}}}); got != want {
			t.Errorf("%q: %s, want %s", accept, got, want)
		}
	}
}
