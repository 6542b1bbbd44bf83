package slack

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/slack/slacktest"
)

const (
	asJSON = "application/json"
	asForm = "application/x-www-form-urlencoded"
)

// request is a delivery as Slack signs it.
func request(a *Adapter, contentType, body string, age time.Duration) *http.Request {
	stamp := strconv.FormatInt(a.now().Add(-age).Unix(), 10)
	r := httptest.NewRequest(http.MethodPost, "/slack", strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", slacktest.Signature(string(a.signing), stamp, []byte(body)))
	return r
}

func TestEventsByHand(t *testing.T) {
	a := named(t)
	a.commitWithin = 30 * time.Millisecond
	hello := event(`{"type":"message","user":"U1","ts":"1700000001.000100","text":"hello","channel":"D1","channel_type":"im"}`)
	a.asking.pause(time.Now().Add(time.Hour)) // there is nobody to ask
	a.places.learn(&bot.Event{Chat: "C1", Group: true})
	pressed := "payload=" + strings.ReplaceAll(strings.ReplaceAll(press, "%", "%25"), "&", "%26")
	for _, c := range []struct {
		name, contentType, body string
		change                  func(*http.Request)
		fail                    error
		status                  int
		events, poison          int
	}{
		{"event", asJSON, hello, nil, nil, 200, 1, 0},
		{"event, with a charset", asJSON + "; charset=utf-8", hello, nil, nil, 200, 1, 0},
		{"a retry", asJSON, hello, func(r *http.Request) { r.Header.Set("X-Slack-Retry-Num", "2") }, nil, 200, 1, 0},
		{"press", asForm, pressed, nil, nil, 200, 1, 0},
		{"command", asForm, form(slash), nil, nil, 200, 1, 0},
		{"store down", asJSON, hello, nil, errDown, 503, 0, 0},
		{"store down at a press", asForm, pressed, nil, errDown, 503, 0, 0},
		{"quarantine down", asJSON, "hello", nil, errDown, 503, 0, 0},
		{"look", asJSON, hello, func(r *http.Request) { r.Method = http.MethodGet }, nil, 405, 0, 0},
		{"not signed", asJSON, hello, func(r *http.Request) { r.Header.Del("X-Slack-Signature") }, nil, 401, 0, 0},
		{"signed by another", asJSON, hello, func(r *http.Request) {
			r.Header.Set("X-Slack-Signature", slacktest.Signature("other", r.Header.Get("X-Slack-Request-Timestamp"), []byte(hello)))
		}, nil, 401, 0, 0},
		{"another version", asJSON, hello, func(r *http.Request) {
			r.Header.Set("X-Slack-Signature", strings.TrimPrefix(r.Header.Get("X-Slack-Signature"), "v0="))
		}, nil, 401, 0, 0},
		{"another time", asJSON, hello, func(r *http.Request) {
			r.Header.Set("X-Slack-Request-Timestamp", strconv.FormatInt(a.now().Unix()-1, 10))
		}, nil, 401, 0, 0},
		{"no time", asJSON, hello, func(r *http.Request) { r.Header.Set("X-Slack-Request-Timestamp", "now") }, nil, 401, 0, 0},
		{"huge", asJSON, hello + strings.Repeat(" ", maxDelivery), nil, nil, 413, 0, 0},
		{"not JSON", asJSON, "hello", nil, nil, 200, 0, 1},
		{"empty", asJSON, "", nil, nil, 200, 0, 1},
		{"a press that is none", asForm, "payload=hello", nil, nil, 200, 0, 1},
		{"a form that is none", asForm, "%zz", nil, nil, 200, 0, 1},
		{"test of the certificate", asForm, "ssl_check=1&token=x", nil, nil, 200, 0, 0},
		{"of no interest", asJSON, event(`{"type":"channel_rename","channel":{"id":"C1"}}`), nil, nil, 200, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := &fakeEngine{before: func(context.Context, bot.Event) error { return c.fail }}
			r := request(a, c.contentType, c.body, 0)
			if c.change != nil {
				c.change(r)
			}
			w := httptest.NewRecorder()
			a.Events(e).ServeHTTP(w, r)
			want(t, "status", w.Code, c.status)
			want(t, "answer", w.Body.String(), "")
			events, poison, released := e.counts()
			want(t, "events", events, c.events)
			want(t, "poison", poison, c.poison)
			if c.fail == nil {
				want(t, "released", released, c.events)
			}
		})
	}
	for age, status := range map[time.Duration]int{
		4 * time.Minute: 200, 6 * time.Minute: 401, -4 * time.Minute: 200, -6 * time.Minute: 401,
	} {
		w := httptest.NewRecorder()
		a.Events(&fakeEngine{}).ServeHTTP(w, request(a, asJSON, hello, age))
		want(t, "signed "+age.String()+" ago", w.Code, status)
	}
}

// Without a secret nothing can be proved, so nothing is taken.
func TestNoSigningSecretNoDelivery(t *testing.T) {
	a, err := New(Config{BotToken: "xoxb-1", AppToken: "xapp-1"})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	a.Events(&fakeEngine{}).ServeHTTP(w, request(a, asJSON, "{}", 0))
	want(t, "status", w.Code, 401)
}

func TestChallenge(t *testing.T) {
	a, s := start(t, loose())
	app := httptest.NewServer(a.Events(&fakeEngine{}))
	t.Cleanup(app.Close)
	s.SetURLs(app.URL, app.URL, app.URL)
	if err := s.VerifyURL(t.Context()); err != nil {
		t.Error(err)
	}
}

// The answers and messages leave when Slack has been told.
func TestReleaseComesAfterTheAnswer(t *testing.T) {
	a := named(t)
	w := httptest.NewRecorder()
	e := &fakeEngine{onRelease: func(bot.Event) {
		if w.Code != http.StatusOK || !w.Flushed {
			t.Errorf("status %d, flushed %v", w.Code, w.Flushed)
		}
	}}
	a.Events(e).ServeHTTP(w, request(a, asForm, "payload="+press, 0))
	_, _, released := e.counts()
	want(t, "released", released, 1)
}

// A commit that takes too long is not waited for: Slack hears in time that it
// must deliver again. What it releases leaves all the same.
func TestSlowCommitIsNotWaitedFor(t *testing.T) {
	a := named(t)
	a.commitWithin = 20 * time.Millisecond
	goOn, released := make(chan struct{}), make(chan struct{})
	e := &fakeEngine{before: func(context.Context, bot.Event) error { <-goOn; return nil }, onRelease: func(bot.Event) { close(released) }}
	stubborn := handlerFunc(func(_ context.Context, events ...bot.Event) (func(), error) {
		return e.Handle(context.Background(), events...)
	})
	w := httptest.NewRecorder()
	a.Events(stubborn).ServeHTTP(w, request(a, asForm, "payload="+press, 0))
	want(t, "status", w.Code, 503)
	close(goOn)
	select {
	case <-released:
	case <-time.After(patience):
		t.Error("what was committed late was never released")
	}
}

type handlerFunc func(ctx context.Context, events ...bot.Event) (func(), error)

func (f handlerFunc) Handle(ctx context.Context, events ...bot.Event) (func(), error) {
	return f(ctx, events...)
}

func (f handlerFunc) Quarantine(context.Context, *bot.Event, error) error {
	return errors.New("not to be called")
}
