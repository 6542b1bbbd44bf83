package telegram

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
)

const token = "42:AAH-very-secret_token"

// Every kind of failure of every call, with its error and all that was logged,
// is looked through for the token.
func TestTokenStaysSecret(t *testing.T) {
	closed := httptest.NewServer(nil)
	closed.Close()
	serve := func(status int, body string) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "http://"+r.Host+r.URL.Path+"/on")
			w.WriteHeader(status)
			_, _ = w.Write([]byte(strings.ReplaceAll(body, "PATH", r.URL.Path)))
		}))
		t.Cleanup(s.Close)
		return s.URL
	}
	hangs := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) }))
	t.Cleanup(hangs.Close)
	for name, url := range map[string]string{
		"nobody there":   closed.URL,
		"hangs up":       hangs.URL,
		"no such host":   "http://[::1%25nowhere]:1",
		"gateway":        serve(502, "<html>PATH</html>"),
		"redirect":       serve(307, ""),
		"unauthorized":   serve(401, `{"ok":false,"error_code":401,"description":"Unauthorized"}`),
		"echoes":         serve(200, "PATH"),
		"refuses":        serve(400, `{"ok":false,"error_code":400,"description":"no PATH"}`),
		"not found page": serve(404, "no PATH"),
	} {
		t.Run(name, func(t *testing.T) {
			var logged bytes.Buffer
			a, err := New(Config{Token: token, APIURL: url, Log: slog.New(slog.NewTextHandler(&logged, nil))})
			if err != nil {
				t.Fatal(err)
			}
			a.retryPause, a.mostPause = time.Millisecond, time.Millisecond
			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			defer cancel()
			_, batch := a.getBatch(ctx, 0)
			errs := map[string]error{
				"post":     a.Post(ctx, bot.Outgoing{Chat: "1", Message: bot.Message{Text: "x"}}).Err,
				"edit":     a.Post(ctx, bot.Outgoing{Chat: "1", Target: "2", Message: bot.Message{Text: "x"}}).Err,
				"answer":   a.Answer(ctx, bot.Event{Query: "1"}, bot.Answer{}),
				"start":    a.Start(ctx),
				"commands": a.SetCommands(ctx, Private, map[string][]Command{"": {{"quiz", "Quiz"}}}),
				"webhook":  a.RegisterWebhook(ctx, "https://example.org", "s"),
				"batch":    batch,
			}
			errs["poll"] = a.Poll(ctx, &engine{})
			for call, err := range errs {
				if err == nil && call != "poll" && (name != "echoes" || call != "answer" && call != "edit") {
					t.Errorf("%s: no error", call)
				}
				for ; err != nil; err = errors.Unwrap(err) {
					if strings.Contains(err.Error(), "very-secret") {
						t.Errorf("%s: the token is in %q", call, err)
					}
				}
			}
			if strings.Contains(logged.String(), "very-secret") {
				t.Errorf("the token is in the log:\n%s", logged.String())
			}
		})
	}
	if _, err := New(Config{Token: token + " "}); err == nil || strings.Contains(err.Error(), "very-secret") {
		t.Errorf("a bad token: %v", err)
	}
	if _, err := New(Config{Token: token, APIURL: "api"}); err == nil || strings.Contains(err.Error(), "very-secret") {
		t.Errorf("a bad address: %v", err)
	}
}

func TestStartSaysWhatToDo(t *testing.T) {
	a, tg := start(t, loose())
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	want(t, "link", a.Channel().Link, "https://t.me/"+tg.Username()+"?start=CODE")
	other, err := New(Config{Token: "42:wrong", APIURL: tg.URL()})
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(t.Context()); !errors.Is(err, ErrToken) {
		t.Errorf("wrong token: %v", err)
	}
	tg.Close()
	if err := a.Start(t.Context()); err == nil || !strings.Contains(err.Error(), "check the network") {
		t.Errorf("no network: %v", err)
	}
}

func TestLimits(t *testing.T) {
	for given, want := range map[bot.Limits]bot.Limits{
		{}: {PerSecond: 30, ChatEvery: time.Second, GroupPerMinute: 20},
		{PerSecond: 1000, ChatEvery: -1, GroupPerMinute: -1}: {PerSecond: 1000},
	} {
		a, err := New(Config{Token: token, Limits: given})
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Channel().Limits; got != want {
			t.Errorf("%+v became %+v", given, got)
		}
	}
}

func TestSetCommands(t *testing.T) {
	a, tg := start(t, loose())
	menus := map[string][]Command{"": {{"quiz", "Quiz"}}, "vi": {{"quiz", "Câu hỏi"}}, "zh": {{"quiz", "小测"}}}
	if err := a.SetCommands(t.Context(), Groups, menus); err != nil {
		t.Fatal(err)
	}
	want(t, "zh", tg.Commands("all_group_chats", "zh")[0].Description, "小测")
	want(t, "default", tg.Commands("all_group_chats", "")[0].Description, "Quiz")
	want(t, "private", len(tg.Commands("all_private_chats", "")), 0)
	if err := a.SetCommands(t.Context(), Groups, map[string][]Command{"zh": nil}); err != nil {
		t.Fatal(err)
	}
	want(t, "taken away", len(tg.Commands("all_group_chats", "zh")), 0)
}
