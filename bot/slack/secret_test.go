package slack

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/slack/slacktest"
)

const (
	botToken = "xoxb-42-very-secret"
	appToken = "xapp-42-very-secret"
	signing  = "very-secret-signature"
	response = "/actions/T1/very-secret-way"
)

// Every kind of failure of every call, with its error and all that was logged,
// is looked through for the app's secrets and for the ways to answer a press.
func TestSecretsStaySecret(t *testing.T) {
	closed := httptest.NewServer(nil)
	closed.Close()
	serve := func(status int, body string) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "http://"+r.Host+r.URL.Path+"/on")
			w.WriteHeader(status)
			_, _ = w.Write([]byte(strings.NewReplacer("PATH", r.URL.Path, "TOKEN", botToken, "APP", appToken).Replace(body)))
		}))
		t.Cleanup(s.Close)
		return s.URL
	}
	hangs := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	t.Cleanup(hangs.Close)
	for name, url := range map[string]string{
		"nobody there":    closed.URL,
		"hangs up":        hangs.URL,
		"no such host":    "http://[::1%25nowhere]:1",
		"gateway":         serve(502, "<html>PATH TOKEN</html>"),
		"redirect":        serve(307, ""),
		"unauthorized":    serve(200, `{"ok":false,"error":"invalid_auth TOKEN APP"}`),
		"invalid":         serve(200, `{"ok":false,"error":"invalid_auth"}`),
		"echoes":          serve(200, "PATH TOKEN APP"),
		"echoes a way":    serve(404, "PATH"),
		"refuses":         serve(400, `{"ok":false,"error":"no PATH TOKEN","response_metadata":{"messages":["TOKEN","APP"]}}`),
		"uploads nowhere": serve(200, `{"ok":true,"upload_url":"http://127.0.0.1:1/very-secret","file_id":"F1","url":"ws://127.0.0.1:1/?ticket=very-secret"}`),
	} {
		t.Run(name, func(t *testing.T) {
			var logged syncBuffer
			log := slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
			a, err := New(Config{BotToken: botToken, AppToken: appToken, SigningSecret: signing, APIURL: url, Log: log})
			if err != nil {
				t.Fatal(err)
			}
			a.retryPause, a.mostPause, a.readyPause = time.Millisecond, time.Millisecond, time.Millisecond
			a.commitWithin = 20 * time.Millisecond
			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			defer cancel()
			pressed := func() bot.Event {
				raw := strings.Replace(press, "https://hooks.slack.com/actions/T1/1/abc", url+response, 1)
				ev, ok, err := a.Decode(interactive, []byte(raw))
				if !ok || err != nil {
					t.Fatal(ok, err)
				}
				return ev
			}
			ev := pressed()
			m := bot.Message{Text: "x"}
			errs := map[string]error{
				"start":                a.Start(ctx),
				"post":                 a.Post(ctx, bot.Outgoing{Chat: "D1", Message: m}).Err,
				"edit":                 a.Post(ctx, bot.Outgoing{Chat: "D1", Target: "2", Message: m}).Err,
				"replace":              a.Post(ctx, bot.Outgoing{Chat: "D1", Target: ev.Message, Message: m}).Err,
				"answer":               a.Answer(ctx, pressed(), bot.Answer{Text: "x"}),
				"answer without a way": a.Answer(ctx, bot.Event{Chat: "D1", Sender: "U1"}, bot.Answer{Text: "x"}),
				"file":                 a.Post(ctx, bot.Outgoing{Chat: "D1", Message: bot.Message{Media: &bot.Media{Kind: bot.File, Data: []byte("x")}}}).Err,
			}
			a.me.Store(&identity{user: me})
			errs["listen"] = a.Listen(ctx, &fakeEngine{})
			_, _, errs["decode"] = a.Decode(commands, []byte("%zz"+botToken))
			w := httptest.NewRecorder()
			a.Events(&fakeEngine{}).ServeHTTP(w, request(a, asForm, form(slash), 0))
			for call, err := range errs {
				for ; err != nil; err = errors.Unwrap(err) {
					if strings.Contains(err.Error(), "very-secret") {
						t.Errorf("%s: a secret is in %q", call, err)
					}
				}
			}
			if strings.Contains(logged.String()+w.Body.String(), "very-secret") {
				t.Errorf("a secret is in the log:\n%s", logged.String())
			}
		})
	}
	for _, cfg := range []Config{
		{BotToken: botToken + " ", SigningSecret: signing}, {BotToken: "very-secret", AppToken: appToken},
		{BotToken: botToken, AppToken: "very-secret"}, {BotToken: botToken}, {BotToken: botToken, AppToken: appToken, APIURL: "very-secret"},
	} {
		if _, err := New(cfg); err == nil || strings.Contains(err.Error(), "very-secret") {
			t.Errorf("%+v: %v", cfg, err)
		}
	}
}

// syncBuffer is a log that several write to.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(line []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(line)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func TestStartSaysWhatToDo(t *testing.T) {
	a, s := start(t, loose())
	want(t, "bot", a.self(), s.BotUserID())
	want(t, "team", a.Team(), "Cadre")
	want(t, "link", a.Channel().Link, "")
	other, err := New(Config{BotToken: "xoxb-wrong", SigningSecret: "s", APIURL: s.URL()})
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(t.Context()); !errors.Is(err, ErrToken) || !strings.Contains(err.Error(), "slack-manifest.yaml") {
		t.Errorf("wrong token: %v", err)
	}
	s.Arm(slacktest.Fault{RetryAfter: 7, Method: "auth.test", Times: 1})
	if err := a.Start(t.Context()); err == nil || !strings.Contains(err.Error(), "wait 7s") {
		t.Errorf("rate: %v", err)
	}
	s.Close()
	if err := a.Start(t.Context()); err == nil || !strings.Contains(err.Error(), "check the network") {
		t.Errorf("no network: %v", err)
	}
}

func TestLimits(t *testing.T) {
	for given, want := range map[bot.Limits]bot.Limits{
		{}: {PerSecond: 10, ChatEvery: time.Second},
		{PerSecond: 1000, ChatEvery: -1, GroupPerMinute: 5}: {PerSecond: 1000, GroupPerMinute: 5},
		{PerSecond: -1, ChatEvery: -1, GroupPerMinute: -1}:  {},
	} {
		a, err := New(Config{BotToken: botToken, AppToken: appToken, Limits: given})
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Channel().Limits; got != want {
			t.Errorf("%+v became %+v", given, got)
		}
	}
}
