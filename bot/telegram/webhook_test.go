package telegram

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"cadrebot/bot"
)

func hooked(t *testing.T, a *Adapter, e *engine) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(a.Webhook(e, "s3cret"))
	t.Cleanup(s.Close)
	return s
}

func TestWebhookAnswersAfterTheCommit(t *testing.T) {
	a, tg := start(t, loose())
	var down atomic.Bool
	down.Store(true)
	e := &engine{before: func(bot.Event) error {
		if down.Load() {
			return errors.New("store is down")
		}
		return nil
	}}
	s := hooked(t, a, e)
	if err := a.RegisterWebhook(t.Context(), s.URL, "s3cret"); err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		tg.Say(int64(1+i%2), strconv.Itoa(i))
	}
	tg.Raw(`{"message":{"message_id":"poison"}}`)
	await(t, tg, "refusals", func() bool { return tg.Stats().FailedDeliveries >= 3 })
	want(t, "nothing is confirmed", tg.Pending(), 21)
	down.Store(false)
	await(t, tg, "all delivered", func() bool { return tg.Pending() == 0 })
	want(t, "one chat's order", fmt.Sprint(e.texts("1")), "[0 2 4 6 8 10 12 14 16 18]")
	want(t, "the other's", fmt.Sprint(e.texts("2")), "[1 3 5 7 9 11 13 15 17 19]")
	until(t, e, func() bool { _, poison, _ := e.counts(); return poison == 1 })
}

func TestWebhookByHand(t *testing.T) {
	a := named(t)
	update := `{"update_id":5,"message":{"message_id":1,"from":` + anna + `,"chat":` + private + `,"text":"hi"}}`
	for _, c := range []struct {
		name, method, secret, body string
		fail                       error
		status                     int
		events, poison             int
	}{
		{"update", "POST", "s3cret", update, nil, 200, 1, 0},
		{"store down", "POST", "s3cret", update, errors.New("down"), 503, 0, 0},
		{"quarantine down", "POST", "s3cret", `{"update_id":5,"message":[]}`, errors.New("down"), 503, 0, 0},
		{"no secret", "POST", "", update, nil, 401, 0, 0},
		{"wrong secret", "POST", "s3cres", update, nil, 401, 0, 0},
		{"look", "GET", "s3cret", "", nil, 405, 0, 0},
		{"not JSON", "POST", "s3cret", "hello", nil, 200, 0, 1},
		{"empty", "POST", "s3cret", "", nil, 200, 0, 1},
		{"undecodable", "POST", "s3cret", `{"update_id":5,"message":[]}`, nil, 200, 0, 1},
		{"of no interest", "POST", "s3cret", `{"update_id":5,"poll":{}}`, nil, 200, 0, 0},
		{"huge", "POST", "s3cret", `{"update_id":5,"x":"` + strings.Repeat("x", maxUpdate) + `"}`, nil, 413, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := &engine{before: func(bot.Event) error { return c.fail }}
			s := hooked(t, a, e)
			req, err := http.NewRequestWithContext(t.Context(), c.method, s.URL, strings.NewReader(c.body))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("X-Telegram-Bot-Api-Secret-Token", c.secret)
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(resp.Body)
			resp.Body.Close()
			if err != nil || len(body) > 0 {
				t.Errorf("body %q, %v", body, err)
			}
			want(t, "status", resp.StatusCode, c.status)
			want(t, "to be tried again", resp.Header.Get("Retry-After") != "", c.status == 503)
			events, poison, _ := e.counts()
			want(t, "events", events, c.events)
			want(t, "in quarantine", poison, c.poison)
		})
	}
}

// The answer reaches Telegram even while what was committed is still leaving.
func TestWebhookAnswersBeforeTheRelease(t *testing.T) {
	a := named(t)
	hold := make(chan struct{})
	e := &engine{onRelease: func() { <-hold }}
	s := hooked(t, a, e)
	req, err := http.NewRequestWithContext(t.Context(), "POST", s.URL,
		strings.NewReader(`{"update_id":5,"message":{"message_id":1,"from":`+anna+`,"chat":`+private+`,"text":"hi"}}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Telegram-Bot-Api-Secret-Token", "s3cret")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	want(t, "status", resp.StatusCode, 200)
	_, _, released := e.counts()
	want(t, "released", released, 0)
	close(hold)
	until(t, e, func() bool { _, _, n := e.counts(); return n == 1 })
}

func TestDefaultSecretIsOneThatTelegramTakes(t *testing.T) {
	a, _ := start(t, loose())
	if err := a.RegisterWebhook(t.Context(), "http://127.0.0.1:1/", a.DefaultSecret()); err != nil {
		t.Error(err)
	}
	b := named(t)
	if s := b.DefaultSecret(); s != named(t).DefaultSecret() || s == a.DefaultSecret() || strings.Contains(s, "secret") {
		t.Errorf("secret %q", s)
	}
}
