package slack

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"cadrebot/bot"
)

// checked looks at what was made of a delivery: an event that the engine can
// do something with, or an error with what the quarantine needs.
func checked(t *testing.T, a *Adapter, kind string, raw []byte) {
	t.Helper()
	ev, ok, err := a.Decode(kind, raw)
	switch {
	case ev.Channel != Name || ev.Seen.IsZero() || len(ev.Seen.Text) > mostSeen || !bytes.Equal(ev.Raw, raw):
		t.Fatalf("nothing to know it by: %+v", ev)
	case err != nil && ok:
		t.Fatal("an event and an error")
	case ok && (ev.Chat == "" || ev.Kind == "" || ev.Group != (ev.Chat[0] != 'D')):
		t.Fatalf("an event of nothing: %+v", ev)
	case ok && ev.Kind == bot.Text && ev.Group && ev.Text == "" && !ev.Reply:
		t.Fatalf("words of none in a group: %+v", ev)
	case ok && ev.Kind == bot.Press && (ev.Query == "" || ev.Sender == ""):
		t.Fatalf("a press that can't be answered: %+v", ev)
	}
	again, _, _ := a.Decode(kind, raw)
	if again.Seen != ev.Seen {
		t.Fatal("another identity the second time")
	}
}

func FuzzEvents(f *testing.F) {
	for _, inner := range []string{
		`{"type":"message","user":"U1","ts":"1.2","text":"hello <@U0BOT> &lt;","channel":"D1","channel_type":"im"}`,
		`{"type":"app_mention","user":"U1","ts":"1.2","text":"<@U0BOT> quiz","channel":"C1"}`,
		`{"type":"message","subtype":"file_share","user":"U1","ts":"1.2","files":[{}],"channel":"D1"}`,
		`{"type":"member_joined_channel","user":"U0BOT","channel":"C1"}`,
		`{"type":"channel_rename","channel":{"id":"C1"}}`,
		`{"type":"tokens_revoked","tokens":{"bot":["U1"]}}`,
		`{"type":"app_home_opened","user":"U1","channel":"D1","tab":"messages"}`,
	} {
		f.Add([]byte(event(inner)))
	}
	f.Add([]byte(`{"type":"url_verification","challenge":"x"}`))
	f.Add([]byte(`[`))
	a := named(f)
	f.Fuzz(func(t *testing.T, raw []byte) { checked(t, a, eventsAPI, raw) })
}

func FuzzInteraction(f *testing.F) {
	f.Add([]byte(press))
	f.Add([]byte(`{"type":"view_submission","user":{"id":"U1"}}`))
	f.Add([]byte(`{"type":"block_actions","user":{"id":"U1"},"channel":"C1","actions":[{"value":"x"}],"response_url":"http://["}`))
	a := named(f)
	f.Fuzz(func(t *testing.T, raw []byte) { checked(t, a, interactive, raw) })
}

func FuzzCommand(f *testing.F) {
	f.Add([]byte(slash))
	f.Add([]byte(form(slash)))
	f.Add([]byte("user_id=U1&trigger_id=1&channel_id=D1&text=%3C%40U0BOT%3E"))
	a := named(f)
	f.Fuzz(func(t *testing.T, raw []byte) { checked(t, a, commands, raw) })
}

func FuzzEnvelope(f *testing.F) {
	for _, s := range []string{
		`{"envelope_id":"e1","type":"events_api","payload":` + event(`{"type":"message","user":"U1","ts":"1.2","text":"x","channel":"D1"}`) + `}`,
		`{"envelope_id":"e1","type":"interactive","payload":` + press + `}`,
		`{"envelope_id":"e1","type":"slash_commands","payload":` + slash + `}`,
		`{"envelope_id" : "e1", "payl`, `{"type":"hello"}`, `7`,
	} {
		f.Add([]byte(s))
	}
	a := named(f)
	f.Fuzz(func(t *testing.T, frame []byte) {
		id, d := a.unwrap(frame, errors.New("cause"))
		if d.turn != nil {
			d.turn.leave()
		}
		if d.ev.Channel != Name || d.ev.Seen.IsZero() || d.ok && d.poison != nil {
			t.Fatalf("nothing to know it by: %+v", d.ev)
		}
		if found := written(frame); found != "" && id == "" {
			t.Fatalf("it has the name %q", found)
		}
	})
}

// FuzzDelivery is a request of which only the signature is right.
func FuzzDelivery(f *testing.F) {
	f.Add(asForm, []byte("payload="+press))
	f.Add(asForm, []byte("ssl_check=1"))
	f.Add(asJSON, []byte(event(`{"type":"message"}`)))
	f.Add("text/plain; ;", []byte("x"))
	a := named(f)
	a.asking.pause(time.Now().Add(time.Hour))
	f.Fuzz(func(t *testing.T, contentType string, body []byte) {
		kind, raw := sorted(contentType, body)
		if kind == commands {
			return // those may have to ask where they were given
		}
		e := &fakeEngine{}
		w := httptest.NewRecorder()
		r := request(a, asJSON, string(body), 0)
		r.Header.Set("Content-Type", contentType)
		a.Events(e).ServeHTTP(w, r)
		if _, challenge := challenged(kind, raw); w.Code != http.StatusOK || w.Body.Len() > 0 && !challenge {
			t.Fatalf("status %d, %q", w.Code, w.Body)
		}
	})
}

// FuzzEncode: whatever a message says, it is JSON that says the same, within
// the platform's limits.
func FuzzEncode(f *testing.F) {
	f.Add("head", "<!channel> & https://a.org/x.", "A")
	f.Add("", strings.Repeat("工会 ", 2000), "B")
	f.Add("\xff", ":smile:\x00", "")
	a := named(f)
	f.Fuzz(func(t *testing.T, head, text, label string) {
		c := a.Channel()
		m := bot.Message{Head: head, Text: text, Buttons: [][]bot.Button{{{Label: label, Data: "d"}}}}
		var all strings.Builder
		for _, p := range apart(c.Parts(m)) {
			d := decoded(t, body{part: p})
			if utf8.RuneCountInString(d.Text) > 40_000 || len(d.Blocks) > 50 || strings.ContainsAny(d.Text, "<>") {
				t.Fatalf("beside the blocks: %d characters, %d blocks", len(d.Text), len(d.Blocks))
			}
			for _, b := range d.Blocks {
				n := 0
				for _, section := range b.Elements {
					for _, e := range section.Elements {
						n += len(utf16.Encode([]rune(e.Text + e.URL)))
						all.WriteString(e.Text + e.URL)
					}
				}
				if n > blockText {
					t.Fatalf("a block of %d", n)
				}
			}
		}
		if c.Capacity.Label > 0 && len(label) > c.Capacity.Label {
			return // the label stands in the text, too
		}
		strip := func(s string) string {
			return strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), "")
		}
		if got, wanted := strip(all.String()), strip(m.Plain()); got != wanted {
			t.Fatalf("said %q, not %q", got, wanted)
		}
		if !json.Valid([]byte(imageBlock(&bot.Media{Kind: bot.Picture, Alt: text, URL: head}, ""))) {
			t.Fatal("an image block that is no JSON")
		}
	})
}
