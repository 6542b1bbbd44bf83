package core

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// state tells what is in memory, in an order that does not change.
func (d *desk) state() {
	s := d.s
	if s.window.n > 0 {
		line := fmt.Sprintf("%d of %d tokens", s.window.free, s.window.n)
		if next := s.window.nth(0); !next.IsZero() {
			line += ", the next is back at " + d.since(next)
		}
		d.say("%s", line)
	}
	if s.paused.After(d.now) {
		d.say("the channel waits until %s", d.since(s.paused))
	}
	for _, name := range slices.Sorted(maps.Keys(s.chats)) {
		if c := s.chats[name]; c.paused.After(d.now) {
			d.say("%s waits until %s", name, d.since(c.paused))
		} else if c.next.After(d.now) {
			d.say("%s takes the next at %s", name, d.since(c.next))
		}
	}
	var lines []string
	for k, l := range s.lines {
		what := fmt.Sprint(k.chat, " ", k.lane)
		if k.edit != "" {
			what += " edit of " + strings.TrimPrefix(k.edit, "=")
		}
		if l.flying != nil {
			what += fmt.Sprintf(": %d in flight", l.flying.ID)
		}
		if len(l.items) > 0 {
			what += ": waiting"
			for _, it := range l.items {
				what += fmt.Sprint(" ", it.ID)
			}
		}
		if l.until.After(d.now) && l.flying == nil {
			what += " until " + d.since(l.until)
		}
		lines = append(lines, what)
	}
	slices.Sort(lines)
	for _, line := range lines {
		d.say("%s", line)
	}
	held := slices.Clone(s.held)
	slices.SortFunc(held, func(a, b *Item) int { return int(a.NotBefore - b.NotBefore) })
	for _, it := range held {
		d.say("%d to %s is held until %s", it.ID, it.Chat, d.since(time.UnixMilli(it.NotBefore)))
	}
	if len(lines)+len(held) == 0 {
		d.say("nothing waits")
	}
}
