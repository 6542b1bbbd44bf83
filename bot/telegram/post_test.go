package telegram

import (
	"context"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/bot/telegram/telegramtest"
)

// patience bounds every wait for something that must happen.
const patience = 10 * time.Second

func loose() telegramtest.Options {
	return telegramtest.Options{
		Rate: bottest.Unlimited, ChatRate: bottest.Unlimited, GroupRate: bottest.Unlimited,
		ConflictDelay: time.Millisecond, WebhookRetry: time.Millisecond,
	}
}

// start returns an adapter and the fake that it talks to.
func start(t testing.TB, opts telegramtest.Options) (*Adapter, *telegramtest.Server) {
	t.Helper()
	tg := telegramtest.NewServer(opts)
	t.Cleanup(tg.Close)
	return connect(t, tg), tg
}

func connect(t testing.TB, tg *telegramtest.Server) *Adapter {
	t.Helper()
	a, err := New(Config{Token: tg.Token(), APIURL: tg.URL(), Limits: bot.Limits{ChatEvery: time.Millisecond}})
	if err != nil {
		t.Fatal(err)
	}
	a.retryPause, a.conflictPause, a.mostPause = time.Millisecond, time.Millisecond, 4*time.Millisecond
	a.series.Pause = time.Millisecond
	a.outWithin = time.Hour // nothing may lean on it
	t.Cleanup(a.http.CloseIdleConnections)
	return a
}

func send(a *Adapter, chat, text string) bot.Outcome {
	return a.Post(context.Background(), bot.Outgoing{Chat: chat, Message: bot.Message{Text: text}, Operation: "op"})
}

func want[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n got %v\nwant %v", what, got, want)
	}
}

func TestPostIsReadAsWritten(t *testing.T) {
	a, tg := start(t, loose())
	tg.Say(1, "hi")
	o := a.Post(t.Context(), bot.Outgoing{Chat: "1", Message: bot.Message{
		Head: "a < b & \"c\" \\ 问", Text: "line\ntab\t<b>no</b> \x01 \xff é 🎓",
		Buttons: [][]bot.Button{{{Label: `A "<1>"`, Data: "q:1"}, {Label: "open", URL: "https://example.org/?a=1&b=2"}}},
	}})
	want(t, "status", o, bot.Outcome{Status: bot.Sent, Message: o.Message})
	m, _ := tg.Last(1)
	want(t, "text", m.Text, "a < b & \"c\" \\ 问\nline\ntab\t<b>no</b> \x01 \uFFFD é 🎓")
	want(t, "head", m.Entities[0], telegramtest.Entity{Type: "bold", Length: 15})
	want(t, "buttons", m.Buttons[0][0].Text+m.Buttons[0][0].Data+m.Buttons[0][1].URL, `A "<1>"q:1https://example.org/?a=1&b=2`)

	o = a.Post(t.Context(), bot.Outgoing{Chat: "1", Target: o.Message, Message: bot.Message{Text: "done"}})
	want(t, "edit", o.Status, bot.Sent)
	edited, _ := tg.Last(1)
	want(t, "edited", edited.ID, m.ID)
	want(t, "edited text", edited.Text, "done")
	want(t, "edited buttons", len(edited.Buttons), 0)
	again := a.Post(t.Context(), bot.Outgoing{Chat: "1", Target: o.Message, Message: bot.Message{Text: "done"}})
	want(t, "the same edit again", again, bot.Outcome{Status: bot.Sent, Message: o.Message})
}

func TestLongPostGoesInParts(t *testing.T) {
	a, tg := start(t, loose())
	tg.Say(1, "hi")
	text := strings.Repeat("工会小组长的工作。", 1000)
	o := a.Post(t.Context(), bot.Outgoing{Chat: "1", Message: bot.Message{
		Head: "Head", Text: text, Buttons: [][]bot.Button{{{Label: "A", Data: "a"}}},
	}})
	want(t, "status", o.Status, bot.Sent)
	calls := tg.CallsOf("sendMessage")
	var all strings.Builder
	for i, c := range calls {
		all.WriteString(c.Text)
		want(t, "buttons only on the last", len(c.Buttons) > 0, i == len(calls)-1)
		want(t, "head only in the first", c.Formatted, i == 0)
	}
	want(t, "parts", len(calls), 3)
	want(t, "whole text", all.String(), "Head\n"+text)
	if last, _ := tg.Last(1); o.Message == "" || last.ID != calls[2].MessageID {
		t.Errorf("the outcome names %q", o.Message)
	}
	o = a.Post(t.Context(), bot.Outgoing{Chat: "1", Target: o.Message, Message: bot.Message{Head: strings.Repeat("h", 5000), Text: "x"}})
	want(t, "edit", o.Status, bot.Sent)
	last, _ := tg.Last(1)
	want(t, "edit is cut", len(last.Text), 4095+len("…"))
}

func TestPartsGoOnWhereTheyStopped(t *testing.T) {
	opts := loose()
	opts.ChatRate = bottest.Rate{N: 1, Per: time.Second}
	opts.RetryAfter = 1
	a, tg := start(t, opts)
	tg.Say(1, "hi")
	out := bot.Outgoing{Chat: "1", Message: bot.Message{Text: strings.Repeat("word ", 1000)}, Operation: "telegram-1"}
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	o := a.Post(ctx, out)
	want(t, "not enough time for the second part", o.Status, bot.Unknown)
	o = a.Post(t.Context(), out)
	want(t, "the rest, its refusal waited out", o.Status, bot.Sent)
	want(t, "parts", len(tg.CallsOf("sendMessage")), 2)
}

func TestTextIsSentPlainWhereMarkupIsRefused(t *testing.T) {
	a, tg := start(t, loose())
	tg.Say(1, "hi")
	tg.Arm(telegramtest.Fault{Method: "sendMessage", Times: 1, Code: 400, Description: "Bad Request: can't parse entities: why not"})
	o := a.Post(t.Context(), bot.Outgoing{Chat: "1", Message: bot.Message{Head: "a<b", Text: "c&d"}})
	want(t, "status", o.Status, bot.Sent)
	m, _ := tg.Last(1)
	want(t, "text", m.Text, "a<b\nc&d")
	want(t, "plain", len(m.Entities), 0)
}
