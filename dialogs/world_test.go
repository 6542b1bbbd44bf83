package dialogs

import (
	"cmp"
	"context"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/content"
	"cadrebot/content/phrases"
)

// world is a small town with one bot in it: the program's engine, senders and
// scheduler over a store in memory, in a bubble, and outside of that the chats,
// which keep what people see.
type world struct {
	t       testing.TB
	dialogs *Dialogs
	channel bot.Channel
	out     platform
	limited bool // messages wait for the limits of their channel
	// now is what time it is. It may be put on: then the program was not running
	// meanwhile.
	now    time.Time
	seed   uint64
	people int
	events int64

	bubble  *bubble // from the first event on
	metrics *metrics
	store   *bottest.Memory
	process *process // nil while time passes
	reads   int      // round trips of the engine to the store that read

	chats map[string]*history
	said  []string // what happened since it was last read
	news  []news   // what has happened in the bubble since it was last left
	// pushes are the messages that nobody asked for.
	pushes []pushed
}

// news is what was shown in a chat, and its number in the outbox: people read in
// that order. An answer to a press has none, and comes before.
type news struct {
	number int64
	said   string
}

// history is a chat as a person sees it.
type history struct {
	messages []shown
}

type pushed struct {
	at           time.Time
	chat, fanout string
}

type shown struct {
	bot.Message
	id   int
	name string // how the platform calls it
	// buttoned is the data of all buttons that it has or has had.
	buttoned []string
}

// button notes the buttons that a message has now.
func (m *shown) button() {
	for _, b := range slices.Concat(m.Buttons...) {
		m.buttoned = append(m.buttoned, b.Data)
	}
}

// platform is where the people of a world talk on its main channel.
type platform interface {
	// post shows a message in a chat, or with a target in the place of that one,
	// and returns how the platform calls it and what people see of it.
	post(chat, target string, m bot.Message) (name, seen string)
	// answer answers a press and returns what people see of that.
	answer(press bot.Event, a bot.Answer) (seen string)
	// act has somebody type or press, up to the end of all that it leads to.
	act(ev bot.Event)
}

// direct is a platform that is nothing but its world: what is posted is seen.
type direct struct{ *world }

func (d direct) post(chat, target string, m bot.Message) (name, seen string) {
	if target == "" {
		target = strconv.Itoa(len(d.history(chat).messages) + 1)
	}
	return target, d.render(m)
}

func (d direct) answer(_ bot.Event, a bot.Answer) string { return a.Text }

func (d direct) act(ev bot.Event) { d.handle(ev) }

// testChannel can do what Telegram can.
var testChannel = bot.Channel{Name: "telegram", Buttons: true, Edits: true, Toasts: true,
	Limits: bot.Limits{PerSecond: 30, ChatEvery: time.Second, GroupPerMinute: 20},
	Link:   "https://t.me/cadre_bot?start=CODE"}

// plainChannel can send text and nothing else.
var plainChannel = bot.Channel{Name: "telegram"}

// otherChannels are those on which the same people may be, too.
var otherChannels = map[string]bot.Channel{
	"slack": {Name: "slack", Buttons: true, Edits: true, Toasts: true},
	"web":   {Name: "web", Buttons: true, Edits: true, Toasts: true, Silent: true},
}

// newWorld is a world with the courses that come with the program.
func newWorld(t testing.TB) *world {
	t.Helper()
	return newWorldOf(t, content.Starter())
}

// smallCourses are the courses in testdata: few, short, in all languages.
func smallCourses() content.Source {
	return content.Source{Name: "testdata/courses", FS: os.DirFS("testdata/courses")}
}

// testCourses are the courses of a transcript: of a folder in testdata.
func testCourses(name string) content.Source {
	if name == "small" {
		return smallCourses()
	}
	return content.Source{Name: "testdata/" + name, FS: os.DirFS("testdata/" + name)}
}

func newWorldOf(t testing.TB, courses ...content.Source) *world {
	t.Helper()
	return newWorldOn(t, testChannel, courses...)
}

// allPhrases are read once: a test has a world of its own, but the words of all.
var allPhrases = sync.OnceValues(phrases.Load)

// libraries are those of the courses that stay as they are, by their names.
var libraries sync.Map

// loaded are courses as they are served. What is in the program or in testdata
// is read once.
func loaded(t testing.TB, courses []content.Source) *content.Library {
	t.Helper()
	lasting := len(courses) == 1 && (courses[0].Name == content.Starter().Name || strings.HasPrefix(courses[0].Name, "testdata/"))
	if lasting {
		if l, ok := libraries.Load(courses[0].Name); ok {
			return l.(*content.Library)
		}
	}
	library, problems := content.Load(courses...)
	for _, p := range problems {
		t.Fatal(p)
	}
	if lasting {
		libraries.Store(courses[0].Name, library)
	}
	return library
}

func newWorldOn(t testing.TB, channel bot.Channel, courses ...content.Source) *world {
	t.Helper()
	library := loaded(t, courses)
	catalog, err := allPhrases()
	if err != nil {
		t.Fatal(err)
	}
	dialogs, err := New(library, catalog)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, channel: channel, dialogs: dialogs, now: time.Date(2026, 11, 20, 1, 0, 0, 0, time.UTC),
		metrics: newMetrics(), chats: map[string]*history{}}
	w.out = direct{w}
	return w
}

// in does something in the bubble, at the world's time, while the program runs.
// What has been shown then is said.
func (w *world) in(do func()) {
	w.t.Helper()
	if w.bubble == nil {
		t, ok := w.t.(*testing.T)
		if !ok {
			w.t.Fatal("only in a test is there a clock to live by")
		}
		w.bubble = newBubble(t, func() { w.rest() })
	}
	w.bubble.do(func() {
		if w.store == nil {
			w.store = bottest.NewMemory()
			w.store.Fail(func(method string) error {
				if method == "Load" {
					w.reads++
				}
				return nil
			})
		}
		w.wait(w.now)
		do()
		w.now = now()
	})
	slices.SortStableFunc(w.news, func(a, b news) int { return cmp.Compare(a.number, b.number) })
	for _, n := range w.news {
		w.said = append(w.said, n.said)
	}
	w.news = nil
}

// wait lets time pass up to an instant, and sees that the program runs then. It
// does not run during what is longer than a moment: it would look at the clock
// for nothing.
func (w *world) wait(until time.Time) {
	d := time.Until(until)
	if d > moment {
		w.rest()
	}
	time.Sleep(d)
	if w.process == nil {
		w.process = w.begin()
	}
}

const moment = 30 * time.Second

// rest stops the program.
func (w *world) rest() {
	if w.process != nil {
		w.process.stop()
		w.process = nil
	}
}

// show shows a message in its chat, and returns how the platform calls it. It is
// called outside the bubble.
func (w *world) show(channel string, number int64, at time.Time, out bot.Outgoing) (name string) {
	h := w.history(out.Chat)
	sendable(w.t, out.Message)
	outbox := w.store.Outbox()
	if i := slices.IndexFunc(outbox, func(e bot.Entry) bool { return e.ID == number }); i >= 0 && outbox[i].Fanout != "" {
		w.pushes = append(w.pushes, pushed{at, out.Chat, outbox[i].Fanout})
	}
	if out.Target == "" {
		name, seen := w.on(channel).post(out.Chat, "", out.Message)
		m := shown{Message: out.Message, id: len(h.messages) + 1, name: name}
		m.button()
		h.messages = append(h.messages, m)
		w.news = append(w.news, news{number, out.Chat + "\n" + seen})
		return name
	}
	i := slices.IndexFunc(h.messages, func(m shown) bool { return m.name == out.Target })
	if i < 0 {
		w.t.Errorf("edit of a message that is not known: %q", out.Message.Plain())
		return out.Target
	}
	h.messages[i].Message = out.Message
	h.messages[i].button()
	name, seen := w.on(channel).post(out.Chat, out.Target, out.Message)
	w.news = append(w.news, news{number, out.Chat + "\n(edited) " + seen})
	return name
}

// on is where the people of a channel talk.
func (w *world) on(channel string) platform {
	if channel == "" || channel == w.channel.Name {
		return w.out
	}
	return direct{w}
}

func (w *world) history(chat string) *history {
	if w.chats[chat] == nil {
		w.chats[chat] = &history{}
	}
	return w.chats[chat]
}

// render writes a message as it is seen; a plain platform numbers its buttons.
func (w *world) render(m bot.Message) string {
	var text string
	for _, p := range w.channel.Parts(m) {
		text = strings.TrimSpace(text + "\n\n" + told(p.Media, p.Text, p.Buttons))
	}
	return text
}

// told writes what people see of one message: a file, words, and buttons in
// their rows.
func told(a *bot.Media, text string, rows [][]bot.Button) string {
	if a != nil {
		text = strings.TrimSpace("{" + string(a.Kind) + " " + a.Name + a.Asset + a.URL + ": " + a.Alt + "}\n" + text)
	}
	for _, row := range rows {
		text += "\n"
		for i, b := range row {
			if i > 0 {
				text += " "
			}
			text += "[" + b.Label + "]"
		}
	}
	return text
}

// handle gives an event to the engine.
func (w *world) handle(ev bot.Event) {
	w.t.Helper()
	if ev.Kind != bot.Wake {
		w.events++
		ev.Seen = bot.Seen{Number: w.events}
		if ev.Channel == "" {
			ev.Channel = testChannel.Name
		}
	}
	if err := w.take(ev); err != nil {
		w.t.Fatalf("%s %q: %v", ev.Kind, ev.Text+ev.Data, err)
	}
}

// take hands an event to the engine, and waits for all that it leads to.
func (w *world) take(ev bot.Event) (err error) {
	w.t.Helper()
	w.in(func() {
		var release func()
		release, err = w.process.engine.Handle(context.Background(), ev)
		release()
		synctest.Wait()
	})
	return err
}

// press presses the newest button with a label that can still be seen, and once
// more for each word that follows.
func (w *world) press(ev bot.Event, label string, again ...string) {
	w.t.Helper()
	messages := w.history(ev.Chat).messages
	for i := len(messages) - 1; i >= 0; i-- {
		for _, row := range messages[i].Buttons {
			for _, b := range row {
				if b.Label == label {
					ev.Kind, ev.Data, ev.Query, ev.Message = bot.Press, b.Data, "query", messages[i].name
					w.on(ev.Channel).act(ev)
					for range again {
						w.on(ev.Channel).act(ev)
					}
					return
				}
			}
		}
	}
	w.t.Fatalf("%s sees no button %q", ev.Chat, label)
}

// pass lets time go by: timers fire at their instants, fan-outs go out. It takes
// a little longer where something is under way at the end.
func (w *world) pass(d time.Duration) {
	w.t.Helper()
	end := w.now.Add(d)
	w.in(func() {
		for {
			w.process.settle(end)
			next := w.process.next()
			if next.IsZero() || next.After(end) {
				break
			}
			w.wait(next)
		}
		w.wait(end)
	})
}

// testStep is a step of somebody who speaks a language.
func testStep(w *world, lang phrases.Lang, env *bot.Env) *step {
	return w.dialogs.step(w.dialogs.library.Load(), env, bot.Event{}, bot.Person{Lang: string(lang)})
}
