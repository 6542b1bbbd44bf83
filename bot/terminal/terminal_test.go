package terminal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"cadrebot/bot"
)

// echo answers each event like an engine: the messages are posted later, by
// somebody else, and idle waits for them.
type echo struct {
	t      *Terminal
	events []bot.Event
	posts  chan func()
	fail   error
}

func (e *echo) Handle(_ context.Context, events ...bot.Event) (func(), error) {
	if e.fail != nil {
		return func() {}, e.fail
	}
	ev := events[0]
	e.events = append(e.events, ev)
	return func() {
		if ev.Kind == bot.Press {
			e.posts <- func() { _ = e.t.Answer(context.Background(), ev, bot.Answer{Text: "noted"}) }
			e.post(bot.Outgoing{Target: ev.Message, Message: bot.Message{Text: "you pressed " + ev.Data}})
		}
		n := len(e.events)
		e.post(bot.Outgoing{Message: bot.Message{Head: fmt.Sprintf("Question %d", n), Text: "Which?", Buttons: [][]bot.Button{
			{{Label: "A", Data: fmt.Sprintf("a%d", n)}, {Label: "B", Data: fmt.Sprintf("b%d", n)}},
			{{Label: "Open", URL: "https://example.org"}},
			{{Label: "Leave", Data: "leave"}},
		}}})
	}, nil
}

func (e *echo) post(o bot.Outgoing) {
	e.posts <- func() { e.t.Post(context.Background(), o) }
}

func (e *echo) idle(context.Context) error {
	for len(e.posts) > 0 {
		(<-e.posts)()
	}
	return nil
}

func talk(t *testing.T, input string) (*echo, string) {
	t.Helper()
	var out strings.Builder
	term := New("me", "vi", &out)
	e := &echo{t: term, posts: make(chan func(), 100)}
	if err := term.Talk(t.Context(), strings.NewReader(input), e, e.idle); err != nil {
		t.Fatal(err)
	}
	return e, out.String()
}

func TestTalkReadsWell(t *testing.T) {
	_, got := talk(t, "/quiz\n\n2\n")
	const want = `
Question 1
Which?
[1] A   [2] B
Open: https://example.org
[3] Leave
· noted

┄┄┄
you pressed b1

Question 2
Which?
[1] A   [2] B
Open: https://example.org
[3] Leave
`
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestNumbersPress(t *testing.T) {
	e, _ := talk(t, "2\n/quiz\n3\n 1 \n4\n0\nB")
	var got []string
	for _, ev := range e.events {
		got = append(got, fmt.Sprint(ev.Kind, "|", ev.Text, "|", ev.Data, "|", ev.Message))
		if ev.Channel != Name || ev.Chat != "me" || ev.Sender != "me" || ev.Lang != "vi" || ev.Group {
			t.Errorf("event of somebody else: %+v", ev)
		}
	}
	want := []string{
		"text|2||", "text|/quiz||", "press||leave|2", "press||a3|3", "text|4||", "text|0||", "text|B||",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q", got)
	}
	seen := map[bot.Seen]bool{}
	for _, ev := range e.events {
		if ev.Seen.IsZero() || seen[ev.Seen] {
			t.Errorf("two lines share the identity %v", ev.Seen)
		}
		seen[ev.Seen] = true
	}
}

func TestEditOfAnOlderMessageKeepsTheNewestButtons(t *testing.T) {
	var out strings.Builder
	term := New("me", "", &out)
	for _, data := range []string{"old", "new"} {
		term.Post(t.Context(), bot.Outgoing{Message: bot.Message{Text: "q", Buttons: [][]bot.Button{{{Label: "A", Data: data}}}}})
	}
	out.Reset()
	o := term.Post(t.Context(), bot.Outgoing{Target: "1", Message: bot.Message{Text: "right", Buttons: [][]bot.Button{{{Label: "Next", Data: "next"}}}}})
	if o.Status != bot.Sent || o.Message != "1" {
		t.Errorf("edit: %+v", o)
	}
	if got := out.String(); got != "\n┄┄┄\nright\n[Next]\n" {
		t.Errorf("printed %q", got)
	}
	if ev, _ := term.event("1"); ev.Data != "new" || ev.Message != "2" {
		t.Errorf("1 pressed %+v", ev)
	}
	term.Post(t.Context(), bot.Outgoing{Target: "2", Message: bot.Message{Text: "right"}})
	if ev, _ := term.event("1"); ev.Data != "next" || ev.Message != "1" {
		t.Errorf("once the newest has no buttons, 1 pressed %+v", ev)
	}
}

func TestEndsOfATalk(t *testing.T) {
	term := New("me", "", io.Discard)
	down := errors.New("store is down")
	err := term.Talk(t.Context(), strings.NewReader("hi\n"), &echo{t: term, fail: down}, nil)
	if !errors.Is(err, down) {
		t.Errorf("a line that was not committed: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	r, w := io.Pipe()
	defer w.Close()
	ended := make(chan error)
	go func() { ended <- term.Talk(ctx, r, &echo{}, nil) }()
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("a stop: %v", err)
	}
	broken := errors.New("tty is gone")
	go w.CloseWithError(broken)
	if err := term.Talk(t.Context(), r, &echo{}, nil); !errors.Is(err, broken) {
		t.Errorf("an input that broke: %v", err)
	}
}

func TestNothingIsSentOnceTheTerminalIsGone(t *testing.T) {
	r, w := io.Pipe()
	r.Close()
	o := New("me", "", w).Post(t.Context(), bot.Outgoing{Message: bot.Message{Text: "x"}})
	if o.Status != bot.Retry || o.Err == nil {
		t.Errorf("got %+v", o)
	}
}

// Where words or a number are asked for, a number is an answer and presses no
// button: neither one of that message nor of an older one.
func TestNumbersAreAnswersWhereWordsAreAskedFor(t *testing.T) {
	var out strings.Builder
	term := New("me", "", &out)
	term.Post(t.Context(), bot.Outgoing{Message: bot.Message{Text: "old", Buttons: [][]bot.Button{{{Label: "A", Data: "a"}}}}})
	out.Reset()
	term.Post(t.Context(), bot.Outgoing{Message: bot.Message{Text: "How many?", Words: true, Buttons: [][]bot.Button{{{Label: "I don’t know", Data: "?"}}}}})
	if got := out.String(); got != "\nHow many?\n[I don’t know]\n" {
		t.Errorf("printed %q", got)
	}
	if ev, _ := term.event("1"); ev.Kind != bot.Text || ev.Text != "1" {
		t.Errorf("1 is %+v", ev)
	}
	term.Post(t.Context(), bot.Outgoing{Target: "2", Message: bot.Message{Text: "right"}})
	if ev, _ := term.event("1"); ev.Data != "a" {
		t.Errorf("once it is answered, 1 is %+v", ev)
	}
}
