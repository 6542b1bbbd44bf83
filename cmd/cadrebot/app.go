package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"cadrebot/bot"
	"cadrebot/bot/engine"
	"cadrebot/bot/sender"
	"cadrebot/bot/terminal"
	"cadrebot/content"
	"cadrebot/content/phrases"
	"cadrebot/dialogs"
)

// app is the parts of a running bot, wired.
type app struct {
	cfg      *Config
	log      *slog.Logger
	db       *database
	registry *prometheus.Registry
	metrics  *engine.Metrics
	sending  *sender.Metrics
	engine   *engine.Engine
	dialogs  *dialogs.Dialogs
	library  atomic.Pointer[content.Library] // as read last
	// reread is told what was found when courses were read anew.
	reread   func(problems []content.Problem)
	phrases  *phrases.Catalog
	instance *instance
	now      func() time.Time
	ahead    time.Duration // of now before the real clock
	files    string        // where a terminal puts files

	connections []*connection
	senders     []*channelSender
	channels    []bot.Channel
	health      *health
}

// newApp loads the content and wires the engine on a database, without any
// channel yet. It takes the database over, also where it fails.
func newApp(c *Config, db *database, now func() time.Time, log *slog.Logger) (_ *app, err error) {
	defer func() {
		if err != nil {
			_ = db.close()
		}
	}()
	catalog, err := phrases.Load()
	if err != nil {
		return nil, err
	}
	library, problems := content.Load(c.courses()...)
	for _, p := range problems {
		log.Warn("content", "problem", p.String())
	}
	a := &app{cfg: c, log: log, db: db, phrases: catalog, now: now, registry: prometheus.NewRegistry()}
	a.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	a.metrics, a.sending = engine.NewMetrics(a.registry), sender.NewMetrics(a.registry)
	a.library.Store(library)
	a.reread = a.logProblems
	if a.dialogs, err = dialogs.New(library, catalog); err != nil {
		return nil, err
	}
	a.engine = engine.New(db.Store, a.dialogs, c.admins(), a.metrics, log)
	a.engine.Now = now
	a.instance = openInstance(c.Data)
	a.health = newHealth(a)
	return a, nil
}

// admins are the coordinators, each named by a channel and whom it knows there.
// Whoever sits at the terminal of a fresh machine is one.
func (c *Config) admins() []string {
	if len(c.Admins) == 0 {
		return []string{terminal.Name + ":" + operator}
	}
	var list []string
	for _, a := range c.Admins {
		if channel, who, _ := strings.Cut(a, ":"); channel == terminal.Name {
			a = seatName(who) + ":" + who
		}
		list = append(list, a)
	}
	return list
}

// operator is who talks in the terminal unless told otherwise.
const operator = "me"

// courses are those that come with the program, then the folders; or only those
// that a command is about.
func (c *Config) courses() []content.Source {
	if c.only != nil {
		return c.only
	}
	list := []content.Source{content.Starter()}
	for _, dir := range c.Content {
		list = append(list, content.Source{Name: filepath.Clean(dir), FS: os.DirFS(dir)})
	}
	return list
}

// add gives a channel its sender and makes it known to the engine, before the
// first event.
func (a *app) add(c *connection) {
	s := newChannelSender(a, c.adapter)
	a.senders = append(a.senders, s)
	a.channels = append(a.channels, c.adapter.Channel())
	a.engine.Add(c.adapter, s.Sender)
	if c.takeTurns != nil {
		c.takeTurns(s.Owner)
	}
}

// handle takes in what a platform says of a chat outside of its updates.
func (a *app) handle(ctx context.Context, ev bot.Event) error {
	release, err := a.engine.Handle(ctx, ev)
	if release != nil {
		release()
	}
	return err
}

// close gives the store and the identity back.
func (a *app) close() error {
	a.instance.close()
	if err := a.db.close(); err != nil {
		return fmt.Errorf("close the store: %w", err)
	}
	return nil
}
