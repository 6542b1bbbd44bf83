package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/bot/slack/slacktest"
)

func send(a *Adapter, chat, text string) bot.Outcome {
	return a.Post(context.Background(), bot.Outgoing{Chat: chat, Message: bot.Message{Text: text}})
}

// What a person wrote is read as it was written: no mark-up, no mention, no
// emoji code; an address can be opened, and is shown in full.
func TestTextStaysText(t *testing.T) {
	a, s := start(t, loose())
	dm := s.DM("U1")
	for _, text := range []string{
		"*bold* _it_ ~no~ `x` > q",
		"<!channel> <@U1> @channel #general <https://evil.example|bank> :smile: :+1:",
		"a & b &amp; <b>",
		"见https://example.org/a?b=c&d=e。然后(https://example.org/x_(y))",
		"\"quotes\" \\ and\ttabs\nlines",
		"not utf-8: \xff",
	} {
		o := a.Post(t.Context(), bot.Outgoing{Chat: dm, Message: bot.Message{Head: text, Text: text}})
		if o.Status != bot.Sent {
			t.Errorf("%q: %v", text, o.Err)
			continue
		}
		m, _ := s.Message(dm, o.Message)
		shown := strings.ToValidUTF8(text, "\uFFFD")
		want(t, "shown", m.Text, shown+"\n"+shown)
		if text := m.Raw; strings.ContainsAny(text, "<>") {
			t.Errorf("beside the blocks: %q", text)
		}
	}
}

func TestAddressesAreLinksToThemselves(t *testing.T) {
	for text, links := range map[string][]string{
		"见https://example.org/a?b=c&d=e。":         {"https://example.org/a?b=c&d=e"},
		"(https://example.org/x), https://b.org.": {"https://example.org/x", "https://b.org"},
		"https://example.org/x_(y)":               {"https://example.org/x_(y)"},
		"https:// nothing, javascript://alert(1)": nil,
		"https://": nil,
		"http://a": {"http://a"},
	} {
		b := body{part: bot.Part{Text: text}}
		var got []string
		for _, e := range elements(t, b) {
			if e.Type == "link" {
				got = append(got, e.URL)
			}
		}
		if strings.Join(got, " ") != strings.Join(links, " ") {
			t.Errorf("%q: %q", text, got)
		}
	}
}

type element struct{ Type, Text, URL string }

func elements(t *testing.T, m body) []element {
	t.Helper()
	var all []element
	for _, b := range decoded(t, m).Blocks {
		for _, section := range b.Elements {
			all = append(all, section.Elements...)
		}
	}
	return all
}

// sent is a message as it stands on the wire.
type sent struct {
	Text   string
	Blocks []struct {
		Type     string
		Elements []struct{ Elements []element }
	}
}

func decoded(t *testing.T, m body) (d sent) {
	t.Helper()
	var b bytes.Buffer
	writePost(&b, "D1", m)
	if err := json.Unmarshal(b.Bytes(), &d); err != nil {
		t.Fatalf("%v in %s", err, b.Bytes())
	}
	return d
}

func TestLongMessages(t *testing.T) {
	a, s := start(t, loose())
	dm := s.DM("U1")
	for name, text := range map[string]string{
		"two blocks":    strings.Repeat("工会 ", 1500),
		"many messages": strings.Repeat("😀 & <工会>\n", 4000),
		"one long line": strings.Repeat("x", 30_000),
	} {
		before := len(s.Messages(dm))
		buttons := [][]bot.Button{{{Label: "A", Data: "a"}}}
		o := a.Post(t.Context(), bot.Outgoing{Chat: dm, Operation: name, Message: bot.Message{Head: "标题", Text: text, Buttons: buttons}})
		if o.Status != bot.Sent {
			t.Fatalf("%s: %v", name, o.Err)
		}
		sent := s.Messages(dm)[before:]
		want(t, name+": last", sent[len(sent)-1].TS, o.Message)
		var all strings.Builder
		for i, m := range sent {
			all.WriteString(m.Text)
			want(t, name+": buttons", len(m.Buttons) > 0, i == len(sent)-1)
			if n := len(utf16.Encode([]rune(m.Text))); n > 13_200 {
				t.Errorf("%s: %d characters", name, n)
			}
		}
		strip := strings.NewReplacer("\n", "", " ", "")
		want(t, name, strip.Replace(all.String()), strip.Replace("标题\n"+text))
		edit := a.Post(t.Context(), bot.Outgoing{Chat: dm, Target: o.Message, Message: bot.Message{Text: text, Buttons: buttons}})
		if edit.Status != bot.Sent {
			t.Errorf("%s: edit: %v", name, edit.Err)
		}
	}
}

// The most of everything that the channel says it can carry is taken.
func TestFullMessageIsTaken(t *testing.T) {
	a, s := start(t, loose())
	dm := s.DM("U1")
	var rows [][]bot.Button // each alone: the most blocks
	for range capacity.Buttons {
		rows = append(rows, bot.Row(bot.Button{Label: strings.Repeat("字", capacity.Label), Data: strings.Repeat("d", 64)}))
	}
	m := bot.Message{Text: strings.Repeat("字", capacity.Text), Buttons: rows}
	o := a.Post(t.Context(), bot.Outgoing{Chat: dm, Message: m})
	if o.Status != bot.Sent {
		t.Fatal(o.Err)
	}
	want(t, "messages", len(s.Messages(dm)), 1)
	if o := a.Post(t.Context(), bot.Outgoing{Chat: dm, Target: o.Message, Message: m}); o.Status != bot.Sent {
		t.Error(o.Err)
	}
	want(t, "plain ones", strings.Contains(s.CallsOf("chat.update")[0].Body, `"blocks":[]`), false)
}

// Where the platform can't read the blocks, the words go without, and the
// buttons stand among them with their numbers.
func TestUnreadableBlocksGoPlain(t *testing.T) {
	a, s := start(t, loose())
	dm := s.DM("U1")
	m := bot.Message{Head: "<b>", Text: ":smile: & more", Buttons: [][]bot.Button{{{Label: "A", Data: "a"}, {Label: "B", Data: "b"}}}}
	for _, code := range []string{"invalid_blocks", "msg_blocks_too_long"} {
		s.Arm(slacktest.Fault{Error: code, Method: "chat.postMessage", Times: 1})
		o := a.Post(t.Context(), bot.Outgoing{Chat: dm, Message: m})
		want(t, code, o.Status, bot.Sent)
		got, _ := s.Message(dm, o.Message)
		want(t, "shown", strings.ReplaceAll(got.Text, "\u2060", ""), "<b>\n:smile: & more\n1 A\n2 B")
		want(t, "a picture", strings.Contains(got.Raw, ":smile:"), false)
		s.Arm(slacktest.Fault{Error: code, Method: "chat.update", Times: 1})
		want(t, "edit", a.Post(t.Context(), bot.Outgoing{Chat: dm, Target: o.Message, Message: bot.Message{Text: "new"}}).Status, bot.Sent)
		got, _ = s.Message(dm, o.Message)
		want(t, "shown", got.Text, "new")
		updates := s.CallsOf("chat.update")
		want(t, "without the old blocks", strings.Contains(updates[len(updates)-1].Body, `"blocks":[]`), true)
	}
	s.Arm(slacktest.Fault{Error: "invalid_blocks", Method: "chat.postMessage", Times: 2})
	want(t, "once only", send(a, dm, "x").Status, bot.Rejected)
}

func TestEditsAfterAPress(t *testing.T) {
	opts, c := loose(), newClock()
	opts.Now = c.now
	a, s := start(t, opts)
	a.now = c.now
	e := &fakeEngine{}
	serve(t, a, s, e)
	dm := s.DM("U1")
	keyboard := [][]bot.Button{{{Label: "A", Data: "a"}}}
	o := a.Post(t.Context(), bot.Outgoing{Chat: dm, Message: bot.Message{Text: "?", Buttons: keyboard}})
	s.Press("U1", dm, o.Message, "A")
	e.await(t, 1)
	edit := func(text string) {
		t.Helper()
		got := a.Post(t.Context(), bot.Outgoing{Chat: dm, Target: o.Message, Message: bot.Message{Text: text, Buttons: keyboard}})
		if got.Status != bot.Sent {
			t.Fatal(got.Err)
		}
		m, _ := s.Message(dm, o.Message)
		want(t, "shown", m.Text, text)
	}
	count := func(what string, responses, updates int) {
		t.Helper()
		want(t, what+": responses", len(s.CallsOf("response_url")), responses)
		want(t, what+": updates", len(s.CallsOf("chat.update")), updates)
	}
	for range 5 {
		edit("soon")
	}
	count("soon", 5, 0)
	edit("a sixth time")
	count("used up", 5, 1)
	s.Press("U1", dm, o.Message, "A")
	e.await(t, 2)
	c.pass(29 * time.Minute)
	edit("late")
	count("late", 5, 2)
	s.Press("U1", dm, o.Message, "A")
	e.await(t, 3)
	disarm := s.Arm(slacktest.Fault{Error: "used_url", Method: "response_url"})
	edit("used by somebody else")
	want(t, "asked", disarm(), 1)
	edit("and again")
	count("not asked twice", 5, 4)
	s.Press("U1", dm, o.Message, "A")
	e.await(t, 4)
	s.Arm(slacktest.Fault{Kind: bottest.HangUpAfter, Method: "response_url", Times: 1})
	got := a.Post(t.Context(), bot.Outgoing{Chat: dm, Target: o.Message, Message: bot.Message{Text: "x"}})
	want(t, "no answer", got.Status, bot.Unknown)
	edit("the next try")
	count("the next try", 6, 5)
}

// Edits that are too many rest by themselves: new messages go on.
func TestTooManyEditsRest(t *testing.T) {
	opts, c := loose(), newClock()
	opts.Tier3 = bottest.Rate{N: 2, Per: time.Minute}
	opts.Now = c.now
	a, s := start(t, opts)
	a.now = c.now
	dm := s.DM("U1")
	first := send(a, dm, "x")
	edit := func() bot.Outcome {
		return a.Post(t.Context(), bot.Outgoing{Chat: dm, Target: first.Message, Message: bot.Message{Text: "y"}})
	}
	edit()
	edit()
	o := edit()
	want(t, "too many", o.Status, bot.Retry)
	want(t, "for the chat", o.RetryAfter, 0)
	want(t, "still", edit().Status, bot.Retry)
	want(t, "asked", s.Stats().TooMany.Total(), 1)
	want(t, "new messages", send(a, dm, "z").Status, bot.Sent)
	c.pass(time.Minute)
	want(t, "later", edit().Status, bot.Sent)
}

func TestRateWithoutTheAPIsWord(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "9")
		w.WriteHeader(http.StatusTooManyRequests)
	}))
	defer s.Close()
	o := send(plainAdapter(t, s.URL), "D1", "x")
	want(t, "status", o.Status, bot.Retry)
	want(t, "wait", o.RetryAfter, 9*time.Second)
}

func TestHalfAnAnswerIsUnknown(t *testing.T) {
	for name, answer := range map[string]string{
		"cut":     "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"ok\":true,\"channel\":\"D1\",\"ts\":\"1.5",
		"strange": "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n<p>Hello</p>",
		"empty":   "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"ok\":true}",
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
		if o := send(plainAdapter(t, s.URL), "D1", "x"); o.Status != bot.Unknown || o.Err == nil {
			t.Errorf("%s: %v, %v", name, o.Status, o.Err)
		}
		s.Close()
	}
}

func TestNobodyThereIsRetry(t *testing.T) {
	s := httptest.NewServer(nil)
	s.Close()
	o := send(plainAdapter(t, s.URL), "D1", "x")
	want(t, "status", o.Status, bot.Retry)
}
