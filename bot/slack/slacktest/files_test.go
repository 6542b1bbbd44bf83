package slacktest_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"cadrebot/bot/slack/slacktest"

	"github.com/slack-go/slack"
)

func TestTakesFiles(t *testing.T) {
	s := start(t, loose())
	dm := s.AddUser(slacktest.User{ID: "U1"})
	api, ctx := client(s), t.Context()
	up, err := api.UploadFileContext(ctx, slack.UploadFileParameters{
		Filename: "map.png", Reader: strings.NewReader("pixels"), FileSize: 6, Title: "The map",
		AltTxt: "a map of Hanoi", InitialComment: "*Look* &amp; learn", Channel: dm,
	})
	if err != nil {
		t.Fatal(err)
	}
	m, _ := s.Last(dm)
	f := m.Files[0]
	want(t, "message", []any{m.Text, len(m.Files), f.ID, f.Name, f.Title, f.Alt, string(f.Bytes)},
		[]any{"Look & learn", 1, up.ID, "map.png", "The map", "a map of Hanoi", "pixels"})

	var got bytes.Buffer
	if err := api.GetFileContext(ctx, f.URL, &got); err != nil || got.String() != "pixels" {
		t.Errorf("download: %q, %v", got.String(), err)
	}
	info, _, _, err := api.GetFileInfoContext(ctx, up.ID, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	want(t, "where it is", info.Shares.Private[dm][0].Ts, m.TS)

	a := call(t, s, "chat.postMessage", `{"channel":%q,"blocks":[{"type":"image","alt_text":"map","slack_file":{"id":%q}}]}`, dm, up.ID)
	shown, _ := s.Message(dm, a.TS)
	want(t, "in a block", []string{string(shown.Files[0].Bytes), shown.Files[0].Alt}, []string{"pixels", "map"})
}

func TestRefusesFiles(t *testing.T) {
	s := start(t, loose())
	dm := s.AddUser(slacktest.User{ID: "U1"})
	want(t, "in JSON", call(t, s, "files.getUploadURLExternal", `{"filename":"x","length":1}`), "invalid_arguments [ERROR] missing required field: filename")
	want(t, "no length", form(t, s, "files.getUploadURLExternal", "filename", "x"), "invalid_arguments [ERROR] missing required field: length")
	want(t, "long alt", form(t, s, "files.getUploadURLExternal", "filename", "x", "length", "1", "alt_txt", strings.Repeat("x", 1001)), "alt_txt_too_large")
	begun := form(t, s, "files.getUploadURLExternal", "filename", "x.txt", "length", "3")
	finish := func(channel string) answer {
		return call(t, s, "files.completeUploadExternal", `{"files":[{"id":%q}],"channel_id":%q}`, begun.FileID, channel)
	}
	want(t, "nothing uploaded", finish(dm), "file_not_found")
	for _, test := range []struct{ body, want string }{{"four", "400 bad upload"}, {"abc", "200 OK - 3"}, {"abc", "400 bad upload"}} {
		a, err := post(begun.UploadURL, "", "application/octet-stream", test.body)
		want(t, "upload", fmt.Sprint(a.status, " ", a.raw, err), test.want+"<nil>")
	}
	want(t, "nowhere", finish("C9"), "channel_not_found")
	want(t, "at last", finish(dm), "ok")
	want(t, "once", finish(dm), "file_not_found")
}
