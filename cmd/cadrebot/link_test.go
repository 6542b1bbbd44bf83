package main

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"cadrebot/bot/bottest"
	"cadrebot/bot/telegram/telegramtest"
)

// browser is somebody's browser, without script.
type browser struct {
	*testing.T
	client *http.Client
	base   string
	form   string // the token of the page seen last
}

func openBrowser(t *testing.T, base string) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{T: t, client: &http.Client{Jar: jar}, base: base}
}

var formToken = regexp.MustCompile(`name="form" value="([^"]+)"`)

// reads takes an answer's page.
func (b *browser) reads(resp *http.Response, err error) (int, string) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	page, err := io.ReadAll(resp.Body)
	if err != nil {
		b.Fatal(err)
	}
	if found := formToken.FindSubmatch(page); found != nil {
		b.form = string(found[1])
	}
	return resp.StatusCode, string(page)
}

func (b *browser) get(path string) (int, string) {
	b.Helper()
	return b.do(http.MethodGet, path, nil)
}

func (b *browser) do(method, path string, form url.Values) (int, string) {
	b.Helper()
	req, err := http.NewRequest(method, b.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("Accept-Language", "en")
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return b.reads(b.client.Do(req))
}

// post sends a form as a page of the site would.
func (b *browser) post(path string, fields ...string) (int, string) {
	b.Helper()
	values := url.Values{"form": {b.form}}
	for i := 0; i < len(fields); i += 2 {
		values.Set(fields[i], fields[i+1])
	}
	return b.do(http.MethodPost, path, values)
}

// TestAPersonalLinkLeadsFromTelegramToThePage lets somebody who learns on Telegram
// go on in a browser, where they have been as a guest.
func TestAPersonalLinkLeadsFromTelegramToThePage(t *testing.T) {
	bare(t)
	fake := mustTelegram(t, telegramtest.Options{Rate: bottest.Unlimited, ChatRate: bottest.Unlimited})
	r := start(t, true, "--data", t.TempDir(), "serve")
	await(t, "ready", func() bool { code, _ := r.get("/readyz"); return code == 200 })
	base := "http://" + r.addr

	fake.AddUser(telegramtest.User{ID: 7, FirstName: "Lan", LanguageCode: "en", Started: true})
	last := func() telegramtest.Message {
		list := fake.Messages(7)
		if len(list) == 0 {
			return telegramtest.Message{}
		}
		return list[len(list)-1]
	}
	fake.Say(7, "/quiz st")
	await(t, "a question", func() bool { return strings.Contains(last().Text, "❓ 1/10") })
	fake.Press(7, last().ID, last().Buttons[0][0].Data)
	await(t, "the next question", func() bool { return strings.Contains(last().Text, "❓ 2/10") })
	fake.Say(7, "web")
	await(t, "a personal link", func() bool { return len(last().Buttons) > 0 && last().Buttons[0][0].URL != "" })
	link := last().Buttons[0][0].URL
	path, ok := strings.CutPrefix(link, base)
	if !ok {
		t.Fatalf("the link %s does not lead to %s", link, base)
	}

	guest := openBrowser(t, base)
	guest.get("/")
	guest.post("/open", "id", "open1")
	_, page := guest.post("/say", "id", "say1", "text", "/quiz st")
	contains(t, page, "❓ 1/10")

	for range 2 { // a messenger that fetches it for a preview uses nothing up
		code, page := openBrowser(t, base).get(path)
		if code != http.StatusOK || strings.Contains(page, "1/10") {
			t.Errorf("the link shows, with status %d:\n%s", code, page)
		}
	}
	guest.get(path)
	guest.post(path)
	var said string
	await(t, "one person", func() bool {
		_, said = guest.get("/")
		return strings.Contains(said, "One account now")
	})
	await(t, "the word on Telegram", func() bool { return strings.Contains(last().Text, "used on Web chat too") })
	_, said = guest.post("/say", "id", "say2", "text", "where am I")
	contains(t, said, "question 2 of 10")

	// The link has done its work.
	other := openBrowser(t, base)
	other.get(path)
	other.post(path)
	await(t, "an answer", func() bool {
		_, said = other.get("/")
		return strings.Contains(said, "No account answers to this code")
	})

	// What Telegram says it was not is taken off there, and the page begins anew.
	fake.Press(7, last().ID, last().Buttons[0][0].Data)
	await(t, "disconnected", func() bool { return strings.Contains(last().Text, "Disconnected: Web chat") })
	_, said = guest.post("/say", "id", "say3", "text", "where am I")
	await(t, "somebody new", func() bool {
		_, said = guest.get("/")
		return strings.Contains(said[strings.LastIndex(said, "where am I"):], "Start a quiz")
	})
}
