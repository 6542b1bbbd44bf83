package dialogs

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"cadrebot/bot"
)

// lived is a world in which Lan has done a little of everything.
func lived(t *testing.T) (w *world, lan bot.Event, code string) {
	w, code = school(t)
	lan = bot.Event{Kind: bot.Text, Chat: "lan-4711", Sender: "lan-4711", Name: "Nguyễn Thị \"Lan\": #1", Lang: "en"}
	for _, text := range []string{"/start " + code, "/daily 7:45", "/quiet 22-7", "/pause 24 Nov", "back", "quiz", "i don't know", "i don't know", "learn"} {
		w.types(lan, text)
	}
	press := lan
	press.Kind, press.Data, press.Query, press.Message = bot.Press, "rsvp:y:"+code+".202611261400", "q", "1"
	w.handle(press)
	w.profile(lan.Chat, func(p *bot.Person) { p.Unit = "Union of\nthe 'harbour'" })
	return w, lan, code
}

// A person who is forgotten is nowhere to be found, and is somebody new when
// they write again.
func TestForgetting(t *testing.T) {
	w, lan, _ := lived(t)
	id := w.link("telegram:lan-4711")
	for _, trace := range []string{id, "lan-4711", "Nguyễn", "harbour"} {
		if !strings.Contains(w.everything(), trace) {
			t.Fatalf("no %q before", trace)
		}
	}
	w.types(lan, "forget me")
	w.types(lan, "Erase all")
	if got := w.types(lan, "Yes, erase me"); !strings.Contains(got, "has been erased") {
		t.Fatalf("the goodbye: %q", got)
	}
	w.pass(time.Second) // until the platform's answer to that is noted
	for _, trace := range []string{id, "lan-4711", "Nguyễn", "harbour"} {
		if all := w.everything(); strings.Contains(all, trace) {
			i := strings.Index(all, trace)
			t.Errorf("%q is still there: …%s…", trace, all[max(0, i-80):min(len(all), i+80)])
		}
	}
	w.said = nil
	w.pass(14 * 24 * time.Hour)
	for _, s := range w.said {
		if strings.HasPrefix(s, lan.Chat) {
			t.Errorf("pushed afterwards: %q", s)
		}
	}
	if got := w.types(lan, "settings"); !strings.Contains(got, "Quiet hours: none") || w.link("telegram:lan-4711") == id {
		t.Errorf("afterwards: %q", got)
	}
}

// Only the last button of the newest wish erases, and only for a while.
func TestWhatDoesNotErase(t *testing.T) {
	for name, try := range map[string]func(w *world, ev bot.Event){
		"the first button": func(w *world, ev bot.Event) { w.types(ev, "forget me"); w.types(ev, "Erase all") },
		"an old wish": func(w *world, ev bot.Event) {
			w.types(ev, "forget me")
			old(w, ev, "Erase all")
			w.types(ev, "forget me")
		},
		"the first, twice": func(w *world, ev bot.Event) { w.types(ev, "forget me"); old(w, ev, "Erase all"); old(w, ev, "") },
		"after ten minutes": func(w *world, ev bot.Event) {
			w.types(ev, "forget me")
			w.types(ev, "Erase all")
			w.pass(11 * time.Minute)
			w.types(ev, "Yes, erase me")
		},
		"after another thing": func(w *world, ev bot.Event) {
			w.types(ev, "forget me")
			w.types(ev, "Erase all")
			w.types(ev, "Keep all")
			w.types(ev, "Yes, erase me")
		},
	} {
		w, lan, _ := lived(t)
		id := w.link("telegram:lan-4711")
		try(w, lan)
		if w.link("telegram:lan-4711") != id || !strings.Contains(w.everything(), "harbour") {
			t.Errorf("%s erased", name)
		}
	}
}

// old presses a button again that was pressed before; "" repeats the last one.
func old(w *world, ev bot.Event, label string) {
	if label != "" {
		for _, m := range w.history(ev.Chat).messages {
			for _, row := range m.Buttons {
				for _, b := range row {
					if b.Label == label {
						pressedBefore = b.Data
					}
				}
			}
		}
	}
	ev.Kind, ev.Data, ev.Query, ev.Message = bot.Press, pressedBefore, "q", ""
	w.handle(ev)
}

var pressedBefore string

// A coordinator's notices stay, without their name.
func TestForgettingACoordinator(t *testing.T) {
	w, code := school(t)
	admin := bot.Event{Kind: bot.Text, Chat: "admin", Sender: "admin", Name: "Trần Văn Hải", Lang: "en"}
	w.types(admin, "notice")
	w.presses("admin", "ntc:to:class:"+code)
	w.types(admin, "Bring the forms")
	w.types(admin, "Send")
	w.pass(time.Minute)
	if got := w.types(admin, "forget me"); !strings.Contains(got, "without your name") {
		t.Errorf("asked: %q", got)
	}
	w.types(admin, "Erase all")
	w.types(admin, "Yes, erase me")
	if all := w.everything(); strings.Contains(all, "Hải") || strings.Contains(all, "person1 ") || !strings.Contains(all, "Bring the forms") {
		t.Errorf("kept: %s", all)
	}
	w.says("me", "class")
	if got := w.heard("me"); !strings.Contains(got, "Basics") {
		t.Errorf("the class: %q", got)
	}
	if got := w.pressed(bot.Event{Chat: "me", Sender: "me", Lang: "en"}, "I have read it"); !strings.Contains(got, "Your coordinator") {
		t.Errorf("the notice: %q", got)
	}
}

// exported is the file that a person gets.
func (w *world) exported(ev bot.Event) []byte {
	w.t.Helper()
	w.types(ev, "/export")
	messages := w.history(ev.Chat).messages
	m := messages[len(messages)-1]
	if m.Media == nil || m.Media.Kind != bot.File {
		w.t.Fatalf("no file: %q", m.Plain())
	}
	return m.Media.Data
}

func TestExportIsReadByPrograms(t *testing.T) {
	for _, lang := range []string{"zh", "vi", "en"} {
		w, lan, code := lived(t)
		w.profile(lan.Chat, func(p *bot.Person) { p.Lang, p.LangChosen = lang, true })
		data := w.exported(lan)
		if !utf8.Valid(data) {
			t.Error("not UTF-8")
		}
		var got struct {
			Profile struct {
				Name, Union string
				Chats       []struct{ Channel, Chat string }
			}
			Settings struct {
				Language, Zone string
				Daily          []string
				Quiet          string `yaml:"quiet_hours"`
				Pauses         []struct{ From, To string }
				Stopped        bool
			}
			Classes []struct {
				Code, Name string
				Answers    []struct {
					Session string
					Coming  bool
				}
			}
			Learning map[string]any
			Memory   []struct {
				Question, Text string
				Words          string `yaml:"in_words"`
			}
			Kept    map[string]map[string]any
			Records []map[string]string
		}
		if err := yaml.Unmarshal(data, &got); err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		switch {
		case got.Profile.Name != lan.Name || got.Profile.Union != "Union of\nthe 'harbour'" || got.Profile.Chats[0].Chat != "lan-4711":
			t.Errorf("profile: %+v", got.Profile)
		case got.Settings.Quiet != "22:00-07:00" || got.Settings.Daily[0] != "07:45" || got.Settings.Language != lang:
			t.Errorf("settings: %+v", got.Settings)
		case got.Classes[0].Code != code || len(got.Classes[0].Answers) != 1 || !got.Classes[0].Answers[0].Coming:
			t.Errorf("classes: %+v", got.Classes)
		case len(got.Memory) == 0 || got.Memory[0].Text == "" || got.Memory[0].Words == "":
			t.Errorf("memory: %+v", got.Memory)
		case len(got.Records) == 0 || got.Records[0]["what"] != "answered":
			t.Errorf("records: %+v", got.Records)
		case got.Kept["profile"]["n"] != lan.Name:
			t.Errorf("kept: %+v", got.Kept)
		}
		for _, other := range []string{"person1\"", "admin"} {
			if strings.Contains(string(data), other) {
				t.Errorf("the file tells of %s", other)
			}
		}
	}
}

// However much there is, the file keeps within its bound and says what it
// leaves out; the newest is in it.
func TestExportIsBounded(t *testing.T) {
	w, lan, _ := lived(t)
	id := w.link("telegram:lan-4711")
	c := &bot.Commit{}
	for i := range 9000 {
		c.Records = append(c.Records, bot.Record{What: "answered", Person: id, At: w.now.Add(time.Duration(i) * time.Second),
			Data: map[string]string{"q": strings.Repeat("长", 100), "n": fmt.Sprint(i)}})
	}
	w.commit(c)
	data := w.exported(lan)
	if len(data) > 1<<20 || len(data) < 1<<20-2000 {
		t.Errorf("%d bytes", len(data))
	}
	var got struct{ Records []map[string]string }
	if err := yaml.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if got.Records[0]["n"] != "8999" {
		t.Errorf("the newest: %v", got.Records[0])
	}
	if want := "older records did not fit"; !strings.Contains(string(data[len(data)-60:]), want) {
		t.Errorf("the end: %s", data[len(data)-60:])
	}
}

// A stop ends the daily quiz, reminders, changes and notices at once; coming
// back brings all of them back, and nothing of what was missed.
func TestStoppingAndComingBack(t *testing.T) {
	w, code := school(t)
	tell := func(text string) {
		w.presses("admin", "ntc:to:class:"+code)
		w.says("admin", text)
		w.says("admin", "Send")
	}
	w.says("me", "/daily 7:45")
	w.says("me", "/quiet 22-6")
	w.pass(time.Date(2026, 11, 20, 23, 0, 0, 0, time.UTC).Sub(w.now))
	tell("Bring the forms")
	w.heard("me")
	w.says("me", "stop")
	if got := w.heard("me"); !strings.Contains(got, "no more daily quiz, class reminders or notices") || !strings.Contains(got, "“start”") || !strings.Contains(got, "“erase me”") {
		t.Errorf("stop: %q", got)
	}
	w.pass(6 * 24 * time.Hour)
	w.presses("admin", "cls:cx:"+code+".202612031400")
	w.says("admin", "Confirm")
	tell("Bring a pen")
	w.pass(24 * time.Hour)
	if got := w.heard("me"); got != "" {
		t.Errorf("while stopped: %q", got)
	}
	w.says("me", "start")
	if got := w.heard("me"); !strings.Contains(got, "Welcome back") || !strings.Contains(got, "tomorrow at 07:45") {
		t.Errorf("back: %q", got)
	}
	tell("Bring a friend")
	w.pass(14 * 24 * time.Hour)
	got := w.heard("me")
	for _, want := range []string{"Bring a friend", "Tomorrow, Thu 10 Dec", "In an hour", "1/4"} {
		if !strings.Contains(got, want) {
			t.Errorf("after coming back no %q in %q", want, got)
		}
	}
	if strings.Contains(got, "forms") || strings.Contains(got, "pen") {
		t.Errorf("what was missed comes afterwards: %q", got)
	}
}

// The file that was exported keeps its words: what follows comes below it.
func TestTheSettingsAfterAnExportLeaveTheFileAlone(t *testing.T) {
	w := newWorld(t)
	ev := learner()
	w.types(ev, "/export")
	file := w.history(ev.Chat).messages
	w.pressed(ev, "Settings")
	if now := w.history(ev.Chat).messages; now[len(file)-1].Text != file[len(file)-1].Text || len(now) != len(file)+1 {
		t.Errorf("the file's words are now %q", now[len(file)-1].Text)
	}
}
