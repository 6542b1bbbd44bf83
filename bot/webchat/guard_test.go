package webchat_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/webchat"
)

// cookie is what a browser keeps of its chat, and the chat in it.
func (v *visitor) cookie() (whole, chat string) {
	v.Helper()
	u, _ := url.Parse(v.URL)
	for _, c := range v.client.Jar.Cookies(u) {
		if c.Name == "chat" {
			chat, _, _ = strings.Cut(c.Value, ".")
			return c.Value, chat
		}
	}
	v.Fatal("no cookie")
	return "", ""
}

// birth is whether a chat has a page at all.
func (o *office) birth(chat string) string {
	o.Helper()
	birth, _, err := o.store.PageRead(o.Context(), chat, 0, func(int64, int64, []byte, string) {})
	if err != nil {
		o.Fatal(err)
	}
	return birth
}

// owner is whom a chat belongs to.
func (o *office) owner(chat string) string {
	o.Helper()
	things, err := o.store.Load(o.Context(), bot.Ref{Kind: bot.LinkRef, ID: "web:" + chat})
	if err != nil {
		o.Fatal(err)
	}
	return string(things[0].Data)
}

func TestLookingMakesNobody(t *testing.T) {
	t.Parallel()
	o := open(t)
	v := o.visitor()
	token := o.seal.Token("ABC234", time.Now().Add(time.Hour))
	for _, path := range []string{"/", "/?start=CLASS2", "/in/" + token, "/nothing", "/asset/x/media/y.png", "/file/1"} {
		v.get(path)
	}
	v.get("/")
	_, chat := v.cookie()
	if o.owner(chat) != "" || o.birth(chat) != "" {
		t.Error("a GET made somebody")
	}
	v.start()
	if o.owner(chat) == "" || o.birth(chat) == "" {
		t.Error("the button made nobody")
	}
}

func TestACookieIsKeptAndRenewed(t *testing.T) {
	t.Parallel()
	v := open(t).visitor().get("/")
	set := v.header.Get("Set-Cookie")
	for _, want := range []string{"chat=", "Path=/", "Max-Age=31536000", "HttpOnly", "SameSite=Lax"} {
		if !strings.Contains(set, want) {
			t.Errorf("%q lacks %s", set, want)
		}
	}
	if strings.Contains(set, "Secure") {
		t.Error("a page without TLS can't keep such a cookie")
	}
	first, _ := v.cookie()
	v.get("/")
	if again, _ := v.cookie(); again != first || !strings.Contains(v.header.Get("Set-Cookie"), first) {
		t.Error("the cookie is not renewed")
	}
	v = open(t, func(c *webchat.Config) { c.URL = "https://learn.example.org" }).visitor().get("/")
	if set := v.header.Get("Set-Cookie"); !strings.HasPrefix(set, "__Host-chat=") || !strings.Contains(set, "Secure") {
		t.Errorf("behind TLS: %q", set)
	}
}

func TestAForgedCookieIsNobody(t *testing.T) {
	t.Parallel()
	o := open(t)
	v := o.visitor().start()
	whole, chat := v.cookie()
	form := v.form("/say")
	form.Set("text", "from a stranger")
	for name, value := range map[string]string{
		"of another key":   chat + "." + bot.NewSeal([]byte("other")).Sign("web cookie", chat),
		"of another chat":  strings.Repeat("A", 22) + "." + whole[23:],
		"without a seal":   chat,
		"an empty one":     "",
		"of a long name":   strings.Repeat("A", 500) + "." + o.seal.Sign("web cookie", strings.Repeat("A", 500)),
		"of another sense": chat + "." + o.seal.Sign("web form", chat),
	} {
		r, _ := http.NewRequest(http.MethodPost, o.URL+"/say", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(&http.Cookie{Name: "chat", Value: value})
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		live, _ := http.NewRequest(http.MethodGet, o.URL+"/live", nil)
		live.AddCookie(&http.Cookie{Name: "chat", Value: value})
		stream, err := http.DefaultClient.Do(live)
		if err != nil {
			t.Fatal(err)
		}
		stream.Body.Close()
		if answer.StatusCode != http.StatusForbidden || stream.StatusCode != http.StatusForbidden {
			t.Errorf("a cookie %s: %d and %d", name, answer.StatusCode, stream.StatusCode)
		}
	}
	v.get("/").hides("stranger")
}

func TestAFormOfElsewhereIsRefused(t *testing.T) {
	t.Parallel()
	o := open(t)
	v, other := o.visitor().start(), o.visitor().start()
	for _, path := range []string{"/say", "/press", "/open", "/out", "/in/" + o.seal.Token("ABC234", time.Now().Add(time.Hour))} {
		for name, token := range map[string]string{"without a token": "", "with another chat’s": other.form("/say").Get("form")} {
			form := v.form("/say")
			form.Set("form", token)
			form.Set("text", "forged")
			if v.client.Jar == nil {
				t.Fatal("no cookies")
			}
			r, err := v.client.PostForm(o.URL+path, form)
			if err != nil {
				t.Fatal(err)
			}
			r.Body.Close()
			if r.StatusCode != http.StatusForbidden {
				t.Errorf("%s %s: %d", path, name, r.StatusCode)
			}
		}
		for _, header := range []string{"Origin", "Sec-Fetch-Site"} {
			form := v.form("/say")
			form.Set("text", "forged")
			r, _ := http.NewRequest(http.MethodPost, o.URL+path, strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set(header, map[string]string{"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}[header])
			answer, err := v.client.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			if answer.StatusCode != http.StatusForbidden {
				t.Errorf("%s with %s of another site: %d", path, header, answer.StatusCode)
			}
		}
	}
	v.get("/").hides("forged")
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	t.Parallel()
	o := open(t)
	v := o.visitor().start().say("page")
	style := v.page[strings.Index(v.page, "/style-"):]
	style = style[:strings.Index(style, `"`)]
	for _, path := range []string{"/", "/nothing", style, "/asset/zh/media/eight.png", "/file/3", "/in/x", "/favicon.ico"} {
		h := v.get(path).header
		csp := h.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") || !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("%s: %q", path, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "same-origin" {
			t.Errorf("%s: %v", path, h)
		}
		if kept := h.Get("Cache-Control"); (kept == "no-store") != (strings.HasPrefix(h.Get("Content-Type"), "text/html")) {
			t.Errorf("%s: %q", path, kept)
		}
	}
	if h := v.get("/file/3").header; h.Get("Content-Type") != "application/octet-stream" || h.Get("Content-Disposition") != "attachment; filename=x.html" {
		t.Errorf("a page of somebody’s: %v", h)
	}
	if s := v.get("/").page; strings.Contains(s, "<script>") || strings.Contains(s, " style=") || strings.Contains(s, " onclick=") {
		t.Error("the page holds what its policy forbids")
	}
}

func TestAPersonalLink(t *testing.T) {
	t.Parallel()
	o := open(t)
	token := o.seal.Token("ABC234", time.Now().Add(time.Hour))
	v := o.visitor()
	v.client.Jar.SetCookies(must(url.Parse(o.URL)), nil)
	in := "/in/" + token
	v.get(in).shows("接着学")
	v.post(in, v.form(in)).shows("echo /link ABC234")
	v.get(in)
	v.post(in, v.form(in)) // pressed twice
	if n := strings.Count(v.page, "echo /link"); n != 1 {
		t.Errorf("the link came %d times", n)
	}
	for name, bad := range map[string]string{
		"late": o.seal.Token("ABC234", time.Now().Add(-time.Second)), "forged": bot.NewSeal([]byte("x")).Token("ABC234", time.Now().Add(time.Hour)), "none": "x",
	} {
		v.get("/in/" + bad).shows("链接")
		if v.status != http.StatusGone {
			t.Errorf("a link that is %s: %d", name, v.status)
		}
		v.get("/")
		form := v.form("/say")
		if v.post("/in/"+bad, form); v.status != http.StatusGone {
			t.Errorf("a link that is %s, pressed: %d", name, v.status)
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestSigningOut(t *testing.T) {
	t.Parallel()
	o := open(t)
	v := o.visitor().start().say("mine alone")
	_, chat := v.cookie()
	v.post("/out", v.form("/out")).shows("已退出")
	v.get("/").hides("mine alone")
	if _, now := v.cookie(); now == chat {
		t.Error("the chat is still this browser’s")
	}
	if o.owner(chat) == "" {
		t.Error("the person is gone")
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	o := open(t, func(c *webchat.Config) {
		c.Limits = webchat.Limits{Burst: 3, PerSecond: 0.001, NewChats: 2, PagesPerChat: 2, Pages: 3}
	})
	v := o.visitor().start().say("one").say("two")
	form := v.form("/say")
	form.Set("text", "three")
	v.post("/say", form).shows("稍等一下")
	if v.status != http.StatusTooManyRequests || v.header.Get("Retry-After") == "" {
		t.Error(v.status, v.header)
	}
	o.visitor().start()
	third := o.visitor().start()
	third.shows("稍等一下")
	if third.status != http.StatusTooManyRequests {
		t.Errorf("the third chat of an address in an hour: %d", third.status)
	}
	elsewhere := o.visitor().get("/")
	r, _ := http.NewRequest(http.MethodPost, o.URL+"/open", strings.NewReader(elsewhere.form("/open").Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Forwarded-For", "203.0.113.9, 198.51.100.7")
	answer, err := elsewhere.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if answer.Body.Close(); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("a chat of another address: %d", answer.StatusCode)
	}
	for at, text := range map[string]string{"203.0.113.1": strings.Repeat("工", 4097), "203.0.113.2": strings.Repeat("工", 30_000)} {
		big := o.visitor()
		form := big.get("/").form("/say")
		form.Set("text", text)
		r, _ := http.NewRequest(http.MethodPost, o.URL+"/say", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Forwarded-For", at)
		r.Header.Set("Accept", "application/json")
		answer, err := big.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answer.Body)
		if answer.Body.Close(); answer.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(body), "分两次发") {
			t.Errorf("%d letters: %d %s", len(text), answer.StatusCode, body)
		}
	}
}

func TestSecretsStayOutOfLogs(t *testing.T) {
	t.Parallel()
	lines := &logLines{}
	o := open(t, func(c *webchat.Config) { c.Log = logger(lines) })
	token := o.seal.Token("ABC234", time.Now().Add(time.Hour))
	v := o.visitor().start().say("a private matter")
	whole, _ := v.cookie()
	v.get("/in/" + token)
	v.post("/in/"+token, v.form("/in/"+token))
	o.stop()
	form := v.form("/out")
	for _, path := range []string{"/say", "/in/" + token} { // the engine goes on; what fails is logged
		form.Set("text", "x")
		if r, err := v.client.PostForm(v.URL+path, form); err == nil {
			r.Body.Close()
		}
	}
	for _, secret := range []string{whole, whole[23:], token, "ABC234", "a private matter"} {
		if strings.Contains(lines.String(), secret) {
			t.Errorf("the log says %q", secret)
		}
	}
}
