package telegram

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/bot/telegram/telegramtest"
)

func TestOutcomes(t *testing.T) {
	api := func(code int, description string) telegramtest.Fault {
		return telegramtest.Fault{Code: code, Description: description}
	}
	for _, c := range []struct {
		name  string
		fault telegramtest.Fault
		edit  bool
		want  bot.Outcome // without Err and Message
	}{
		{"blocked", api(403, "Forbidden: bot was blocked by the user"), false, bot.Outcome{Status: bot.GoneChat}},
		{"blocked, at an edit", api(403, "Forbidden: bot was blocked by the user"), true, bot.Outcome{Status: bot.GoneChat}},
		{"deactivated", api(403, "Forbidden: user is deactivated"), false, bot.Outcome{Status: bot.GoneChat}},
		{"kicked", api(403, "Forbidden: bot was kicked from the supergroup chat"), false, bot.Outcome{Status: bot.GoneChat}},
		{"not found", api(400, "Bad Request: chat not found"), false, bot.Outcome{Status: bot.GoneChat}},
		{"too long", api(400, "Bad Request: message is too long"), false, bot.Outcome{Status: bot.Rejected}},
		{"edit of nothing", api(400, "Bad Request: message to edit not found"), true, bot.Outcome{Status: bot.Rejected}},
		{"edit refused", api(400, "Bad Request: message can't be edited"), true, bot.Outcome{Status: bot.Rejected}},
		{"not modified", api(400, "Bad Request: message is not modified: specified new message content"), true, bot.Outcome{Status: bot.Sent}},
		{"rate", telegramtest.Fault{Code: 429, Description: "Too Many Requests", RetryAfter: 7}, false, bot.Outcome{Status: bot.Retry, RetryAfter: 7 * time.Second}},
		{"token", api(401, "Unauthorized"), false, bot.Outcome{Status: bot.Retry}},
		{"API's own trouble", api(500, "Internal Server Error"), false, bot.Outcome{Status: bot.Unknown}},
		{"gateway", telegramtest.Fault{}, false, bot.Outcome{Status: bot.Unknown}},
		{"gateway after the effect", telegramtest.Fault{Kind: bottest.FailAfter}, false, bot.Outcome{Status: bot.Unknown}},
		{"hung up", telegramtest.Fault{Kind: bottest.HangUpBefore}, false, bot.Outcome{Status: bot.Unknown}},
		{"hung up after the effect", telegramtest.Fault{Kind: bottest.HangUpAfter}, true, bot.Outcome{Status: bot.Unknown}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, tg := start(t, loose())
			tg.Say(1, "hi")
			first := send(a, "1", "first")
			want(t, "first", first.Status, bot.Sent)
			tg.Arm(c.fault)
			out := bot.Outgoing{Chat: "1", Message: bot.Message{Text: "second"}}
			if c.edit {
				out.Target = first.Message
			}
			o := a.Post(t.Context(), out)
			if (o.Err == nil) != (o.Status == bot.Sent) {
				t.Errorf("error %v", o.Err)
			}
			o.Err, o.Message = nil, ""
			want(t, "outcome", o, c.want)
		})
	}
}

func TestMigratedChat(t *testing.T) {
	a, tg := start(t, loose())
	tg.AddGroup(telegramtest.Group{ID: -5, Title: "g"})
	tg.Join(-5, 1)
	tg.Migrate(-5, 1)
	o := send(a, "-5", "hello")
	want(t, "status", o.Status, bot.Migrated)
	want(t, "new address", o.Chat, "-1000000000005")
	want(t, "there", send(a, o.Chat, "hello").Status, bot.Sent)
}

func TestRateWithoutTheAPIsWord(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "9")
		w.WriteHeader(http.StatusTooManyRequests)
	}))
	defer s.Close()
	a, err := New(Config{Token: "42:secret", APIURL: s.URL})
	if err != nil {
		t.Fatal(err)
	}
	o := send(a, "1", "x")
	want(t, "status", o.Status, bot.Retry)
	want(t, "wait", o.RetryAfter, 9*time.Second)
}

func TestHalfAnAnswerIsUnknown(t *testing.T) {
	for name, answer := range map[string]string{
		"cut":     "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"ok\":true,\"result\":{\"message_id\":5",
		"strange": "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n<p>Hello</p",
		"none":    "",
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			_, _ = conn.Write([]byte(answer))
			conn.Close()
		}))
		a, err := New(Config{Token: "42:secret", APIURL: s.URL})
		if err != nil {
			t.Fatal(err)
		}
		if o := send(a, "1", "x"); o.Status != bot.Unknown || o.Err == nil {
			t.Errorf("%s: %v, %v", name, o.Status, o.Err)
		}
		s.Close()
	}
}

func TestTimeOutIsUnknown(t *testing.T) {
	a, tg := start(t, loose())
	tg.Say(1, "hi")
	tg.Arm(telegramtest.Fault{Kind: bottest.Delayed, Delay: patience, Method: "sendMessage"})
	ctx, cancel := context.WithTimeout(t.Context(), time.Second) // it has left by then
	defer cancel()
	o := a.Post(ctx, bot.Outgoing{Chat: "1", Message: bot.Message{Text: "x"}})
	want(t, "status", o.Status, bot.Unknown)
	if !errors.Is(o.Err, context.DeadlineExceeded) {
		t.Errorf("error %v", o.Err)
	}
}

// A message that never left is tried again without being counted as a possible
// double.
func TestNothingListening(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	a, err := New(Config{Token: "42:secret", APIURL: "http://" + l.Addr().String()})
	if err != nil {
		t.Fatal(err)
	}
	o := send(a, "1", "x")
	want(t, "status", o.Status, bot.Retry)
	want(t, "wait", o.RetryAfter, 0)
}

func TestAnswer(t *testing.T) {
	a, tg := start(t, loose())
	tg.Say(1, "hi")
	o := send(a, "1", "q")
	pressed := func() bot.Event {
		id := tg.Press(1, 2, "a")
		ev, ok, err := a.Decode(tg.Update(id))
		if !ok || err != nil {
			t.Fatalf("%v, %v", ok, err)
		}
		want(t, "message", ev.Message, o.Message)
		return ev
	}
	if err := a.Answer(t.Context(), pressed(), bot.Answer{Text: strings.Repeat("对", 300), Alert: true}); err != nil {
		t.Error(err)
	}
	if err := a.Answer(t.Context(), pressed(), bot.Answer{}); err != nil {
		t.Error(err)
	}
	calls := tg.CallsOf("answerCallbackQuery")
	want(t, "text", calls[0].Text, strings.Repeat("对", 199)+"…")
	want(t, "alert", calls[0].Alert, true)
	want(t, "nothing", calls[1].Text, "")

	stale := pressed()
	stale.Query = "123"
	if err := a.Answer(t.Context(), stale, bot.Answer{Text: "x"}); err != nil {
		t.Errorf("too old: %v", err)
	}
	tg.Arm(telegramtest.Fault{})
	if err := a.Answer(t.Context(), pressed(), bot.Answer{Text: "x"}); err == nil {
		t.Error("a failed answer passed for a success")
	}
}
