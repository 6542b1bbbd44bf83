package crashtest

import (
	"bufio"
	"context"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// browser is somebody's page of the web chat: it sends what they do until that is
// taken, and knows what it shows from live events alone.
type browser struct {
	id   int64
	lang string
	root string
	net  http.RoundTripper
	jar  *cookiejar.Jar
	rng  *rand.Rand
	saw  func(sight)

	mu     sync.Mutex
	form   string
	birth  string         // of the page, from its first cursor on
	change int            // the newest that was shown
	shown  map[int]string // article by number
	texts  map[int]string
	spoken map[string]int // number of a bubble, by the name under which it was said
	said   []string       // such names, as far as they were taken
	queue  []url.Values
	sent   int
	again  int // posts that had to be repeated
	cuts   int // live connections that ended
	faults []string
	more   chan struct{} // holds a token when something was queued
}

func newBrowser(id int64, lang, root string, seed uint64) *browser {
	jar, _ := cookiejar.New(nil)
	return &browser{
		id: id, lang: lang, root: root, jar: jar, rng: rand.New(rand.NewPCG(seed, uint64(id))),
		net:   &http.Transport{MaxIdleConnsPerHost: 2},
		shown: map[int]string{}, texts: map[int]string{}, spoken: map[string]int{}, more: make(chan struct{}, 1),
	}
}

// run lives until ctx ends.
func (b *browser) run(ctx context.Context) {
	var page string
	for page == "" {
		if page = b.load(ctx); page == "" && !pause(ctx, 50*time.Millisecond) {
			return
		}
	}
	b.mu.Lock()
	b.form = attribute(page, "data-form")
	since := attribute(page, "data-since")
	b.mu.Unlock()
	if strings.Contains(page, `data-open="1"`) {
		b.send("open", nil)
		b.mu.Lock() // whatever they meant to do meanwhile, the page opens first
		b.queue = append(b.queue[len(b.queue)-1:], b.queue[:len(b.queue)-1]...)
		b.mu.Unlock()
	}
	var both sync.WaitGroup
	both.Go(func() { b.pump(ctx) })
	both.Go(func() { b.listen(ctx, since) })
	both.Wait()
}

func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

func attribute(page, name string) string {
	_, rest, _ := strings.Cut(page, name+`="`)
	value, _, _ := strings.Cut(rest, `"`)
	return html.UnescapeString(value)
}

// load is the whole page as it is now; empty when nobody answers.
func (b *browser) load(ctx context.Context) string {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, b.root+"/", nil)
	if err != nil {
		return ""
	}
	status, page := b.ask(r)
	if status != http.StatusOK {
		return ""
	}
	return page
}

// ask makes a request; without an answer the status is 0.
func (b *browser) ask(r *http.Request) (status int, body string) {
	r.Header.Set("Accept-Language", b.lang)
	c := &http.Client{Jar: b.jar, Transport: b.net, Timeout: 25 * time.Second}
	resp, err := c.Do(r)
	if err != nil {
		return 0, ""
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, ""
	}
	return resp.StatusCode, string(text)
}

// chat is the address that the browser's cookie names.
func (b *browser) chat() string {
	at, err := url.Parse(b.root)
	if err != nil {
		return ""
	}
	for _, c := range b.jar.Cookies(at) {
		if c.Name == "chat" {
			chat, _, _ := strings.Cut(c.Value, ".")
			return chat
		}
	}
	return ""
}

// send queues something under a name of its own.
func (b *browser) send(kind string, fields map[string]string) int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sent++
	v := url.Values{"kind": {kind}, "id": {fmt.Sprintf("b%d-%d", b.id, b.sent)}}
	for k, text := range fields {
		v.Set(k, text)
	}
	b.queue = append(b.queue, v)
	select {
	case b.more <- struct{}{}:
	default:
	}
	return int64(b.sent)
}

// pump sends one thing after the other, each until it is taken.
func (b *browser) pump(ctx context.Context) {
	for {
		b.mu.Lock()
		var next url.Values
		if len(b.queue) > 0 {
			next = b.queue[0]
			next.Set("form", b.form)
		}
		b.mu.Unlock()
		if next == nil {
			select {
			case <-ctx.Done():
				return
			case <-b.more:
				continue
			}
		}
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, b.root+"/"+next.Get("kind"), strings.NewReader(next.Encode()))
		if err != nil {
			return
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Accept", "application/json")
		status, answer := b.ask(r)
		b.mu.Lock()
		taken := status == http.StatusOK
		lasting := status != 0 && status != http.StatusTooManyRequests && status < 500
		if !taken && lasting {
			b.fault("%s is answered with %d %s", next.Encode(), status, answer)
		}
		if taken && next.Get("kind") == "say" {
			b.said = append(b.said, next.Get("id"))
		}
		if taken || lasting {
			b.queue = b.queue[1:]
		} else {
			b.again++
		}
		b.mu.Unlock()
		if !taken && !pause(ctx, 50*time.Millisecond) {
			return
		}
	}
}

// listen has one live connection after the other; each goes on where the one
// before ended, and some end early, as on a train.
func (b *browser) listen(ctx context.Context, since string) {
	for {
		life := time.Duration(100+b.rng.IntN(2000)) * time.Millisecond
		one, cancel := context.WithTimeout(ctx, life)
		r, err := http.NewRequestWithContext(one, http.MethodGet, b.root+"/live?since="+url.QueryEscape(since), nil)
		if err == nil {
			r.Header.Set("Accept-Language", b.lang)
			if at := b.cursor(); at != "" {
				r.Header.Set("Last-Event-ID", at)
			}
			c := &http.Client{Jar: b.jar, Transport: b.net}
			if resp, err := c.Do(r); err == nil {
				if resp.StatusCode == http.StatusOK {
					b.events(resp.Body)
				}
				_ = resp.Body.Close()
			}
		}
		cancel()
		b.mu.Lock()
		b.cuts++
		b.mu.Unlock()
		if !pause(ctx, 20*time.Millisecond) {
			return
		}
	}
}

func (b *browser) cursor() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.birth == "" {
		return ""
	}
	return b.birth + "." + strconv.Itoa(b.change)
}

// events takes in what a live connection brings; half an event is none.
func (b *browser) events(body io.Reader) {
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, 1<<20)
	kind, id := "", ""
	var data []string
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), ":")
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
				b.put(id, strings.Join(data, "\n"))
			case "reset":
				b.mu.Lock()
				b.fault("it is told to load the page again")
				b.mu.Unlock()
				return
			}
			kind, id, data = "", "", nil
		}
	}
}

var (
	articleHead   = regexp.MustCompile(`(?s)<p class="h"[^>]*>(.*?)</p>`)
	articleText   = regexp.MustCompile(`(?s)<div class="t"[^>]*>(.*?)</div>`)
	articleTag    = regexp.MustCompile(`<[^>]*>`)
	articleButton = regexp.MustCompile(`(?s)<button [^>]*name="data" value="([^"]*)"[^>]*>(.*?)</button>`)
)

// put shows a message, new or changed.
func (b *browser) put(id, article string) {
	b.mu.Lock()
	birth, text, _ := strings.Cut(id, ".")
	change, _ := strconv.Atoi(text)
	n, _ := strconv.Atoi(attribute(article, "data-n"))
	switch {
	case n == 0:
		b.fault("an event without a message: %.80q", article)
	case b.birth != "" && birth != b.birth:
		b.fault("the page was born again: %s after %s", id, b.birth)
	case change <= b.change:
		b.fault("change %d comes after change %d", change, b.change)
	}
	b.birth, b.change = birth, change
	before, known := b.texts[n]
	b.shown[n], b.texts[n] = plainArticle(article), readArticle(article)
	call := sight{At: time.Now(), Chat: b.id, Message: n, Text: b.texts[n]}
	if known {
		call.Edit = true
	}
	news := !known || before != b.texts[n]
	if say := attribute(article, "data-say"); say != "" {
		if was := b.spoken[say]; was != 0 && was != n {
			b.fault("what was said as %s stands there as %d and as %d", say, was, n)
		}
		b.spoken[say], news = n, false
	}
	b.mu.Unlock()
	if !news {
		return
	}
	for _, m := range articleButton.FindAllStringSubmatch(article, -1) {
		label := html.UnescapeString(articleTag.ReplaceAllString(m[2], ""))
		call.Buttons = append(call.Buttons, []button{{Text: label, Data: html.UnescapeString(m[1])}})
	}
	b.saw(call)
}

// readArticle is what a person reads of a message.
func readArticle(article string) string {
	var parts []string
	for _, part := range []*regexp.Regexp{articleHead, articleText} {
		if m := part.FindStringSubmatch(article); m != nil {
			parts = append(parts, html.UnescapeString(articleTag.ReplaceAllString(m[1], "")))
		}
	}
	return strings.Join(parts, "\n")
}

// plainArticle leaves out whether a message is the first of its day, which a live
// page finds out by itself.
func plainArticle(article string) string {
	return strings.Replace(strings.TrimSpace(article), ` first"`, `"`, 1)
}

// fault notes what must not be; the lock is held.
func (b *browser) fault(format string, args ...any) {
	b.faults = append(b.faults, fmt.Sprintf("%d: ", b.id)+fmt.Sprintf(format, args...))
}
