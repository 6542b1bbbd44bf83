package telegram

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/bot/telegram/telegramtest"
)

func picture(t testing.TB, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// card is a message with a file.
func card(m bot.Media, head, text string) bot.Message {
	return bot.Message{Head: head, Text: text, Media: &m, Buttons: [][]bot.Button{{{Label: "Next", Data: "n"}}}}
}

// sendCard sends a message to chat 1 and returns all that is new in it.
func sendCard(t *testing.T, a *Adapter, tg *telegramtest.Server, m bot.Message) (bot.Outcome, []telegramtest.Message) {
	t.Helper()
	before := len(tg.Messages(1))
	o := a.Post(t.Context(), bot.Outgoing{Chat: "1", Message: m, Operation: t.Name()})
	return o, tg.Messages(1)[before:]
}

// tells puts what people see of messages into one line each.
func tells(list []telegramtest.Message) string {
	var b strings.Builder
	for _, m := range list {
		fmt.Fprintf(&b, "%s%s|%s|", m.Media, strings.TrimSuffix(" "+m.FileURL, " "), m.Text)
		if len(m.Buttons) > 0 {
			b.WriteString(m.Buttons[0][0].Text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestAPictureGoesWithItsWords(t *testing.T) {
	a, tg := start(t, loose())
	tg.Say(1, "hi")
	m := card(bot.Media{Kind: bot.Picture, Asset: "course/media/bản đồ.png", Data: picture(t, 40, 30), Alt: "a map"}, "Bản <đồ>", `a < b & "c" \ 工会`)
	o, got := sendCard(t, a, tg, m)
	want(t, "sent", tells(got), "photo|Bản <đồ>\na < b & \"c\" \\ 工会|Next\n")
	want(t, "outcome", fmt.Sprint(o.Status, o.Message == fmt.Sprint(got[0].ID)), "sent true")
	want(t, "the file", fmt.Sprint(bytes.Equal(got[0].File, m.Media.Data), got[0].FileName), "truebản đồ.png")
	want(t, "the head is bold", fmt.Sprint(got[0].Entities), "[{bold 0 8   }]")

	_, again := sendCard(t, a, tg, m)
	want(t, "sent again", tells(again), tells(got))
	tg.ForgetFiles()
	_, again = sendCard(t, a, tg, m)
	want(t, "sent after the platform has forgotten the file", tells(again), tells(got))
	var uploads []bool
	for _, c := range tg.CallsOf("sendPhoto") {
		uploads = append(uploads, c.Uploaded)
	}
	want(t, "uploaded", fmt.Sprint(uploads), "[true false true]")

	for kind, want := range map[bot.MediaKind]string{bot.Audio: "audio||\n", bot.Video: "video||\n", bot.File: "document||\n"} {
		_, got := sendCard(t, a, tg, bot.Message{Media: &bot.Media{Kind: kind, Name: "x.bin", Data: []byte("bytes of " + kind)}})
		if tells(got) != want || string(got[0].File) != "bytes of "+string(kind) || got[0].FileName != "x.bin" {
			t.Errorf("%s: got %q, %q", kind, tells(got), got[0].File)
		}
	}
}

func TestLongWordsFollowTheFile(t *testing.T) {
	a, tg := start(t, loose())
	tg.Say(1, "hi")
	media := bot.Media{Kind: bot.Picture, Data: picture(t, 4, 3)}
	_, got := sendCard(t, a, tg, card(media, "题", strings.Repeat("工", 1022)))
	want(t, "what just fits goes under the file", len(got), 1)
	o, got := sendCard(t, a, tg, card(media, "题", strings.Repeat("工", 1023)))
	want(t, "more", tells(got), "photo||\n|题\n"+strings.Repeat("工", 1023)+"|Next\n")
	want(t, "the message is the one with the buttons", o.Message, fmt.Sprint(got[1].ID))
	_, got = sendCard(t, a, tg, card(media, "", strings.Repeat("one two. ", 600)))
	want(t, "much more", len(got), 3)

	// The second part fails first; the file is not sent again.
	tg.Arm(telegramtest.Fault{Method: "sendMessage", Times: 1, Kind: bottest.HangUpBefore})
	m := card(media, "题", strings.Repeat("工", 1023))
	o, first := sendCard(t, a, tg, m)
	want(t, "a part without an answer", o.Status, bot.Unknown)
	o, rest := sendCard(t, a, tg, m)
	want(t, "the next try", fmt.Sprint(o.Status, len(first), len(rest)), "sent 1 1")
}

// TestNobodyIsLeftWithoutWords: whatever is wrong with a file, its words arrive.
func TestNobodyIsLeftWithoutWords(t *testing.T) {
	whole := picture(t, 4, 3)
	for name, c := range map[string]struct {
		media bot.Media
		text  string
		fault telegramtest.Fault
		want  string
	}{
		"no picture":      {bot.Media{Kind: bot.Picture, Data: []byte("GIF?"), Alt: "a map"}, "words", telegramtest.Fault{}, "document|words|Next\n"},
		"too long":        {bot.Media{Kind: bot.Picture, Data: picture(t, 2, 9999), Alt: "a map"}, "words", telegramtest.Fault{}, "document|words|Next\n"},
		"large":           {bot.Media{Kind: bot.Picture, Data: append(whole, make([]byte, maxPhoto)...), Alt: "a map"}, "words", telegramtest.Fault{}, "document|words|Next\n"},
		"too large":       {bot.Media{Kind: bot.Video, Data: make([]byte, maxFile+1), Alt: "a film"}, "words", telegramtest.Fault{}, "|a film\n\nwords|Next\n"},
		"missing":         {bot.Media{Kind: bot.Video, Asset: "c/media/f.mp4", Alt: "a film"}, "words", telegramtest.Fault{}, "|a film\n\nwords|Next\n"},
		"nothing to say":  {bot.Media{Kind: bot.Video, Asset: "c/media/f.mp4"}, "", telegramtest.Fault{}, "|f.mp4|Next\n"},
		"long and absent": {bot.Media{Kind: bot.Video, Alt: "a film"}, strings.Repeat("工", 1100), telegramtest.Fault{}, "|a film|\n|" + strings.Repeat("工", 1100) + "|Next\n"},
		"long, no words for it": {bot.Media{Kind: bot.Video}, strings.Repeat("工", 1100), telegramtest.Fault{},
			"|" + strings.Repeat("工", 1100) + "|Next\n"},
		"on the web":  {bot.Media{Kind: bot.Picture, URL: "https://example.org/a.png", Alt: "a map"}, "words", telegramtest.Fault{}, "photo https://example.org/a.png|words|Next\n"},
		"not on it":   {bot.Media{Kind: bot.Picture, URL: "https://example.org/a.png", Alt: "a map"}, "words", telegramtest.Fault{Method: "sendPhoto", Code: 400, Description: "Bad Request: failed to get HTTP URL content"}, "|a map\nhttps://example.org/a.png\n\nwords|Next\n"},
		"not allowed": {bot.Media{Kind: bot.Audio, Data: []byte("x"), Alt: "a sound"}, "words", telegramtest.Fault{Method: "sendAudio", Code: 400, Description: "Bad Request: not enough rights to send music to the chat"}, "document|words|Next\n"},
		"plain":       {bot.Media{Kind: bot.Picture, Data: whole}, "<words>", telegramtest.Fault{Code: 400, Description: "Bad Request: can't parse entities", Times: 1}, "photo|<words>|Next\n"},
	} {
		a, tg := start(t, loose())
		tg.Say(1, "hi")
		if c.fault.Code != 0 {
			tg.Arm(c.fault)
		}
		o, got := sendCard(t, a, tg, card(c.media, "", c.text))
		if tells(got) != c.want || o.Status != bot.Sent {
			t.Errorf("%s: %v, %v\n got %.200q\nwant %.200q", name, o.Status, o.Err, tells(got), c.want)
		}
	}
	a, tg := start(t, loose())
	tg.Say(1, "hi")
	_, got := sendCard(t, a, tg, card(bot.Media{Kind: bot.Audio, Alt: "a <sound>"}, "Head", "words"))
	want(t, "with a head", tells(got)+fmt.Sprint(got[0].Entities), "|Head\na <sound>\n\nwords|Next\n[{bold 0 4   }]")
}

func TestAFileHasTheOutcomesOfAText(t *testing.T) {
	m := card(bot.Media{Kind: bot.Picture, Data: picture(t, 4, 3), Alt: "a map"}, "", "words")
	for want, fault := range map[bot.Status]telegramtest.Fault{
		bot.Retry:    {Code: 429, Description: "Too Many Requests: retry after 7", RetryAfter: 7},
		bot.GoneChat: {Code: 403, Description: "Forbidden: bot was blocked by the user"},
		bot.Unknown:  {Kind: bottest.HangUpAfter},
	} {
		a, tg := start(t, loose())
		tg.Say(1, "hi")
		fault.Method = "sendPhoto"
		tg.Arm(fault)
		o, got := sendCard(t, a, tg, m)
		if o.Status != want || len(got) > 0 && want != bot.Unknown || want == bot.Retry && o.RetryAfter != 7*time.Second {
			t.Errorf("want %v, got %v after %v (%v), %d messages", want, o.Status, o.RetryAfter, o.Err, len(got))
		}
	}
	// What stands before the platform says "too large" in its own way.
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "sendMessage") {
			_, _ = w.Write([]byte(`{"ok":true,"result":{"message_id":5}}`))
			return
		}
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		_, _ = w.Write([]byte("<html>nginx</html>"))
	}))
	defer s.Close()
	a, err := New(Config{Token: "42:secret", APIURL: s.URL})
	if err != nil {
		t.Fatal(err)
	}
	o := a.Post(t.Context(), bot.Outgoing{Chat: "1", Message: m})
	want(t, "too large for a gateway", fmt.Sprint(o.Status, " ", o.Message), "sent 5")
}

func TestAClassCostsOneUpload(t *testing.T) {
	a, tg := start(t, loose())
	const people = 40
	for id := range int64(people) {
		tg.Say(id+1, "hi")
	}
	m := card(bot.Media{Kind: bot.Picture, Data: picture(t, 4, 3)}, "", "words")
	tg.Arm(telegramtest.Fault{Kind: bottest.FailBefore, Code: 500, Description: "Internal", Times: 1}) // who comes first fails
	var all sync.WaitGroup
	var failed sync.Map
	for id := range people {
		all.Go(func() {
			if o := a.Post(t.Context(), bot.Outgoing{Chat: fmt.Sprint(id + 1), Message: m}); o.Status != bot.Sent {
				failed.Store(id, o.Status)
			}
		})
	}
	all.Wait()
	n, uploads := 0, 0
	failed.Range(func(any, any) bool { n++; return true })
	for _, c := range tg.CallsOf("sendPhoto") {
		if c.Uploaded {
			uploads++
		}
	}
	want(t, "failed, uploaded, sent", fmt.Sprint(n, uploads, len(tg.CallsOf("sendPhoto"))), fmt.Sprint(1, 1, people-1))
}

func TestEditOfAFile(t *testing.T) {
	a, tg := start(t, loose())
	tg.Say(1, "hi")
	m := card(bot.Media{Kind: bot.Picture, Data: picture(t, 4, 3), Alt: "a map"}, "Head", "words")
	o, _ := sendCard(t, a, tg, m)
	edit := func(a *Adapter, target string, m bot.Message) bot.Outcome {
		return a.Post(t.Context(), bot.Outgoing{Chat: "1", Target: target, Message: m})
	}
	now := func() string { last, _ := tg.Last(1); return tells([]telegramtest.Message{last}) }

	m.Text, m.Buttons = "other words", nil
	want(t, "an edit", edit(a, o.Message, m).Status, bot.Sent)
	want(t, "after it", now(), "photo|Head\nother words|\n")
	want(t, "the same edit", edit(a, o.Message, m).Status, bot.Sent)
	stranger := connect(t, tg) // has not sent it, as after a restart
	for range 2 {
		m.Text += "!"
		want(t, "an edit by another", edit(stranger, o.Message, bot.Message{Head: "Head", Text: m.Text}).Status, bot.Sent)
	}
	want(t, "after it", now(), "photo|Head\nother words!!|\n")
	want(t, "calls in vain", tg.Stats().Refused[400], 2) // one for the same edit
	want(t, "words too long", edit(a, o.Message, bot.Message{Text: strings.Repeat("工", 2000)}).Status, bot.Sent)
	want(t, "after it", now(), "photo|"+strings.Repeat("工", 1023)+"…|\n")
	want(t, "buttons alone", edit(a, o.Message, bot.Message{Buttons: [][]bot.Button{{{Label: "B", Data: "b"}}}}).Status, bot.Sent)
	want(t, "after it", now(), "photo|"+strings.Repeat("工", 1023)+"…|B\n")

	text := send(a, "1", "only words")
	want(t, "an edit to a file", edit(a, text.Message, card(*m.Media, "Head", "words")).Status, bot.Sent)
	want(t, "after it", now(), "|Head\na map\n\nwords|Next\n")
}
