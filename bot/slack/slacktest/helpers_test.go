package slacktest_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"cadrebot/bot/bottest"
	"cadrebot/bot/slack/slacktest"

	"github.com/slack-go/slack"
)

func start(t *testing.T, opts slacktest.Options) *slacktest.Server {
	t.Helper()
	s := slacktest.NewServer(opts)
	t.Cleanup(s.Close)
	return s
}

// loose is a fake without rates, for tests of something else.
func loose() slacktest.Options {
	return slacktest.Options{
		Rate:        bottest.Unlimited,
		ChannelRate: bottest.Unlimited,
		Tier3:       bottest.Unlimited,
		Tier4:       bottest.Unlimited,
	}
}

func client(s *slacktest.Server) *slack.Client {
	return slack.New(s.BotToken(), slack.OptionAPIURL(s.URL()), slack.OptionAppLevelToken(s.AppToken()))
}

type answer struct {
	status     int
	retryAfter string
	raw        string

	OK        bool            `json:"ok"`
	Code      string          `json:"error"`
	Channel   json.RawMessage `json:"channel"`
	TS        string          `json:"ts"`
	MessageTS string          `json:"message_ts"`
	URL       string          `json:"url"`
	UploadURL string          `json:"upload_url"`
	FileID    string          `json:"file_id"`
	Metadata  struct {
		Messages []string `json:"messages"`
	} `json:"response_metadata"`
}

// String is what a table compares: ok, or the error with what explains it.
func (a answer) String() string {
	if a.OK {
		return "ok"
	}
	return strings.TrimSpace(a.Code + " " + strings.Join(a.Metadata.Messages, "; "))
}

func post(address, token, contentType, body string) (answer, error) {
	post, err := http.NewRequest(http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	post.Header.Set("Content-Type", contentType)
	if token != "" {
		post.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(post)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{}, err
	}
	a := answer{status: resp.StatusCode, retryAfter: resp.Header.Get("Retry-After"), raw: string(raw)}
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json") {
		err = json.Unmarshal(raw, &a)
	}
	return a, err
}

func call(t *testing.T, s *slacktest.Server, method, body string, args ...any) answer {
	t.Helper()
	a, err := post(s.URL()+method, s.BotToken(), "application/json", fmt.Sprintf(body, args...))
	if err != nil {
		t.Fatalf("%s: %v", method, err)
	}
	return a
}

func form(t *testing.T, s *slacktest.Server, method string, fields ...string) answer {
	t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	a, err := post(s.URL()+method, s.BotToken(), "application/x-www-form-urlencoded", form.Encode())
	if err != nil {
		t.Fatalf("%s: %v", method, err)
	}
	return a
}

// patience bounds what must come.
const patience = 10 * time.Second

func want(t *testing.T, what string, got, want any) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s:\n got %v\nwant %v", what, got, want)
	}
}

func await(t *testing.T, s *slacktest.Server, what string, cond func() bool) {
	t.Helper()
	if !s.Await(cond, patience) {
		t.Fatalf("waited in vain: %s", what)
	}
}

// app is an app's end of the HTTP transport: it takes what decide lets it
// take and keeps it, with each signature checked.
type app struct {
	mu    sync.Mutex
	taken []taken
	seen  chan taken
	url   string
}

type taken struct {
	path   string
	header http.Header
	body   string
}

// event is the inner event; payload the payload of a press.
func (r taken) event(t *testing.T) map[string]any {
	t.Helper()
	var outer struct {
		EventID string         `json:"event_id"`
		Event   map[string]any `json:"event"`
	}
	if err := json.Unmarshal([]byte(r.body), &outer); err != nil {
		t.Fatalf("event %q: %v", r.body, err)
	}
	outer.Event["event_id"] = outer.EventID
	return outer.Event
}

func (r taken) form(t *testing.T) url.Values {
	t.Helper()
	form, err := url.ParseQuery(r.body)
	if err != nil {
		t.Fatal(err)
	}
	return form
}

func serveApp(t *testing.T, s *slacktest.Server, decide func(taken, http.ResponseWriter)) *app {
	t.Helper()
	app := &app{seen: make(chan taken, 1000)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		verifier, err := slack.NewSecretsVerifier(r.Header, s.SigningSecret())
		if err == nil {
			_, _ = verifier.Write(raw)
			err = verifier.Ensure()
		}
		if err != nil {
			t.Errorf("signature of %s: %v", r.URL.Path, err)
		}
		got := taken{r.URL.Path, r.Header, string(raw)}
		app.mu.Lock()
		app.taken = append(app.taken, got)
		app.mu.Unlock()
		app.seen <- got
		if decide != nil {
			decide(got, w)
		}
	}))
	t.Cleanup(server.Close)
	app.url = server.URL
	s.SetURLs(server.URL+"/events", server.URL+"/interactivity", server.URL+"/commands")
	return app
}

// all are the requests so far.
func (a *app) all() []taken {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]taken(nil), a.taken...)
}

// cutAround is what stands before, between and after two marks.
func cutAround(s, from, to string) (before, between, after string) {
	before, rest, _ := strings.Cut(s, from)
	between, after, _ = strings.Cut(rest, to)
	return before, between, after
}
