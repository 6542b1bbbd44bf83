package dialogs

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"cadrebot/bot"
	"cadrebot/bot/engine"
	"cadrebot/bot/sender"
	"cadrebot/scheduler"
)

// metrics are a world's, for all of its processes.
type metrics struct {
	engine *engine.Metrics
	sender *sender.Metrics
}

func newMetrics() *metrics {
	r := prometheus.NewRegistry()
	return &metrics{engine.NewMetrics(r), sender.NewMetrics(r)}
}

// process is one run of the program, in the world's bubble: what is not in the
// store ends with it. All of its methods are called in the bubble.
type process struct {
	*world
	engine   *engine.Engine
	channels []bot.Channel
	stop     func()
}

// begin starts the engine, and a sender for each channel. The scheduler works only
// where a test lets time pass; see settle.
func (w *world) begin() *process {
	p := &process{world: w}
	log := slog.New(complaints{slog.DiscardHandler, w})
	e := engine.New(w.store, w.dialogs, []string{"telegram:admin"}, w.metrics.engine, log)
	p.engine = e
	e.Web = "https://learn.example.org/in/TOKEN"
	e.Now = now
	var drawing sync.Mutex
	e.Rand = func() uint64 {
		drawing.Lock()
		defer drawing.Unlock()
		w.seed++
		return w.seed
	}
	e.NewPerson = func() string { w.people++; return "person" + strconv.Itoa(w.people) }
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	for _, c := range slices.AppendSeq([]bot.Channel{w.channel}, maps.Values(otherChannels)) {
		p.channels = append(p.channels, c)
		free := c
		if !w.limited {
			free.Limits = bot.Limits{}
		}
		s := sender.New(w.store, post{w, free}, "here", p.told, w.metrics.sender, log)
		s.Assets = courseFiles{w.dialogs}
		e.Add(post{w, c}, s)
		running.Go(func() { s.Run(ctx) })
		// It reads the outbox before the next one starts: in Go 1.26 the race
		// detector crashes where several goroutines of one bubble make timers that
		// fire at once.
		synctest.Wait()
	}
	p.stop = func() { cancel(); running.Wait() }
	return p
}

func now() time.Time { return time.Now().UTC() }

// told takes in what a platform says of a chat.
func (p *process) told(ctx context.Context, ev bot.Event) error {
	release, err := p.engine.Handle(ctx, ev)
	release()
	return err
}

// settle lets the scheduler work until nothing is left that could be done now;
// what waits for a limit may be left at the end.
func (p *process) settle(end time.Time) {
	loop := scheduler.New(scheduler.Config{Store: p.store, Engine: &inTurn{Engine: p.engine}, Copier: p.dialogs,
		Channels: p.channels, Instance: "here", Now: now, Log: slog.New(complaints{slog.DiscardHandler, p.world})})
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { loop.Run(ctx) })
	for begun := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		synctest.Wait()
		if !p.busy() || p.limited && !time.Now().Before(end) {
			break
		}
		if time.Since(begun) > time.Minute {
			p.t.Errorf("at %v there is no end of what is to be done: %+v", now(), p.store.Kept().Timers)
			break
		}
	}
	cancel()
	running.Wait()
}

// busy reports whether anything is due, being fanned out or on its way.
func (p *process) busy() bool {
	ctx := context.Background()
	if due, _ := p.store.Due(ctx, time.Now(), 1); len(due) > 0 {
		return true
	}
	fanouts, _ := p.store.Fanouts(ctx)
	for _, id := range fanouts {
		if jobOf(p.store, id).State == bot.JobRunning {
			return true
		}
	}
	halts, _ := p.store.Halted(ctx)
	return slices.ContainsFunc(p.store.Outbox(), func(e bot.Entry) bool {
		return e.NotBefore <= time.Now().UnixMilli() && halts[e.Fanout] != bot.HaltPause
	})
}

// next is when there is something to do again, zero for never.
func (p *process) next() (at time.Time) {
	if due, _ := p.store.Due(context.Background(), now().AddDate(100, 0, 0), 1); len(due) > 0 {
		at = time.UnixMilli(due[0].Due)
	}
	for _, e := range p.store.Outbox() {
		if held := time.UnixMilli(e.NotBefore); held.After(time.Now()) && (at.IsZero() || held.Before(at)) {
			at = held
		}
	}
	return at
}

// inTurn hands in the wakes of one moment one after the other, by their names.
// The loop does it side by side; a transcript is to be the same every time.
type inTurn struct {
	*engine.Engine
	mu   sync.Mutex
	here []string
}

// Handle waits for its turn.
func (o *inTurn) Handle(ctx context.Context, events ...bot.Event) (func(), error) {
	name := events[0].Timer + events[0].Target.ID
	o.mu.Lock()
	o.here = append(o.here, name)
	o.mu.Unlock()
	time.Sleep(time.Microsecond) // until all of them are here
	o.mu.Lock()
	slices.Sort(o.here)
	turn := slices.Index(o.here, name)
	o.mu.Unlock()
	time.Sleep(time.Duration(1+turn) * time.Microsecond) // until all know theirs
	release, err := o.Engine.Handle(ctx, events...)
	o.mu.Lock()
	o.here = slices.DeleteFunc(o.here, func(other string) bool { return other == name })
	o.mu.Unlock()
	return release, err
}

// post is a channel's adapter: what leaves is shown in the world, outside the
// bubble.
type post struct {
	w  *world
	of bot.Channel
}

func (a post) Channel() bot.Channel { return a.of }

func (a post) Post(_ context.Context, out bot.Outgoing) bot.Outcome {
	_, number, _ := strings.Cut(out.Operation, a.of.Name+"-")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		a.w.t.Errorf("a message is numbered %q", out.Operation)
	}
	at := now()
	var name string
	a.w.bubble.out(func() { name = a.w.show(a.of.Name, n, at, out) })
	return bot.Outcome{Status: bot.Sent, Message: name}
}

func (a post) Answer(_ context.Context, ev bot.Event, x bot.Answer) error {
	a.w.bubble.out(func() {
		if seen := a.w.on(ev.Channel).answer(ev, x); seen != "" {
			a.w.news = append(a.w.news, news{0, ev.Chat + "\n(" + seen + ")"})
		}
	})
	return nil
}

// courseFiles are the files of the courses in use.
type courseFiles struct{ *Dialogs }

func (f courseFiles) Asset(name string) ([]byte, error) { return f.library.Load().Asset(name) }

// complaints makes a test fail of what the program logs as an error.
type complaints struct {
	slog.Handler
	w *world
}

func (c complaints) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelError }

func (c complaints) WithAttrs([]slog.Attr) slog.Handler { return c }

func (c complaints) Handle(_ context.Context, r slog.Record) error {
	var all []string
	r.Attrs(func(a slog.Attr) bool { all = append(all, a.String()); return true })
	c.w.t.Errorf("%s: %s", r.Message, strings.Join(all, " "))
	return nil
}
