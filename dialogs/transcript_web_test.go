package dialogs

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/bot/webchat"
	"cadrebot/content/phrases"
)

// onWeb is a conversation in which each person has a page of the web chat open.
type onWeb struct {
	*ear
	chat     *webchat.Chat
	server   *httptest.Server
	browsers map[string]*browser
	known    map[string]string // names, by chat
	posts    int
	byHand   bool // what is under way did not come by the page
}

// webFiles are those of the courses that are played.
type webFiles struct{ *ear }

func (f webFiles) Asset(name string) ([]byte, error) { return courseFiles{f.dialogs}.Asset(name) }

// browser is somebody's browser, at the page.
type browser struct {
	http        *http.Client
	chat, since string
	form        string // what proves that a form is of this page
}

func openWeb(t *testing.T, e *ear) (platform, bot.Channel) {
	words, err := allPhrases()
	if err != nil {
		t.Fatal(err)
	}
	p := &onWeb{ear: e, browsers: map[string]*browser{}, known: map[string]string{}}
	e.names = func(address string) string { return p.known[address] }
	p.chat, err = webchat.New(webchat.Config{
		Pages: bottest.NewMemory(), Seal: bot.NewSeal([]byte("key of the tests")), URL: "http://127.0.0.1:8080", Langs: []string{"zh", "vi", "en"},
		Words:  func(lang, key string, args ...any) string { return words.Say(phrases.Lang(lang), key, args...) },
		Assets: webFiles{e}, Zone: time.UTC, Limits: webchat.Limits{Burst: 1e6, PerSecond: 1e6, NewChats: 1e6, PagesPerChat: 1e6, Pages: 1e6},
	})
	if err != nil {
		t.Fatal(err)
	}
	p.server = httptest.NewServer(p.chat.Handler(e))
	t.Cleanup(p.server.Close)
	return p, p.chat.Channel()
}

// at is somebody's browser, which opens the page the first time.
func (p *onWeb) at(who, lang string) *browser {
	p.t.Helper()
	if b := p.browsers[who]; b != nil {
		return b
	}
	jar, _ := cookiejar.New(nil)
	b := &browser{http: &http.Client{Jar: jar, Timeout: time.Minute}}
	p.browsers[who] = b
	page := p.get(b, "/", lang)
	form := regexp.MustCompile(`data-form="([^"]*)"`).FindSubmatch(page)
	if form == nil {
		p.t.Fatalf("the page has no form:\n%s", page)
	}
	b.form = html.UnescapeString(string(form[1]))
	at, _ := url.Parse(p.server.URL)
	for _, c := range jar.Cookies(at) {
		if c.Name == "chat" {
			b.chat, _, _ = strings.Cut(c.Value, ".")
		}
	}
	p.known[b.chat] = who
	return b
}

// get loads something.
func (p *onWeb) get(b *browser, path, lang string) []byte {
	p.t.Helper()
	r, err := http.NewRequest(http.MethodGet, p.server.URL+path, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Accept-Language", lang)
	return p.body(b.http.Do(r))
}

func (p *onWeb) body(r *http.Response, err error) []byte {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		p.t.Errorf("%s: %s %s %v", r.Request.URL.Path, r.Status, body, err)
	}
	return body
}

func (p *onWeb) act(ev bot.Event) {
	b := p.at(ev.Sender, ev.Lang)
	path, form := "/say", url.Values{"text": {ev.Text}}
	if ev.Kind == bot.Press {
		if !p.carried(ev) {
			p.byHand = true // no page has ever had this button
			p.hears(ev, func() {
				ev.Chat, ev.Sender = b.chat, b.chat
				_, _ = p.Handle(context.Background(), ev)
			})
			p.byHand = false
			return
		}
		path, form = "/press", url.Values{"message": {ev.Message}, "data": {ev.Data}}
	}
	p.posts++
	form.Set("form", b.form)
	form.Set("id", "do"+strconv.Itoa(p.posts))
	p.hears(ev, func() {
		r, err := http.NewRequest(http.MethodPost, p.server.URL+path, strings.NewReader(form.Encode()))
		if err != nil {
			p.t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Accept", "application/json")
		r.Header.Set("Accept-Language", ev.Lang)
		var answer struct{ Words string }
		if err := json.Unmarshal(p.body(b.http.Do(r)), &answer); err != nil {
			p.t.Error(err)
		}
		p.flash(answer.Words)
	})
}

// flashed stands where the answer to a press belongs, which comes last.
const flashed = "\x00"

// flash puts the answer to a press where it belongs.
func (p *onWeb) flash(words string) {
	shown := false
	for i, s := range p.said {
		if strings.Contains(s, flashed) {
			p.said[i] = strings.Replace(s, flashed, words, 1)
			shown = true
		}
	}
	if shown != (words != "") {
		p.t.Errorf("the page flashes %q", words)
	}
}

// carried tells whether a message has, or has had, a button.
func (p *onWeb) carried(ev bot.Event) bool {
	for _, m := range p.history(ev.Chat).messages {
		if m.name == ev.Message {
			return m.had(ev.Data)
		}
	}
	return false
}

func (p *onWeb) post(chat, target string, m bot.Message) (name, seen string) {
	b := p.at(chat, "")
	p.posts++
	out := bot.Outgoing{Chat: b.chat, Target: target, Message: m, Operation: strconv.Itoa(p.posts)}
	name = p.sent(p.chat.Post(p.t.Context(), out), m)
	return name, p.read(b, p.event(b, name), target, out.Message.Media)
}

var eventID = regexp.MustCompile(`^id: (.*)$`)

// event is what the live page gets of a message: what has changed since it was
// last asked, up to that message.
func (p *onWeb) event(b *browser, name string) string {
	p.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.server.URL+"/live?since="+url.QueryEscape(b.since), nil)
	if err != nil {
		p.t.Fatal(err)
	}
	resp, err := b.http.Do(r)
	if err != nil {
		p.t.Errorf("the live page: %v", err)
		return ""
	}
	defer resp.Body.Close()
	var event strings.Builder
	lines := bufio.NewReader(resp.Body)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			p.t.Errorf("the live page never shows message %s: %v", name, err)
			return ""
		}
		line = strings.TrimSuffix(line, "\n")
		if id := eventID.FindStringSubmatch(line); id != nil {
			b.since = id[1]
		}
		if data, ok := strings.CutPrefix(line, "data: "); ok {
			event.WriteString(data + "\n")
		}
		if line == "" {
			if strings.Contains(event.String(), ` id="m`+name+`"`) {
				return event.String()
			}
			event.Reset()
		}
	}
}

var (
	headAt   = regexp.MustCompile(`(?s)<p class="h" dir="auto">(.*?)</p>`)
	textAt   = regexp.MustCompile(`(?s)<div class="t" dir="auto">(.*?)</div>`)
	rowAt    = regexp.MustCompile(`(?s)<div class="row">(.*?)</div>`)
	buttonAt = regexp.MustCompile(`(?s)<(?:button|a) [^>]*>(.*?)</(?:button|a)>`)
	hiddenAt = regexp.MustCompile(`(?s)<span[^>]*>.*?</span>`)
	tagAt    = regexp.MustCompile(`<[^>]*>`)
	mediaAt  = regexp.MustCompile(`(?s)<(?:img|audio controls|video controls|a class="file")[^>]* (?:src|href)="([^"]*)"[^>]*>`)
	altAt    = regexp.MustCompile(`(?s)<p class="alt"[^>]*>(.*?)</p>`)
)

// seenIn is what a piece of a page says to who sees it.
func seenIn(piece string) string {
	return html.UnescapeString(tagAt.ReplaceAllString(hiddenAt.ReplaceAllString(piece, ""), ""))
}

// read is a message as who looks at the page sees it.
func (p *onWeb) read(b *browser, article, target string, posted *bot.Media) string {
	var lines []string
	for _, at := range []*regexp.Regexp{headAt, textAt} {
		if found := at.FindStringSubmatch(article); found != nil {
			lines = append(lines, seenIn(found[1]))
		}
	}
	var rows [][]bot.Button
	for _, row := range rowAt.FindAllStringSubmatch(article, -1) {
		var labels []bot.Button
		for _, button := range buttonAt.FindAllStringSubmatch(row[1], -1) {
			labels = append(labels, bot.Button{Label: seenIn(button[1])})
		}
		rows = append(rows, labels)
	}
	var media *bot.Media
	if found := mediaAt.FindStringSubmatch(article); found != nil && target == "" {
		media = p.file(b, html.UnescapeString(found[1]), posted)
		if alt := altAt.FindStringSubmatch(article); media != nil && media.Alt != "" && (alt == nil || seenIn(alt[1]) != media.Alt) {
			p.t.Errorf("a file is shown without %q", media.Alt)
		}
	}
	return told(media, strings.Join(lines, "\n"), rows)
}

// file is what a message shows of a file, where it is the one that was posted.
func (p *onWeb) file(b *browser, at string, posted *bot.Media) *bot.Media {
	switch {
	case posted == nil:
		p.t.Errorf("shows %s, which nobody has posted", at)
	case posted.URL != "" && at == posted.URL:
	case posted.URL != "" || !strings.HasPrefix(at, "/"):
		p.t.Errorf("shows %s, not %s", at, posted.URL)
	case !bytes.Equal(p.get(b, at, ""), posted.Data):
		p.t.Errorf("%s is another file", at)
	}
	return posted
}

func (p *onWeb) answer(_ bot.Event, a bot.Answer) string {
	if err := p.chat.Answer(p.t.Context(), p.origin, a); err != nil {
		p.t.Error(err)
	}
	if a.Text == "" || p.byHand {
		return a.Text
	}
	return flashed
}

// had tells whether a message has, or has had, a button.
func (m shown) had(data string) bool {
	return slices.Contains(m.buttoned, data)
}
