package slack

import (
	"strings"
	"sync"
	"testing"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/bot/slack/slacktest"
	"cadrebot/bot/wire"
)

var png = []byte("\x89PNG\r\n\x1a\n and what belongs to it")

func picture() *bot.Media {
	return &bot.Media{Kind: bot.Picture, Name: "map.png", Data: png, Alt: "a map"}
}

// A picture stands in the message with its words and buttons, is uploaded once
// for everybody, and stays when the message is edited.
func TestPictureStandsInTheMessage(t *testing.T) {
	a, s := start(t, loose())
	m := bot.Message{Head: "Card", Text: "words", Media: picture(), Buttons: [][]bot.Button{{{Label: "A", Data: "a"}}}}
	var wg sync.WaitGroup
	for _, user := range []string{"U1", "U2", "U3"} {
		dm := s.DM(user)
		wg.Go(func() {
			o := a.Post(t.Context(), bot.Outgoing{Chat: dm, Message: m})
			if o.Status != bot.Sent {
				t.Error(o.Err)
				return
			}
			got, _ := s.Message(dm, o.Message)
			want(t, "text", got.Text, "Card\nwords")
			want(t, "buttons", len(got.Buttons), 1)
			if len(got.Files) != 1 || string(got.Files[0].Bytes) != string(png) || got.Files[0].Alt != "a map" {
				t.Errorf("files %+v", got.Files)
			}
			edit := a.Post(t.Context(), bot.Outgoing{Chat: dm, Target: o.Message, Message: bot.Message{Text: "read"}})
			want(t, "edit", edit.Status, bot.Sent)
			got, _ = s.Message(dm, o.Message)
			want(t, "text", got.Text, "read")
			want(t, "pictures left", len(got.Files), 1)
		})
	}
	wg.Wait()
	want(t, "uploads", len(s.CallsOf("files.upload")), 1)

	other := adapterOf(t, s) // after a restart the message names its picture again
	dm := s.DM("U1")
	posted, _ := s.Last(dm)
	m.Text = "once more"
	want(t, "edit", other.Post(t.Context(), bot.Outgoing{Chat: dm, Target: posted.TS, Message: m}).Status, bot.Sent)
	posted, _ = s.Message(dm, posted.TS)
	want(t, "pictures", len(posted.Files), 1)
	want(t, "text", posted.Text, "Card\nonce more")
}

func TestPictureOnTheWeb(t *testing.T) {
	a, s := start(t, loose())
	dm := s.DM("U1")
	m := bot.Message{Text: "words", Media: &bot.Media{Kind: bot.Picture, URL: "https://example.org/x.png", Alt: "x"}}
	want(t, "post", a.Post(t.Context(), bot.Outgoing{Chat: dm, Message: m}).Status, bot.Sent)
	got, _ := s.Last(dm)
	want(t, "files", len(got.Files), 1)
	want(t, "address", got.Files[0].URL, "https://example.org/x.png")
	s.Arm(slacktest.Fault{Error: "invalid_blocks", Method: "chat.postMessage", Times: 1})
	want(t, "can't be fetched", a.Post(t.Context(), bot.Outgoing{Chat: dm, Message: m}).Status, bot.Sent)
	got, _ = s.Last(dm)
	want(t, "words in its place", got.Text, "x\nhttps://example.org/x.png\n\nwords")
}

// A file that was only just uploaded may not be there yet.
func TestPictureThatIsNotReady(t *testing.T) {
	a, s := start(t, loose())
	dm := s.DM("U1")
	s.Arm(slacktest.Fault{Error: "invalid_blocks", Method: "chat.postMessage", Times: 3})
	o := a.Post(t.Context(), bot.Outgoing{Chat: dm, Message: bot.Message{Text: "words", Media: picture()}})
	want(t, "post", o.Status, bot.Sent)
	got, _ := s.Last(dm)
	want(t, "pictures", len(got.Files), 1)
	want(t, "messages", len(s.Messages(dm)), 1)
}

// Sounds, films and files go before the words, which can be edited.
func TestFileGoesBeforeItsWords(t *testing.T) {
	a, s := start(t, loose())
	dm := s.DM("U1")
	for _, kind := range []bot.MediaKind{bot.Audio, bot.Video, bot.File} {
		before := len(s.Messages(dm))
		m := bot.Message{Text: "words", Media: &bot.Media{Kind: kind, Name: "a.mp3", Data: []byte("ID3"), Alt: "a song"},
			Buttons: [][]bot.Button{{{Label: "A", Data: "a"}}}}
		o := a.Post(t.Context(), bot.Outgoing{Chat: dm, Message: m})
		want(t, "post", o.Status, bot.Sent)
		all := s.Messages(dm)[before:]
		if len(all) != 2 || len(all[0].Files) != 1 || all[0].Files[0].Name != "a.mp3" || all[1].TS != o.Message {
			t.Fatalf("%s: %+v", kind, all)
		}
		want(t, "words", all[1].Text, "words")
		want(t, "edit", a.Post(t.Context(), bot.Outgoing{Chat: dm, Target: o.Message, Message: bot.Message{Text: "heard", Media: m.Media}}).Status, bot.Sent)
		got, _ := s.Message(dm, o.Message)
		want(t, "edited", got.Text, "heard")
	}
	alone := a.Post(t.Context(), bot.Outgoing{Chat: dm, Message: bot.Message{Media: &bot.Media{Kind: bot.File, Name: "all.txt", Data: []byte("x")}}})
	want(t, "a file alone", alone.Status, bot.Sent)
}

// Where a file can't be sent, what it holds is said; nobody is left without the
// words.
func TestWordsStandForAFile(t *testing.T) {
	for name, c := range map[string]struct {
		media *bot.Media
		fault slacktest.Fault
		text  string
		want  string
	}{
		"missing":              {&bot.Media{Kind: bot.Audio, Name: "a.mp3", Alt: "a song"}, slacktest.Fault{Method: "none"}, "words", "a song\n\nwords"},
		"missing picture":      {&bot.Media{Kind: bot.Picture, Name: "a.png", Alt: "a map"}, slacktest.Fault{Method: "none"}, "words", "a map\n\nwords"},
		"no scope":             {picture(), slacktest.Fault{Error: "missing_scope", Method: "files.getUploadURLExternal"}, "words", "a map\n\nwords"},
		"uploads refused":      {picture(), slacktest.Fault{Error: "file_uploads_disabled", Method: "files.completeUploadExternal"}, "words", "a map\n\nwords"},
		"blocks refused":       {picture(), slacktest.Fault{Error: "invalid_blocks", Method: "chat.postMessage", Times: 5}, "words", "a map\n\nwords"},
		"file refused":         {&bot.Media{Kind: bot.File, Name: "a.txt", Data: []byte("x"), Alt: "a list"}, slacktest.Fault{Status: 400, Method: "files.upload"}, "words", "a list\n|words"},
		"file on the web":      {&bot.Media{Kind: bot.Video, URL: "https://example.org/v.mp4", Alt: "a film"}, slacktest.Fault{Method: "none"}, "words", "a film\nhttps://example.org/v.mp4\n\nwords"},
		"nothing to say of it": {&bot.Media{Kind: bot.File, Name: "a.txt"}, slacktest.Fault{Method: "none"}, "words", "words"},
		"nothing else to say":  {&bot.Media{Kind: bot.File, Name: "a.txt"}, slacktest.Fault{Method: "none"}, "", "a.txt"},
	} {
		t.Run(name, func(t *testing.T) {
			a, s := start(t, loose())
			dm := s.DM("U1")
			s.Arm(c.fault)
			o := a.Post(t.Context(), bot.Outgoing{Chat: dm, Message: bot.Message{Text: c.text, Media: c.media}})
			if o.Status != bot.Sent {
				t.Fatal(o.Status, o.Err)
			}
			var all []string
			for _, m := range s.Messages(dm) {
				all = append(all, m.Text)
			}
			want(t, "said", strings.Join(all, "\n|"), c.want)
		})
	}
}

// What fails before the last step has shown nothing: it is certainly not taken.
func TestUploadThatFails(t *testing.T) {
	for _, method := range []string{"files.getUploadURLExternal", "files.upload", "files.completeUploadExternal"} {
		for _, m := range []*bot.Media{picture(), {Kind: bot.File, Name: "a.txt", Data: []byte("x")}} {
			a, s := start(t, loose())
			dm := s.DM("U1")
			s.Arm(slacktest.Fault{Kind: bottest.HangUpAfter, Method: method, Times: 1})
			o := a.Post(t.Context(), bot.Outgoing{Chat: dm, Operation: "1", Message: bot.Message{Text: "words", Media: m}})
			status := bot.Retry
			if method == "files.completeUploadExternal" && m.Kind == bot.File {
				status = bot.Unknown // it may be there to be seen
			}
			want(t, method+" of a "+string(m.Kind), o.Status, status)
			o = a.Post(t.Context(), bot.Outgoing{Chat: dm, Operation: "1", Message: bot.Message{Text: "words", Media: m}})
			want(t, "again", o.Status, bot.Sent)
		}
	}
}

// The words are not sent twice where the file was sent before them.
func TestFileIsNotSentTwice(t *testing.T) {
	a, s := start(t, loose())
	dm := s.DM("U1")
	s.Arm(slacktest.Fault{Method: "chat.postMessage", Times: 1})
	out := bot.Outgoing{Chat: dm, Operation: "1", Message: bot.Message{Text: "words", Media: &bot.Media{Kind: bot.File, Name: "a.txt", Data: []byte("x")}}}
	want(t, "first try", a.Post(t.Context(), out).Status, bot.Unknown)
	want(t, "second try", a.Post(t.Context(), out).Status, bot.Sent)
	want(t, "messages", len(s.Messages(dm)), 2)
}

// A picture that the platform has lost is uploaded again.
func TestLostPictureIsUploadedAgain(t *testing.T) {
	a, s := start(t, loose())
	dm := s.DM("U1")
	_, done := a.files.Get(t.Context(), wire.KeyOf("", png))
	done("F0LOST")
	o := a.Post(t.Context(), bot.Outgoing{Chat: dm, Message: bot.Message{Text: "words", Media: picture()}})
	want(t, "post", o.Status, bot.Sent)
	got, _ := s.Last(dm)
	want(t, "pictures", len(got.Files), 1)
	want(t, "messages", len(s.Messages(dm)), 1)
}
