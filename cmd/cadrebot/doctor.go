package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"cadrebot/bot/redis"
	"cadrebot/bot/redis/embedded"
	"cadrebot/content"
	"cadrebot/content/phrases"
	"cadrebot/scheduler/timetable"
)

type doctorCmd struct{}

// level says how bad a finding is.
type level int

const (
	fine    level = iota
	unclear       // it could not be looked at, or may be meant so
	wrong
)

var levelNames = [...]string{"ok   ", "?    ", "WRONG"}

// finding is one thing that was looked at, and what to do about it.
type finding struct {
	level  level
	what   string
	remedy string
}

// Run looks at everything that the bot needs and prints what it finds, with the
// remedy. The exit code is 1 when something is wrong.
func (doctorCmd) Run(p *Program, ctx *context.Context) error {
	c := &p.cli.Config
	var all []finding
	all = append(all, examineData(c)...)
	all = append(all, examineStore(*ctx, c)...)
	for _, platform := range c.platforms() {
		all = append(all, platform.examine(*ctx, c.hide)...)
	}
	all = append(all, examineContent(c)...)
	all = append(all, examineZones()...)
	bad := 0
	for _, f := range all {
		f.print(p.Stdout)
		if f.level == wrong {
			bad++
		}
	}
	if bad > 0 {
		fmt.Fprintf(p.Stdout, "\n%d of %d findings are wrong.\n", bad, len(all))
		return quit(1)
	}
	fmt.Fprintln(p.Stdout, "\nNothing is wrong.")
	return nil
}

func (f finding) print(w io.Writer) {
	fmt.Fprintln(w, levelNames[f.level], f.what)
	if f.remedy != "" {
		fmt.Fprintln(w, "      →", f.remedy)
	}
}

// examineData tries whether the data folder takes a file.
func examineData(c *Config) []finding {
	name := "data folder " + c.Data + ": "
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return []finding{{wrong, name + err.Error(), "create it for the user that runs cadrebot, or set CADREBOT_DATA"}}
	}
	probe := filepath.Join(c.Data, "doctor.tmp")
	err := os.WriteFile(probe, []byte("x"), 0o600)
	_ = os.Remove(probe)
	if err != nil {
		return []finding{{wrong, name + err.Error(), "give the user that runs cadrebot the right to write there, and room on the disk"}}
	}
	return []finding{{fine, name + "can be written to", ""}}
}

// examineStore looks at Redis, or at the embedded store where there is none.
func examineStore(ctx context.Context, c *Config) []finding {
	if c.RedisURL == "" {
		return examineEmbedded(ctx, c)
	}
	db, err := openDatabase(c, true)
	switch {
	case newer(err):
		return []finding{layoutFinding(err)}
	case err != nil:
		return []finding{{wrong, err.Error(), "mend CADREBOT_REDIS_URL"}}
	}
	defer func() { _ = db.close() }()
	return append(examineRedis(ctx, db.client), examineLayout(ctx, db)...)
}

func layoutFinding(err error) finding {
	what, remedy, _ := strings.Cut(err.Error(), ": ")
	return finding{wrong, what, remedy}
}

// examineLayout says which layout the store has. An older one is fine: values are
// written anew as they change.
func examineLayout(ctx context.Context, db *database) []finding {
	n, err := db.Layout(ctx)
	switch {
	case err != nil:
		return nil // that it does not answer is said already
	case n < redis.Layout:
		return []finding{{fine, fmt.Sprintf("store: layout %d; this cadrebot makes it %d as it writes, and older ones can't read it then", n, redis.Layout), ""}}
	}
	return []finding{{fine, fmt.Sprintf("store: layout %d", n), ""}}
}

// manyMembers is up to how many people the embedded store is for.
const manyMembers = 500

func examineEmbedded(ctx context.Context, c *Config) []finding {
	db, err := openDatabase(c, true)
	var damaged *embedded.DamagedError
	switch {
	case newer(err):
		return []finding{layoutFinding(err)}
	case errors.As(err, &damaged):
		return []finding{{wrong, err.Error(), "the disk has lost something; restore the folder from a backup, or move it away to begin anew"}}
	case err != nil:
		return []finding{{wrong, err.Error(), "see whether another process holds the folder, or choose another with CADREBOT_DATA"}}
	}
	defer func() { _ = db.close() }()
	if err := db.reachable(ctx, 5*time.Second); err != nil {
		return []finding{{wrong, err.Error(), "restart the process that holds the data folder"}}
	}
	f := finding{fine, "embedded store: its journal can be read", ""}
	if db.embedded == nil {
		f.what = "embedded store: in use by a running cadrebot, which answers"
	}
	list := append([]finding{f}, examineLayout(ctx, db)...)
	if n, err := db.people(ctx); err == nil && n > manyMembers {
		list = append(list, finding{unclear, fmt.Sprintf("embedded store: it serves %d people and is made for %d", n, manyMembers),
			"move to a Redis: CADREBOT_REDIS_URL"})
	}
	return list
}

// examineContent loads all courses and the phrases.
func examineContent(c *Config) []finding {
	if _, err := phrases.Load(); err != nil {
		return []finding{{wrong, err.Error(), "install cadrebot anew; its own phrases are part of it"}}
	}
	library, problems := content.Load(c.courses()...)
	list := make([]finding, 0, len(problems)+1)
	for _, p := range problems {
		remedy := p.Remedy
		p.Remedy = ""
		list = append(list, finding{wrong, "content: " + p.String(), remedy})
	}
	courses, lessons, questions := library.Size()
	return append(list, finding{fine, fmt.Sprintf("content: %d courses with %d lessons and %d questions", courses, lessons, questions), ""})
}

// examineZones loads a few zones that only a full database has.
func examineZones() []finding {
	for _, name := range []string{"Asia/Ho_Chi_Minh", "Asia/Shanghai", "Australia/Lord_Howe", "UTC"} {
		if _, err := timetable.LoadZone(name); err != nil {
			return []finding{{wrong, "zones: " + name + " is not known", "remove a broken ZONEINFO from the environment, or reinstall the system's tzdata"}}
		}
	}
	if year := time.Now().Year(); year < 2025 || year > 2100 {
		return []finding{{wrong, fmt.Sprintf("clock: this machine thinks that it is %d", year), "set the clock, and keep it with NTP"}}
	}
	return []finding{{fine, "zones: known (" + runtime.Version() + ")", ""}}
}
