package dialogs

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
)

func TestTimesAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string][]int{
		"7:45":                        {465},
		"8:00 20:00":                  {480, 1200},
		"20:00，8:00":                  {480, 1200},
		"8:00和20:00":                  {480, 1200},
		"7点 12点半 19:30":               {420, 750, 1170},
		"7点、12点半、19点30分":              {420, 750, 1170},
		"7h, 12h30 và 19h30":          {420, 750, 1170},
		"at 7:00, 12:30 and 7:30 pm":  nil, // asked back: is 7:00 before noon?
		"7.45 20.15":                  {465, 1215},
		"8, 12, 20":                   {480, 720, 1200},
		"8:00 8:00":                   {480},
		"25:99":                       nil,
		"8:00 25:00":                  nil,
		"soon":                        nil,
		"":                            nil,
		"8:00 9:00 10:00 11:00 12:00": nil, // more than four
	} {
		w := newWorld(t)
		lang := "en"
		if strings.Contains(typed, "点") {
			lang = "zh"
		}
		w.handle(bot.Event{Kind: bot.Text, Chat: "me", Sender: "me", Lang: lang, Text: "/daily " + typed})
		var p bot.Person
		data := w.load(bot.Ref{Kind: bot.PersonRef, ID: w.link("telegram:me")}).Data
		if err := json.Unmarshal(data, &p); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal([]int(p.Daily), want) {
			t.Errorf("%q is set as %v; want %v", typed, p.Daily, want)
		}
	}
}

// What was put off comes when it was said, whatever is set meanwhile.
func TestWhatWasPutOffSurvivesTheSettings(t *testing.T) {
	w := newWorld(t)
	ev := learner()
	w.types(ev, "/daily 01:05")
	w.pass(time.Hour)
	if got := w.pressed(ev, "Later today"); !strings.Contains(got, "04:00") {
		t.Fatalf("put off: %s", got)
	}
	w.types(ev, "/quiet 20:00-22:00")
	w.said = nil
	w.pass(3 * time.Hour)
	if got := strings.Join(w.said, "\n"); !strings.Contains(got, "1/4") {
		t.Errorf("nothing came: %q", got)
	}
}
