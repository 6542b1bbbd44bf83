package terminal

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cadrebot/bot"
)

func TestMediaIsShownInWords(t *testing.T) {
	var out strings.Builder
	term := New("me", "zh", &out)
	term.Folder = filepath.Join(t.TempDir(), "files")
	term.Words.Kinds = map[bot.MediaKind]string{bot.Picture: "图片"}
	post := func(text string, m bot.Media) string {
		out.Reset()
		if o := term.Post(t.Context(), bot.Outgoing{Message: bot.Message{Text: text, Media: &m}}); o.Status != bot.Sent {
			t.Errorf("%+v", o)
		}
		return out.String()
	}
	at := func(name string) string { return filepath.Join(term.Folder, name) }
	for _, c := range []struct {
		media      bot.Media
		text, want string
	}{
		{bot.Media{Kind: bot.Picture, Alt: "一张地图", Asset: "c/media/map.png"}, "看图", "\n[图片: 一张地图] c/media/map.png\n看图\n"},
		{bot.Media{Kind: bot.Audio, URL: "https://example.org/a.mp3"}, "", "\n[audio] https://example.org/a.mp3\n"},
		{bot.Media{Kind: bot.File, Name: "me.json", Data: []byte("1")}, "", "\n[file] " + at("me.json") + "\n"},
		{bot.Media{Kind: bot.File, Name: "me.json", Data: []byte("2")}, "", "\n[file] " + at("me-2.json") + "\n"},
		{bot.Media{Kind: bot.File, Name: `..\../../etc/passwd`, Data: []byte("3")}, "", "\n[file] " + at("passwd") + "\n"},
		{bot.Media{Kind: bot.File, Name: ".ssh", Data: []byte("4")}, "", "\n[file] " + at("file") + "\n"},
		{bot.Media{Kind: bot.File, Name: "..", Data: []byte("5")}, "", "\n[file] " + at("file-2") + "\n"},
	} {
		if got := post(c.text, c.media); got != c.want {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
	for name, want := range map[string]string{"me.json": "1", "me-2.json": "2", "passwd": "3", "file": "4", "file-2": "5"} {
		if got, err := os.ReadFile(at(name)); string(got) != want {
			t.Errorf("%s holds %q, %v", name, got, err)
		}
	}
	term.Folder = at("me.json") // no folder
	if got := post("words", bot.Media{Kind: bot.File, Name: "x", Data: []byte("1")}); !strings.Contains(got, "not a directory") || !strings.Contains(got, "words") {
		t.Errorf("got %q", got)
	}
}

func TestALineThatIsTooLongEndsNoTalk(t *testing.T) {
	var out strings.Builder
	term := New("me", "", &out)
	term.Words.Long = "Too long for me."
	e := &echo{t: term, posts: make(chan func(), 100)}
	long := strings.Repeat("x", maxLine)
	if err := term.Talk(t.Context(), strings.NewReader("a\n"+long+"\n"+long[:maxLine-1]+"\nb"), e, e.idle); err != nil {
		t.Fatal(err)
	}
	var heard []int
	for _, ev := range e.events {
		heard = append(heard, len(ev.Text))
	}
	if len(heard) != 3 || heard[1] != maxLine-1 || e.events[2].Text != "b" {
		t.Errorf("heard lines of %v", heard)
	}
	if n := strings.Count(out.String(), "\nToo long for me.\n"); n != 1 {
		t.Errorf("said it %d times", n)
	}
}
