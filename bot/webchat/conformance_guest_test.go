package webchat_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"cadrebot/bot/bottest"
)

// guest is somebody's browser: it sends as the page's script does, and is told
// what stands on the page.
type guest struct {
	*house
	client *http.Client
	lang   string
	form   string
	since  string

	mu      sync.Mutex
	sent    []request
	serial  int
	shown   map[int]bottest.Seen
	first   map[int]string // each message as it was at first
	buttons map[string]pressable
	told    []string
}

// request is what the script sends.
type request struct {
	path string
	form url.Values
}

// pressable is a button of a message.
type pressable struct{ message, data string }

func (h *house) guest(lang string) *guest {
	jar, _ := cookiejar.New(nil)
	g := &guest{house: h, lang: lang, client: &http.Client{Jar: jar}, shown: map[int]bottest.Seen{}, first: map[int]string{}, buttons: map[string]pressable{}}
	until(h, "the page", func() bool {
		page, ok := g.get("/")
		g.form = found(page, `data-form="(.*?)"`)
		g.since = found(page, `data-since="(.*?)"`)
		return ok
	})
	ctx, cancel := context.WithCancel(context.Background())
	var living sync.WaitGroup
	living.Go(func() {
		for ctx.Err() == nil {
			g.live(ctx)
			select {
			case <-ctx.Done():
			case <-time.After(time.Millisecond): // a browser waits longer
			}
		}
	})
	h.Cleanup(func() { cancel(); living.Wait() })
	h.mu.Lock()
	defer h.mu.Unlock()
	h.guests = append(h.guests, g)
	return g
}

func (g *guest) request(ctx context.Context, method, path string, form url.Values) (*http.Response, error) {
	g.house.mu.Lock()
	addr := g.addr
	g.house.mu.Unlock()
	r, err := http.NewRequestWithContext(ctx, method, "http://"+addr+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept-Language", g.lang)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Accept", "application/json")
	}
	return g.client.Do(r)
}

func (g *guest) get(path string) (body string, ok bool) {
	r, err := g.request(context.Background(), http.MethodGet, path, nil)
	if err != nil {
		return "", false
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	return string(data), err == nil && r.StatusCode == http.StatusOK
}

// send sends till that is taken, under one name.
func (g *guest) send(path string, form url.Values) {
	g.mu.Lock()
	g.serial++
	form.Set("id", fmt.Sprint("g", g.serial))
	form.Set("form", g.form)
	g.sent = append(g.sent, request{path, form})
	g.mu.Unlock()
	g.deliver(request{path, form})
}

func (g *guest) deliver(q request) {
	until(g, "the page takes it", func() bool {
		r, err := g.request(context.Background(), http.MethodPost, q.path, q.form)
		if err != nil {
			return false
		}
		defer r.Body.Close()
		var answer struct{ Words string }
		if json.NewDecoder(r.Body).Decode(&answer) != nil || r.StatusCode != http.StatusOK {
			return false
		}
		if answer.Words != "" {
			g.mu.Lock()
			defer g.mu.Unlock()
			g.told = append(g.told, answer.Words)
		}
		return true
	})
}

// again sends all that was sent, as a browser does that has heard no answer.
func (g *guest) again() {
	g.mu.Lock()
	sent := slices.Clone(g.sent)
	g.mu.Unlock()
	for _, q := range sent {
		g.deliver(q)
	}
}

func (g *guest) Type(text string) { g.send("/say", url.Values{"text": {text}}) }

func (g *guest) Press(label string) {
	g.mu.Lock()
	b := g.buttons[label]
	g.mu.Unlock()
	g.press(b)
}

func (g *guest) press(b pressable) {
	g.send("/press", url.Values{"message": {b.message}, "data": {b.data}})
}

func (g *guest) See() (all []bottest.Seen) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, n := range slices.Sorted(maps.Keys(g.shown)) {
		all = append(all, g.shown[n])
	}
	return all
}

func (g *guest) Toasts() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.told)
}

// live listens for what changes, from where it was on.
func (g *guest) live(ctx context.Context) {
	r, err := g.request(ctx, http.MethodGet, "/live?since="+url.QueryEscape(g.since), nil)
	if err != nil {
		return
	}
	defer r.Body.Close()
	lines := bufio.NewScanner(r.Body)
	lines.Buffer(nil, 1<<20)
	var id, article string
	for lines.Scan() {
		field, value, _ := strings.Cut(lines.Text(), ": ")
		switch {
		case field == "id":
			id = value
		case field == "data":
			article += value + "\n"
		case field == "" && id != "":
			g.take(article)
			g.since = id
			id, article = "", ""
		case field == "":
			article = ""
		}
	}
}

func found(in, pattern string) string {
	if m := regexp.MustCompile(`(?s)` + pattern).FindStringSubmatch(in); m != nil {
		return html.UnescapeString(tags.ReplaceAllString(m[1], ""))
	}
	return ""
}

var (
	ofMessage = regexp.MustCompile(`<article class="m bot.*data-n="(\d+)"`)
	ofButton  = regexp.MustCompile(`(?s)<(?:button|a) class="btn.*?(?:value|href)="(.*?)".*?>(.*?)</(?:button|a)>`)
	unseen    = regexp.MustCompile(`<span class="vh">.*?</span>`)
)

// take takes in a message as it stands on the page now.
func (g *guest) take(article string) {
	m := ofMessage.FindStringSubmatch(article)
	if m == nil {
		return // one's own
	}
	number, _ := strconv.Atoi(m[1])
	article = unseen.ReplaceAllString(article, "")
	s := bottest.Seen{Text: strings.TrimSpace(found(article, `<p class="h"[^>]*>(.*?)</p>`) + "\n" + found(article, `<div class="t"[^>]*>(.*?)</div>`))}
	if at := found(article, `(?:<img src|<a class="file" href)="(.*?)"`); at != "" {
		data, _ := g.get(at)
		s.Data = []byte(data)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, b := range ofButton.FindAllStringSubmatch(article, -1) {
		label := html.UnescapeString(tags.ReplaceAllString(b[2], ""))
		s.Buttons = append(s.Buttons, label)
		g.buttons[label] = pressable{m[1], html.UnescapeString(b[1])}
	}
	if _, known := g.first[number]; !known {
		g.first[number] = s.Text
	}
	s.Edited = g.first[number] != s.Text
	g.shown[number] = s
}
