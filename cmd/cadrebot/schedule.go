package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/scheduler/timetable"
)

type scheduleCmd struct {
	Explain bool `help:"Show the timetable and the next ten sessions of every class, with zones and clock changes."`
	Most    int  `default:"1000" help:"How many timers to list."`
}

// explained is how many sessions of a class are shown.
const explained = 10

// Help names the forms that a timetable may have.
func (scheduleCmd) Help() string {
	return `A timetable is up to 8 rules, " ; " between them: "0 14 * * THU", with "every 2 weeks from 2026-11-26" or "nth 1,-1" (of the weekday in its month), "from" and "until" a date, "except" dates; or "on 2026-12-05,2026-12-06 at 08:00,13:30".`
}

// Run lists the timers, the earliest first.
func (c scheduleCmd) Run(p *Program, ctx *context.Context) error {
	db, err := openDatabase(&p.cli.Config, true)
	if err != nil {
		return err
	}
	defer func() { _ = db.close() }()
	timers, err := db.Timers(*ctx, c.Most)
	if err != nil {
		return err
	}
	names, err := db.names(*ctx, timers)
	if err != nil {
		return err
	}
	if len(timers) == 0 {
		fmt.Fprintln(p.Stdout, "No timer is set.")
	}
	now := time.Now()
	done := map[bot.Ref]bool{}
	for _, t := range timers {
		n := names[t.Target]
		fmt.Fprintf(p.Stdout, "next %s (%s)  last %s  %s  %s\n", stamp(t.Due, n.zone), away(now, t.Due),
			last(n), cmp.Or(n.text, string(t.Target.Kind)+" "+t.Target.ID), t.Timer)
		if c.Explain && n.spec != "" && !done[t.Target] {
			done[t.Target] = true
			explain(p.Stdout, n, now)
		}
	}
	return nil
}

// target is what is known of whose timer one is.
type target struct {
	text, spec, zone string
	// last (Unix milliseconds) is up to when its fires are dealt with; 0 where
	// that is not kept.
	last int64
}

func last(n target) string {
	if n.last == 0 {
		return "-"
	}
	return stamp(n.last, n.zone)
}

// names reads whose timers these are.
func (d *database) names(ctx context.Context, timers []bot.Event) (map[bot.Ref]target, error) {
	seen := map[bot.Ref]bool{}
	var refs []bot.Ref
	for _, t := range timers {
		if ref := described(t.Target); !seen[ref] && ref.Kind.Versioned() {
			seen[ref] = true
			refs = append(refs, ref)
		}
	}
	names := map[bot.Ref]target{}
	if len(refs) == 0 {
		return names, nil
	}
	things, err := d.Load(ctx, refs...)
	if err != nil {
		return nil, err
	}
	for _, t := range things {
		ref := t.Ref
		var n target
		switch ref.Kind {
		case bot.PersonRef:
			var person bot.Person
			if t.Exists() && json.Unmarshal(t.Data, &person) == nil {
				n = target{text: "person " + cmp.Or(person.Name, ref.ID), zone: person.Zone}
			}
			ref.Kind = bot.ConversationRef
		case bot.ClassRef:
			n = classTarget(t)
		}
		names[ref] = n
	}
	return names, nil
}

// described is the thing that says whose a timer is: of a conversation, the
// person.
func described(r bot.Ref) bot.Ref {
	if r.Kind == bot.ConversationRef {
		r.Kind = bot.PersonRef
	}
	return r
}

func stamp(due int64, zone string) string {
	loc, err := timetable.LoadZone(zone)
	if err != nil {
		loc = time.UTC
	}
	return time.UnixMilli(due).In(loc).Format("2006-01-02 15:04:05 -07:00")
}

func away(now time.Time, due int64) string {
	d := time.UnixMilli(due).Sub(now).Round(time.Second)
	switch {
	case d < 0:
		return "overdue"
	case d > 48*time.Hour:
		return fmt.Sprintf("in %d days", int(d.Hours()/24))
	}
	return "in " + d.String()
}

// explain shows the next sessions of a class, what clocks do to them, and where they
// end.
func explain(w io.Writer, n target, now time.Time) {
	t, err := timetable.Parse(n.spec, n.zone)
	if err != nil {
		fmt.Fprintln(w, "    its timetable can't be read:", err)
		return
	}
	fmt.Fprintf(w, "    %s in %s\n", t, t.Location())
	lines := timetable.Explain(t, now, explained)
	for _, l := range lines {
		fmt.Fprintf(w, "    %s  %s %s = %s UTC%s\n", l.Local, l.At.Format("Mon 15:04"), l.Zone, l.UTC.Format("2006-01-02 15:04"), remarks(l))
	}
	if len(lines) < explained {
		fmt.Fprintln(w, "    no more sessions: the timetable ends")
	}
}

func remarks(l timetable.Line) string {
	var b strings.Builder
	if l.Skipped {
		b.WriteString("; the clock skips this time, so it comes right after")
	}
	if l.Repeated {
		b.WriteString("; the clock shows this time twice, it comes at the first")
	}
	if len(l.Merged) > 0 {
		b.WriteString("; together with " + strings.Join(l.Merged, ", "))
	}
	for _, c := range l.Changes {
		fmt.Fprintf(&b, "; clocks change on %s from UTC%s to UTC%s", c.At.UTC().Format("2006-01-02 15:04 UTC"), offset(c.Before), offset(c.After))
	}
	return b.String()
}

func offset(d time.Duration) string {
	return time.Unix(0, 0).In(time.FixedZone("", int(d.Seconds()))).Format("-07:00")
}
