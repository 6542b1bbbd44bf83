package dialogs

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/study"
)

var update = flag.Bool("update", false, "write the transcripts anew; then read the diff as a learner would")

// TestTranscripts plays the conversations in testdata. Each file of an archive
// is one conversation, named after the language that the platform reports
// ("zh", "vi", "en", or "vi again"). Its lines:
//
//	> text            somebody types; "name> text" where several people talk,
//	                  "slack.name> text" and "web.name> text" on other platforms
//	> [label]         somebody presses the newest button with this label
//	> [label] twice   somebody presses it twice before anything has changed
//	> link {code}     {code} is the code of two halves that was shown last
//	> !data           somebody presses a button that is not in sight any more
//	+ 26h             time passes; timers fire, fan-outs go out
//	++ 504h           the same, and only what was said last is shown
//	= wrong right…    the open questions are answered so, one after the other
//	                  and with … to the end, and only what the last answer
//	                  leads to is shown
//	# comment
//
// An archive whose first lines say "courses: safety" is played with the courses
// in testdata/safety; "small" are those in testdata/courses, "rounds" have no
// lessons, and questions that are answered by one press. One that says
// "channel: plain" is played on a platform that can only send text, and one that
// says "limits: on" within Telegram's limits; elsewhere nothing waits for them.
//
// Everything else is what the bot says, each message set off by an empty line,
// under "name:" where it is not the one who spoke.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		courses := content.Starter()
		if _, folder, ok := strings.Cut(string(archive.Comment), "courses: "); ok {
			folder, _, _ = strings.Cut(folder, "\n")
			courses = testCourses(strings.TrimSpace(folder))
		}
		channel := testChannel
		if strings.Contains(string(archive.Comment), "channel: plain") {
			channel = plainChannel
		}
		for i := range archive.Files {
			f := &archive.Files[i]
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar")+"/"+f.Name, func(t *testing.T) {
				w := newWorldOn(t, channel, courses)
				w.limited = strings.Contains(string(archive.Comment), "limits: on")
				got := w.play(strings.Fields(f.Name)[0], string(f.Data))
				if *update {
					f.Data = []byte(got)
				} else if got != string(f.Data) {
					t.Errorf("the conversation goes otherwise now (-update writes it):\n%s", differ(string(f.Data), got))
				}
			})
		}
		if *update {
			if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// play runs a script's inputs and returns it with what the bot said.
func (w *world) play(lang, script string) string {
	w.t.Helper()
	var out strings.Builder
	before := ""
	for line := range strings.Lines(script) {
		line = strings.TrimRight(line, "\n")
		who, input, typed := strings.Cut(line, "> ")
		switch {
		case strings.HasPrefix(line, "#"):
			out.WriteString(line + "\n")
			continue
		case strings.HasPrefix(line, "+ "), strings.HasPrefix(line, "++ "):
			sign, span, _ := strings.Cut(line, " ")
			d, err := time.ParseDuration(span)
			if err != nil {
				w.t.Fatal(err)
			}
			w.pass(d)
			if sign == "++" {
				w.said = w.said[max(0, len(w.said)-1):]
			}
			who = ""
		case strings.HasPrefix(line, "= "):
			for how := range strings.FieldsSeq(line[2:]) {
				how, all := strings.CutSuffix(how, "…")
				for again := true; again; again = all && w.round("me") != nil {
					w.said = nil
					w.out.act(bot.Event{Kind: bot.Text, Chat: "me", Sender: "me", Lang: lang, Text: w.words(how == "right")})
				}
			}
			who = ""
		case typed && !strings.ContainsAny(who, " :：，"):
			person := who
			if person == "" {
				person = "me"
			}
			if shown := linkCodes.FindAllString(out.String(), -1); len(shown) > 0 {
				input = strings.ReplaceAll(input, "{code}", shown[len(shown)-1])
			}
			ev := bot.Event{Kind: bot.Text, Chat: person, Sender: person, Lang: lang, Text: input}
			if group, ok := strings.CutPrefix(person, "group."); ok {
				ev.Chat, ev.Sender, ev.Group, ev.Name = "group", group, true, "group"
			}
			if channel, _, ok := strings.Cut(person, "."); ok && otherChannels[channel].Name != "" {
				ev.Channel = channel
			}
			if data, ok := strings.CutPrefix(input, "!"); ok {
				ev.Kind, ev.Data, ev.Query, ev.Text, ev.Message = bot.Press, data, "query", "", "1"
				if seen := w.history(ev.Chat).messages; len(seen) > 0 {
					ev.Message = seen[0].name
				}
				w.on(ev.Channel).act(ev)
			} else if label, ok := strings.CutPrefix(input, "["); ok && (strings.HasSuffix(label, "]") || strings.HasSuffix(label, "] twice")) {
				ev.Text = ""
				label, more, _ := strings.Cut(label, "]")
				w.press(ev, label, strings.Fields(more)...)
			} else {
				w.on(ev.Channel).act(ev)
			}
			who = ev.Chat
		default:
			continue
		}
		if before == "" || !strings.HasPrefix(line, "#") {
			out.WriteString(line + "\n")
		}
		before = line
		w.tell(&out, who)
	}
	return out.String()
}

// linkCodes are codes as they are shown.
var linkCodes = regexp.MustCompile(`\b[A-Z2-9]{4} [A-Z2-9]{4}\b`)

// round is the round that is open for a person, nil for none.
func (w *world) round(chat string) *study.Quiz {
	var s state
	ref := bot.Ref{Kind: bot.ConversationRef, ID: w.link(testChannel.Name + ":" + chat)}
	if json.Unmarshal(w.load(ref).Data, &s) != nil {
		return nil
	}
	return s.Quiz
}

// words are the words of a right or a wrong option of the question that is open
// for "me".
func (w *world) words(right bool) string {
	w.t.Helper()
	z := w.round("me")
	if z == nil {
		w.t.Fatal("no question is open")
	}
	var p bot.Person
	if err := json.Unmarshal(w.load(bot.Ref{Kind: bot.PersonRef, ID: w.link(testChannel.Name + ":me")}).Data, &p); err != nil {
		w.t.Fatal(err)
	}
	q, _ := w.dialogs.library.Load().Question(phrases.ParseLang(p.Lang), z.Items[z.N])
	for _, o := range q.Options {
		if o.Right == right {
			return o.Text
		}
	}
	w.t.Fatalf("%s has no such option", q.ID)
	return ""
}

// tell writes what was said since, in the order in which it was said.
func (w *world) tell(out *strings.Builder, speaker string) {
	for _, s := range w.said {
		chat, text, _ := strings.Cut(s, "\n")
		out.WriteString("\n")
		if chat != speaker && !(speaker == "" && chat == "me") {
			out.WriteString(chat + ":\n")
		}
		for line := range strings.Lines(text) {
			out.WriteString("  " + strings.TrimRight(line, "\n") + "\n")
		}
	}
	out.WriteString("\n")
	w.said = nil
}

// differ shows the first lines that differ.
func differ(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			from := max(0, i-4)
			return "want:\n" + strings.Join(a[from:min(len(a), i+8)], "\n") + "\ngot:\n" + strings.Join(b[min(from, len(b)):min(len(b), i+8)], "\n")
		}
	}
	return "got more:\n" + strings.Join(b[len(a):], "\n")
}
