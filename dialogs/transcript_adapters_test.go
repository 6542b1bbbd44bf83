package dialogs

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"cadrebot/bot"
	"cadrebot/content"
)

// difference is what may be otherwise on a platform than in the files.
type difference struct {
	on        string // the platform, "" for all
	what, why string
	// alike brings what is told, there and in the files, into one form; nil where
	// the difference is made on the way.
	alike func(string) string
}

// differences are all that there may be.
var differences = []difference{
	{what: "the channel is called telegram, has Telegram's link, and rings", why: "the files name the platform, and its invitations; other platforms beside it are the world's own", alike: nil},
	{what: "people have no names; their addresses are their names", why: "each platform tells a name of its own, or makes one up"},
	{what: "a group has the name and the language of the files", why: "not every platform tells them with what is said there; the dialogs take both from who sets the group up"},
	{what: "a file is told as kind, name and words", why: "each platform shows it in its way; that it is the same file is looked at"},
	{on: "terminal", what: "\"(edited)\" is not told", why: "what is printed can't be changed: it is printed again, under a mark", alike: func(s string) string { return strings.ReplaceAll(s, "  (edited) ", "  ") }},
	{on: "terminal", what: "a number that is typed presses the button that has it", why: "there is no other way to press one"},
	{on: "terminal", what: "each button has a line of its own", why: "rows are as wide as a terminal", alike: lines},
}

// lines puts each button on a line of its own.
func lines(told string) string {
	var b strings.Builder
	for line := range strings.Lines(told) {
		if strings.HasPrefix(line, "  [") && strings.HasSuffix(line, "]\n") {
			line = strings.ReplaceAll(line, "] [", "]\n  [")
		}
		b.WriteString(line)
	}
	return b.String()
}

// alike is a conversation without what may be otherwise on a platform.
func alike(on, told string) string {
	for _, d := range differences {
		if d.alike != nil && (d.on == "" || d.on == on) {
			told = d.alike(told)
		}
	}
	return told
}

// adapters open a platform of their own for one conversation: a fake of it, and
// the adapter that talks to that.
var adapters = []struct {
	name   string
	groups bool
	open   func(t *testing.T, e *ear) (platform, bot.Channel)
}{
	{"telegram", true, openTelegram},
	{"terminal", false, openTerminals},
	{"slack", true, openSlack},
	{"web", false, openWeb},
}

// TestTranscriptsOnEveryAdapter plays the conversations of TestTranscripts on the
// platforms: what people type and press goes in through the platform and the
// adapter, and what they see is read back from the platform.
func TestTranscriptsOnEveryAdapter(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, a := range adapters {
		t.Run(a.name, func(t *testing.T) {
			for _, file := range files {
				archive, err := txtar.ParseFile(file)
				if err != nil {
					t.Fatal(err)
				}
				name := strings.TrimSuffix(filepath.Base(file), ".txtar")
				switch {
				case strings.Contains(string(archive.Comment), "channel: plain"):
					t.Logf("%s is about a platform without buttons", name)
					continue
				case strings.Contains(string(archive.Comment), "limits: on"):
					t.Logf("%s is about Telegram's limits", name)
					continue
				case !a.groups && slices.ContainsFunc(archive.Files, func(f txtar.File) bool { return strings.Contains(string(f.Data), "\ngroup.") }):
					t.Logf("%s is about groups, which there are none of", name)
					continue
				}
				for _, f := range archive.Files {
					t.Run(name+"/"+f.Name, func(t *testing.T) {
						t.Parallel()
						e := &ear{t: t}
						p, channel := a.open(t, e)
						channel.Name, channel.Link, channel.Silent = testChannel.Name, testChannel.Link, false
						e.world = newWorldOn(t, channel, coursesOf(archive))
						e.out = p
						got := alike(a.name, e.play(strings.Fields(f.Name)[0], string(f.Data)))
						if want := alike(a.name, string(f.Data)); got != want {
							t.Errorf("the conversation goes otherwise here:\n%s", differ(want, got))
						}
					})
				}
			}
		})
	}
}

// ear takes in what an adapter has understood, holds it to what was meant, and
// hands it to the world.
type ear struct {
	*world
	t *testing.T
	// names gives the name by which the world knows a chat or a person.
	names func(address string) string
	// numbers is set where a number that is typed is a press.
	numbers bool

	mu     sync.Mutex
	meant  bot.Event
	heard  int
	origin bot.Event // as the adapter made it
	look   bot.Event // what came last and is not of the conversation
}

// looked is what came last of what is not of the conversation.
func (e *ear) looked() bot.Event {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.look
}

// hears lets somebody act on the platform, and sees that it is heard once.
func (e *ear) hears(meant bot.Event, act func()) {
	e.t.Helper()
	e.mu.Lock()
	e.meant, e.heard = meant, 0
	e.mu.Unlock()
	act()
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case e.heard == 0 && meant.Group && meant.Kind == bot.Text:
		e.seed++ // what people say among themselves never comes, there or anywhere
	case e.heard != 1:
		e.t.Fatalf("%s %q came %d times", meant.Kind, meant.Text+meant.Data, e.heard)
	}
}

// Handle implements the handler of every adapter.
func (e *ear) Handle(_ context.Context, events ...bot.Event) (func(), error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, ev := range events {
		if ev.Kind == bot.Join || ev.Kind == bot.Open {
			e.look = ev // in the files nobody brings the bot into a group, or only looks
			continue
		}
		e.heard++
		e.origin = ev
		ev.Channel, ev.Chat, ev.Sender = e.channel.Name, e.names(ev.Chat), e.names(ev.Sender)
		if ev.Name = ""; ev.Group {
			ev.Name, ev.Lang = e.meant.Name, e.meant.Lang
		}
		m := e.meant
		if _, err := strconv.Atoi(m.Text); err == nil && e.numbers && ev.Kind == bot.Press {
			m.Kind, m.Text, m.Data, m.Message = ev.Kind, ev.Text, ev.Data, ev.Message
		}
		if got, want := (bot.Event{Kind: ev.Kind, Chat: ev.Chat, Sender: ev.Sender, Group: ev.Group, Lang: ev.Lang, Text: ev.Text, Data: ev.Data, Message: ev.Message}),
			(bot.Event{Kind: m.Kind, Chat: m.Chat, Sender: m.Sender, Group: m.Group, Lang: m.Lang, Text: m.Text, Data: m.Data, Message: m.Message}); !same(got, want) {
			e.t.Errorf("meant %+v\nheard %+v", want, got)
		}
		if err := e.take(ev); err != nil {
			e.t.Errorf("%s %q: %v", ev.Kind, ev.Text+ev.Data, err)
		}
	}
	return func() {}, nil
}

func same(a, b bot.Event) bool {
	return a.Kind == b.Kind && a.Chat == b.Chat && a.Sender == b.Sender && a.Group == b.Group && a.Lang == b.Lang &&
		a.Text == b.Text && a.Data == b.Data && a.Message == b.Message
}

// Quarantine implements the handler of every adapter.
func (e *ear) Quarantine(_ context.Context, ev *bot.Event, why error) error {
	e.t.Errorf("not understood: %s: %v", ev.Raw, why)
	return nil
}

// sent is the name of a message that a platform has taken.
func (e *ear) sent(o bot.Outcome, m bot.Message) string {
	if o.Status != bot.Sent {
		e.t.Errorf("%s: %v: %q", o.Status, o.Err, m.Plain())
	}
	return o.Message
}

// coursesOf are the courses with which an archive is played.
func coursesOf(archive *txtar.Archive) content.Source {
	if _, folder, ok := strings.Cut(string(archive.Comment), "courses: "); ok {
		folder, _, _ = strings.Cut(folder, "\n")
		return testCourses(strings.TrimSpace(folder))
	}
	return content.Starter()
}
