package dialogs

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"cadrebot/bot"
	"cadrebot/bot/engine"
	"cadrebot/content"
)

// world is a small town with one bot in it: the real engine over a store in
// memory, and chats that keep what people see.
type world struct {
	t       testing.TB
	dialogs *Dialogs
	channel bot.Channel
	out     platform
	engine  *engine.Engine
	now     time.Time
	seed    uint64
	people  int

	things  map[bot.Ref]bot.Thing
	links   map[string]string
	members map[string]map[string]int64
	seq     int64
	wakes   map[string]bot.Timer
	marks   map[string]map[string]string
	tallies map[string]map[string]int
	counts  map[string]map[string]int
	texts   map[string]string
	halts   map[string]bot.HaltKind
	reads   int // round trips to the store that read
	records []bot.Record

	chats map[string]*history
	said  []string // what happened since it was last read
	// pushes are the messages that nobody asked for.
	pushes []pushed
}

// history is a chat as a person sees it.
type history struct {
	messages []shown
	handles  map[string]int
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

// onChannel is the world as the adapter of another channel.
type onChannel struct {
	*world
	of bot.Channel
}

func (c onChannel) Channel() bot.Channel { return c.of }

// Channel, Post and Answer make the world a bot.Adapter.
func (w *world) Channel() bot.Channel { return w.channel }

func (w *world) Post(context.Context, bot.Outgoing) bot.Outcome { panic("nothing is posted here") }

func (w *world) Answer(_ context.Context, ev bot.Event, a bot.Answer) error {
	panic("answers are read from the step")
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
var allPhrases = sync.OnceValues(content.LoadPhrases)

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
	phrases, err := allPhrases()
	if err != nil {
		t.Fatal(err)
	}
	dialogs, err := New(library, phrases)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, channel: channel, dialogs: dialogs, now: time.Date(2026, 11, 20, 1, 0, 0, 0, time.UTC),
		things: map[bot.Ref]bot.Thing{}, links: map[string]string{}, members: map[string]map[string]int64{},
		wakes: map[string]bot.Timer{}, marks: map[string]map[string]string{}, tallies: map[string]map[string]int{},
		counts: map[string]map[string]int{},
		texts:  map[string]string{}, halts: map[string]bot.HaltKind{}, chats: map[string]*history{}}
	w.out = direct{w}
	w.engine = engine.New(w, w, []string{"telegram:admin"}, engine.NewMetrics(prometheus.NewRegistry()), slog.New(slog.DiscardHandler))
	w.engine.Add(w, nil)
	for _, c := range otherChannels {
		w.engine.Add(onChannel{w, c}, nil)
	}
	w.engine.Web = "https://learn.example.org/in/TOKEN"
	w.engine.Now = func() time.Time { return w.now }
	w.engine.Rand = func() uint64 { w.seed++; return w.seed }
	w.engine.NewPerson = func() string { w.people++; return fmt.Sprintf("person%d", w.people) }
	return w
}

// Step makes the world a bot.Dialog that notes the answers to presses.
func (w *world) Step(env *bot.Env, ev bot.Event) bot.Result {
	r := w.dialogs.Step(env, ev)
	missing := env.Missing()
	for _, ref := range missing {
		env.Get(ref) // the engine has to hear of it too
	}
	r.Effects = slices.DeleteFunc(r.Effects, func(e bot.Effect) bool {
		a, ok := e.(bot.Answer)
		if ok && len(missing) == 0 {
			if seen := w.on(ev.Channel).answer(ev, a); seen != "" {
				w.said = append(w.said, ev.Chat+"\n("+seen+")")
			}
		}
		return ok
	})
	return r
}

func (w *world) Copy(env *bot.Env, job bot.Fanout, to bot.Person) []bot.Effect {
	return w.dialogs.Copy(env, job, to)
}

// Load implements bot.Store.
func (w *world) Load(_ context.Context, refs ...bot.Ref) ([]bot.Thing, error) {
	w.reads++
	things := make([]bot.Thing, len(refs))
	for i, r := range refs {
		things[i] = w.load(r)
	}
	return things, nil
}

func (w *world) load(r bot.Ref) bot.Thing {
	thing := bot.Thing{Ref: r}
	put := func(v any) { thing.Data, _ = json.Marshal(v) }
	switch r.Kind {
	case bot.LinkRef:
		if p := w.links[r.ID]; p != "" {
			thing.Data = []byte(p)
		}
	case bot.TallyRef:
		put(w.tallies[r.ID])
	case bot.MarksRef:
		n := map[string]int{}
		for _, v := range w.marks[r.ID] {
			n[v]++
		}
		for v, k := range w.counts[r.ID] {
			n[v] += k
		}
		put(n)
	case bot.MarkRef:
		i := strings.LastIndex(r.ID, "/")
		if v, ok := w.marks[r.ID[:i]][r.ID[i+1:]]; ok {
			thing.Data = []byte(v)
		}
	case bot.MembersRef:
		m := bot.Members{N: len(w.members[r.ID])}
		for _, seq := range w.members[r.ID] {
			m.Upto = max(m.Upto, seq)
		}
		put(m)
	case bot.RecordsRef:
		put(slices.DeleteFunc(slices.Clone(w.records), func(x bot.Record) bool { return x.Person != r.ID }))
	case bot.DepthRef:
		put(map[string]int{})
	default:
		if known, ok := w.things[r]; ok {
			return known
		}
	}
	return thing
}

// Commit implements bot.Store.
func (w *world) Commit(_ context.Context, c *bot.Commit) (bot.Receipt, error) {
	for _, p := range c.Quarantine {
		w.t.Errorf("quarantined: %s", p.Error)
	}
	for _, r := range c.Reads {
		if w.things[r.Ref].Rev != r.Rev {
			return bot.Receipt{}, bot.ErrConflict
		}
	}
	if g := c.Timer; g.Timer != "" {
		k := string(g.Target.Kind) + "|" + g.Target.ID + "|" + g.Timer
		if w.wakes[k].At != g.Due {
			return bot.Receipt{}, bot.ErrSeen
		}
		delete(w.wakes, k)
	}
	for _, p := range c.Puts {
		if delete(w.things, p.Ref); p.Data != nil {
			w.things[p.Ref] = bot.Thing{Ref: p.Ref, Rev: bot.Rev{N: p.Rev.N + 1}, Data: p.Data}
		}
	}
	for _, gone := range c.Forget {
		w.forget(gone)
	}
	for _, l := range c.SetLinks {
		w.links[l.Channel+":"+l.Chat] = l.Person
	}
	defer func() {
		for _, m := range c.Merges {
			w.merge(m)
		}
	}()
	for _, x := range c.Wakes {
		k := string(x.Target.Kind) + "|" + x.Target.ID + "|" + x.Timer
		if w.wakes[k] = x; x.At == 0 {
			delete(w.wakes, k)
		}
	}
	w.crowd(c)
	receipt := bot.Receipt{IDs: make([]int64, len(c.Out)), Flying: make([]bool, len(c.Out)), Listed: make([]bool, len(c.Out))}
	for _, e := range c.Out {
		w.deliver(e)
	}
	return receipt, nil
}

func (w *world) crowd(c *bot.Commit) {
	for _, m := range c.Members {
		if w.members[m.Audience] == nil {
			w.members[m.Audience] = map[string]int64{}
		}
		if m.Leave {
			delete(w.members[m.Audience], m.Person)
		} else if w.members[m.Audience][m.Person] == 0 {
			w.seq++
			w.members[m.Audience][m.Person] = w.seq
		}
	}
	for _, m := range c.Marks {
		if w.marks[m.Object] == nil {
			w.marks[m.Object] = map[string]string{}
		}
		w.marks[m.Object][m.Person] = m.Value
	}
	for _, x := range c.Counts {
		if w.counts[x.Object] == nil {
			w.counts[x.Object] = map[string]int{}
		}
		w.counts[x.Object][x.Value] += x.N
	}
	for _, x := range c.Texts {
		w.texts[x.ID] = x.Text
	}
	for _, h := range c.Halts {
		w.halts[h.Fanout] = h.How
	}
	w.records = append(w.records, c.Records...)
}

// forget erases a person from all that the world keeps.
func (w *world) forget(gone bot.Erasure) {
	var p bot.Person
	_ = json.Unmarshal(w.things[bot.Ref{Kind: bot.PersonRef, ID: gone.Person}].Data, &p)
	as := bot.Naming{Person: gone.Person, Name: p.Name}
	for ref, t := range w.things { // the store finds these by a trail
		if data, err := as.Unname(t.Data); err == nil && (ref.Kind == bot.NoticeRef || ref.Kind == bot.FanoutRef) {
			w.things[ref] = bot.Thing{Ref: ref, Rev: bot.Rev{N: t.Rev.N + 1}, Data: data}
		}
	}
	for _, a := range gone.Chats {
		delete(w.links, a.Channel+":"+a.Chat)
	}
	for _, kind := range []bot.RefKind{bot.PersonRef, bot.ConversationRef, bot.MemoryRef} {
		delete(w.things, bot.Ref{Kind: kind, ID: gone.Person})
	}
	for k := range w.wakes {
		if strings.Contains(k, "|"+gone.Person+"|") {
			delete(w.wakes, k)
		}
	}
	for _, m := range w.members {
		delete(m, gone.Person)
	}
	for _, m := range w.marks {
		delete(m, gone.Person)
	}
}

// merge makes one person of two.
func (w *world) merge(m bot.Merging) {
	for _, kind := range []bot.RefKind{bot.PersonRef, bot.ConversationRef, bot.MemoryRef} {
		delete(w.things, bot.Ref{Kind: kind, ID: m.From})
	}
	for k, x := range w.wakes {
		if x.Target == (bot.Ref{Kind: bot.ConversationRef, ID: m.From}) {
			delete(w.wakes, k)
			x.Target.ID = m.Into
			if k = string(x.Target.Kind) + "|" + x.Target.ID + "|" + x.Timer; w.wakes[k].At == 0 {
				w.wakes[k] = x
			}
		}
	}
	for _, in := range w.members {
		if n := in[m.From]; n != 0 && (in[m.Into] == 0 || n < in[m.Into]) {
			in[m.Into] = n
		}
		delete(in, m.From)
	}
	for _, by := range w.marks {
		if v, ok := by[m.From]; ok && by[m.Into] == "" {
			by[m.Into] = v
		}
		delete(by, m.From)
	}
	for i := range w.records {
		if w.records[i].Person == m.From {
			w.records[i].Person = m.Into
		}
	}
}

// deliver shows a message in its chat, at once.
func (w *world) deliver(e bot.Entry) {
	h := w.history(e.Chat)
	if e.Message.Body != "" {
		e.Message.Text = strings.TrimSpace(w.texts[e.Message.Body] + "\n\n" + e.Message.Text)
	}
	sendable(w.t, e.Message)
	if e.Fanout != "" {
		w.pushes = append(w.pushes, pushed{w.now, e.Chat, e.Fanout})
		if w.tallies[e.Fanout] == nil {
			w.tallies[e.Fanout] = map[string]int{}
		}
		w.tallies[e.Fanout]["sent"]++
	}
	if !e.Edit {
		name, seen := w.on(e.Channel).post(e.Chat, "", e.Message)
		m := shown{Message: e.Message, id: len(h.messages) + 1, name: name}
		m.button()
		h.messages = append(h.messages, m)
		if e.Handle != "" {
			h.handles[e.Handle] = m.id
		}
		w.said = append(w.said, e.Chat+"\n"+seen)
		return
	}
	id := 1 + slices.IndexFunc(h.messages, func(m shown) bool { return m.name == e.Target })
	if e.Target == "" {
		id = h.handles[e.Handle]
	}
	if id == 0 {
		w.t.Errorf("edit of a message that is not known: %q", e.Message.Plain())
		return
	}
	h.messages[id-1].Message = e.Message
	h.messages[id-1].button()
	_, seen := w.on(e.Channel).post(e.Chat, h.messages[id-1].name, e.Message)
	w.said = append(w.said, e.Chat+"\n(edited) "+seen)
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
		w.chats[chat] = &history{handles: map[string]int{}}
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
	w.seq++
	if ev.Kind != bot.Wake {
		ev.Seen = bot.Seen{Number: w.seq}
		if ev.Channel == "" {
			ev.Channel = testChannel.Name
		}
	}
	if _, err := w.engine.Handle(context.Background(), ev); err != nil {
		w.t.Fatalf("%s %q: %v", ev.Kind, ev.Text+ev.Data, err)
	}
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

// pass lets time go by: timers fire at their instants, fan-outs go out.
func (w *world) pass(d time.Duration) {
	end := w.now.Add(d)
	for w.fan(); ; w.fan() {
		var next bot.Timer
		for _, x := range w.wakes {
			if next.At == 0 || x.At < next.At || x.At == next.At && x.Timer+x.Target.ID < next.Timer+next.Target.ID {
				next = x
			}
		}
		if next.At == 0 || time.UnixMilli(next.At).After(end) {
			break
		}
		if at := time.UnixMilli(next.At); at.After(w.now) {
			w.now = at
		}
		w.handle(bot.Event{Kind: bot.Wake, Target: next.Target, Timer: next.Timer, Due: next.At})
	}
	w.now = end
}

// fan puts out the copies of every fan-out that is under way.
func (w *world) fan() {
	for ref, thing := range w.things {
		var job bot.Fanout
		if ref.Kind != bot.FanoutRef || json.Unmarshal(thing.Data, &job) != nil || job.State != bot.JobRunning {
			continue
		}
		ids := make([]string, 0)
		for id, seq := range w.members[job.Audience] {
			if seq <= job.Upto {
				ids = append(ids, id)
			}
		}
		sort.Strings(ids)
		for _, id := range ids {
			w.copy(&job, id)
		}
		job.State = bot.JobFanned
		data, _ := json.Marshal(job)
		w.things[ref] = bot.Thing{Ref: ref, Rev: bot.Rev{N: thing.Rev.N + 1}, Data: data}
	}
}

func (w *world) copy(job *bot.Fanout, id string) {
	p := bot.Person{}
	if err := json.Unmarshal(w.load(bot.Ref{Kind: bot.PersonRef, ID: id}).Data, &p); err != nil {
		w.t.Fatal(err)
	}
	p.ID = id
	env := &bot.Env{Now: w.now, Channel: w.channel, NewID: func(n int) string { return strconv.Itoa(n) }}
	effects := w.dialogs.Copy(env, *job, p)
	for missing := env.Missing(); len(missing) > 0; missing = env.Missing() {
		for _, r := range missing {
			env.Provide(w.load(r))
		}
		effects = w.dialogs.Copy(env, *job, p)
	}
	if len(effects) == 0 {
		job.Skipped++
	}
	for _, e := range effects {
		switch e := e.(type) {
		case bot.Send:
			job.Copies++
			a, _ := p.Reachable()
			w.deliver(bot.Entry{Channel: a.Channel, Chat: a.Chat, Message: e.Message, Handle: e.Handle, Fanout: job.ID})
		case bot.SetWake:
			job.Held++
			x := bot.Timer{Target: bot.Ref{Kind: bot.ConversationRef, ID: id}, Timer: e.Timer, At: e.At.UnixMilli()}
			w.wakes[string(x.Target.Kind)+"|"+id+"|"+x.Timer] = x
		default:
			w.t.Errorf("a copy asks for %T", e)
		}
	}
}

// testStep is a step of somebody who speaks a language.
func testStep(w *world, lang content.Lang, env *bot.Env) *step {
	return w.dialogs.step(w.dialogs.library.Load(), env, bot.Event{}, bot.Person{Lang: string(lang)})
}
