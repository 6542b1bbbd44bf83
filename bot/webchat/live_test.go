package webchat_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cadrebot/bot"
	"cadrebot/bot/redis"
	"cadrebot/bot/redis/redistest"
	"cadrebot/bot/webchat"
	"cadrebot/content/phrases"
)

// watcher is a page's live connection, and what the page shows by it.
type watcher struct {
	v      *visitor
	last   string
	shown  map[int]string // by number
	reset  bool
	cancel context.CancelFunc
	lines  *bufio.Scanner
}

// watch loads a page and connects.
func (v *visitor) watch() *watcher {
	v.Helper()
	v.get("/")
	w := &watcher{v: v, shown: articles(v.page)}
	w.last, _, _ = strings.Cut(v.page[strings.Index(v.page, `data-since="`)+len(`data-since="`):], `"`)
	return w
}

var article = regexp.MustCompile(`(?s)<article .*?</article>`)
var numbered = regexp.MustCompile(`data-n="(\d+)"`)

// articles are the messages of a page, by their numbers; which of them is the
// first of its day the script finds out.
func articles(page string) map[int]string {
	found := map[int]string{}
	for _, a := range article.FindAllString(page, -1) {
		n, _ := strconv.Atoi(numbered.FindStringSubmatch(a)[1])
		found[n] = strings.Replace(a, " first\"", "\"", 1)
	}
	return found
}

// connect asks for what comes after the last event, as browsers do.
func (w *watcher) connect() {
	w.v.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, w.v.URL+"/live?since="+url.QueryEscape(w.last), nil)
	if err != nil {
		w.v.Fatal(err)
	}
	client := &http.Client{Jar: w.v.client.Jar}
	answer, err := client.Do(r)
	if err != nil {
		w.v.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "text/event-stream; charset=utf-8" {
		w.v.Fatal(answer.Status, answer.Header)
	}
	w.cancel = func() { cancel(); answer.Body.Close() }
	w.lines = bufio.NewScanner(answer.Body)
	w.lines.Buffer(nil, 1<<20)
}

func (w *watcher) cut() {
	if w.cancel != nil {
		w.cancel()
		w.cancel = nil
	}
}

// event reads one event and returns its kind; "" where the connection has ended.
func (w *watcher) event() string {
	kind, id := "", ""
	var data []string
	for w.lines.Scan() {
		name, value, _ := strings.Cut(w.lines.Text(), ":")
		value = strings.TrimPrefix(value, " ")
		switch name {
		case "event":
			kind = value
		case "id":
			id = value
		case "data":
			data = append(data, value)
		case "":
			switch kind {
			case "m":
				w.last = id
				for n, a := range articles(strings.Join(data, "\n")) {
					w.shown[n] = a
				}
			case "reset":
				w.reset = true
			}
			return kind
		}
	}
	return ""
}

// until reads events until the page has a message that says something.
func (w *watcher) until(words string) {
	w.v.Helper()
	late := time.AfterFunc(15*time.Second, func() { w.cancel() })
	defer late.Stop()
	for {
		for _, a := range w.shown {
			if strings.Contains(a, words) {
				return
			}
		}
		if w.event() == "" {
			w.v.Fatalf("the page never said %q: %v", words, w.shown)
		}
	}
}

// TestAPageMissesNothing makes any sequence of messages, edits, presses and lost
// connections end in the page that a reload shows.
func TestAPageMissesNothing(t *testing.T) {
	t.Parallel()
	o := open(t)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		v := o.visitor().get("/")
		_, chat := v.cookie()
		w := v.watch()
		defer w.cut()
		post := func(m bot.Message, target string) string {
			n++
			out := o.chat.Post(rt.Context(), bot.Outgoing{Chat: chat, Target: target, Message: m, Operation: fmt.Sprint("web-", n)})
			if out.Status != bot.Sent {
				rt.Fatal(out)
			}
			return out.Message
		}
		text := rapid.SampledFrom([]string{"a", "two\nlines", "<b>&\"'", "crlf\r\nand \r alone", "data: x\n\nevent: reset\n\n", "工会 😀", " \n ", "https://example.org/a?b=c&d", "\u2028x\u0000"})
		message := func() bot.Message {
			return bot.Message{Head: text.Draw(rt, "head"), Text: text.Draw(rt, "text"), Buttons: [][]bot.Button{{{Label: text.Draw(rt, "label"), Data: "x"}}}}
		}
		var sent []string
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			switch rapid.IntRange(0, 4).Draw(rt, "step") {
			case 0, 1:
				sent = append(sent, post(message(), ""))
			case 2:
				if len(sent) > 0 {
					post(message(), rapid.SampledFrom(sent).Draw(rt, "which"))
				}
			case 3:
				if len(sent) > 0 {
					number, _ := strconv.ParseInt(rapid.SampledFrom(sent).Draw(rt, "which"), 10, 64)
					n++
					if _, err := o.store.PagePress(rt.Context(), chat, fmt.Sprint("p", n), number, "x"); err != nil {
						rt.Fatal(err)
					}
				}
			case 4:
				if w.cancel != nil {
					w.cut()
					continue
				}
				w.connect()
				lost := time.AfterFunc(time.Duration(rapid.IntRange(0, 8).Draw(rt, "ms"))*time.Millisecond, w.cancel)
				for w.event() != "" { // lost in the middle of some
				}
				lost.Stop()
				w.cut()
			}
		}
		w.cut()
		w.connect()
		post(bot.Message{Text: "the end"}, "")
		w.until("the end")
		want := articles(v.get("/").page)
		if len(want) != len(w.shown) {
			rt.Fatalf("shows %d messages, a reload %d", len(w.shown), len(want))
		}
		for n, a := range want {
			if w.shown[n] != a {
				rt.Fatalf("message %d is\n%q, a reload shows\n%q", n, w.shown[n], a)
			}
		}
	})
}

// TestAPageGoesByItsPersonsClock lets somebody move while their page is open: it
// is loaded again, and shows the time there.
func TestAPageGoesByItsPersonsClock(t *testing.T) {
	t.Parallel()
	o := open(t)
	v := o.visitor().get("/").say("hello")
	for _, zone := range []string{"Pacific/Kiritimati", "Pacific/Pago_Pago"} { // 25 hours apart
		w := v.watch()
		w.connect()
		v.say("zone " + zone)
		late := time.AfterFunc(15*time.Second, w.cancel)
		for !w.reset {
			if w.event() == "" {
				t.Fatal("the page is not loaded again under another clock")
			}
		}
		late.Stop()
		w.cut()
		there, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		v.get("/").shows(phrases.Date(phrases.ZH, time.Now().In(there)))
	}
}

func TestAForgottenPageIsLoadedAnew(t *testing.T) {
	t.Parallel()
	o := open(t)
	v := o.visitor().start()
	w := v.watch()
	w.connect()
	v.say("forget")
	for w.event() != "reset" {
		if !w.reset && w.lines.Err() != nil {
			t.Fatal("no reset")
		}
	}
	w.cut()
	w.connect() // by the number of a page that is no more
	for kind := w.event(); kind != "reset"; kind = w.event() {
		if kind == "m" || kind == "" {
			t.Fatalf("got %q of another page", kind)
		}
	}
	w.cut()
	w = v.watch()
	if len(w.shown) != 1 {
		t.Errorf("shows %v", w.shown)
	}
}

func TestAnotherLanguageIsLoadedAnew(t *testing.T) {
	t.Parallel()
	v := open(t).visitor().start()
	w := v.watch()
	w.connect()
	defer w.cut()
	v.say("lang vi")
	v.shows("Trợ lý học tập công đoàn")
	for kind := w.event(); kind != "reset"; kind = w.event() {
		if kind == "" {
			t.Fatal("no reset")
		}
	}
	if r := v.get("/nothing"); r.status != 404 {
		t.Error(r.status)
	}
}

func TestTooManyPagesOfAChat(t *testing.T) {
	t.Parallel()
	o := open(t, func(c *webchat.Config) { c.Limits.PagesPerChat, c.Limits.Pages = 2, 3 })
	v := o.visitor().start()
	first, second, third := v.watch(), v.watch(), v.watch()
	for _, w := range []*watcher{first, second, third} {
		w.connect()
		defer w.cut()
	}
	for kind := first.event(); kind != "rest"; kind = first.event() {
		if kind == "" {
			t.Fatal("the oldest page was not told to rest")
		}
	}
	v.say("still here")
	second.until("still here")
	third.until("still here")
	other := o.visitor().start().watch()
	until(t, "the oldest is gone", func() bool { return first.event() == "" })
	other.connect()
	defer other.cut()
	r, err := other.v.client.Get(o.URL + "/live")
	if err != nil {
		t.Fatal(err)
	}
	if r.Body.Close(); r.StatusCode != http.StatusServiceUnavailable || r.Header.Get("Retry-After") == "" {
		t.Errorf("one page too many: %d", r.StatusCode)
	}
}

// TestOtherInstances has a page of one instance hear what another one posts, on a
// real server.
func TestOtherInstances(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	store := must(redis.New(server.Client(), "org"))
	a, b := join(t, store, "a"), join(t, store, "b")
	v := a.visitor().start()
	w := v.watch()
	w.connect()
	defer w.cut()
	_, chat := v.cookie()
	other := &visitor{office: b, client: browser()}
	other.client.Jar.SetCookies(must(url.Parse(b.URL)), v.client.Jar.Cookies(must(url.Parse(a.URL))))
	other.get("/").shows("来一道小测")
	other.say("said elsewhere").shows("echo said elsewhere")
	w.until("echo said elsewhere")
	b.chat.Post(t.Context(), bot.Outgoing{Chat: chat, Message: bot.Message{Text: "posted elsewhere"}, Operation: "x"})
	w.until("posted elsewhere")
}

func TestPagesEndWithTheirInstance(t *testing.T) {
	t.Parallel()
	o := open(t)
	w := o.visitor().start().watch()
	w.connect()
	done := make(chan struct{})
	go func() {
		for w.event() != "" {
		}
		close(done)
	}()
	o.stop()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("the page stays open")
	}
}
