package redis

import (
	"context"
	"log/slog"
	"strings"

	"cadrebot/bot"
)

// mergedPerson is what the store holds of somebody who turns into another
// person, as it was read before the commit.
type mergedPerson struct {
	bot.Merging
	trail  []string
	timers []string // their names
}

// found reads what goes over. It looks through all timers: a second for a
// million of them.
func (s *Store) found(ctx context.Context, m bot.Merging) (mergedPerson, error) {
	p := mergedPerson{Merging: m}
	var err error
	if p.trail, err = s.plain.LRange(ctx, s.keys.trail(m.From), 0, -1).Result(); err != nil {
		return p, err
	}
	p.timers, err = s.timersOf(ctx, m.From)
	return p, err
}

// timersOf lists the names of a conversation's timers.
func (s *Store) timersOf(ctx context.Context, person string) (names []string, err error) {
	prefix := timer(bot.Ref{Kind: bot.ConversationRef, ID: person}, "")
	err = s.each(ctx, s.plain.ZScan(ctx, s.keys.wakes(), 0, escaped(prefix)+"*", scanPage), func(member, _ string) error {
		names = append(names, strings.TrimPrefix(member, prefix))
		return nil
	})
	return names, err
}

// mergeGuards refuses a commit where the person has come into more since.
func (s *Store) mergeGuards(w *words, p mergedPerson) {
	w.add("list", w.key(s.keys.trail(p.From)), len(p.trail))
	for _, word := range p.trail {
		w.add(word)
	}
	w.add("there", w.key(s.keys.thing(bot.Ref{Kind: bot.PersonRef, ID: p.Into})))
}

// merge writes what bot.Merge says. The links are among the commit's own.
func (s *Store) merge(w *words, p mergedPerson) {
	for _, kind := range []bot.RefKind{bot.PersonRef, bot.ConversationRef, bot.MemoryRef} {
		w.do(s.keys.thing(bot.Ref{Kind: kind, ID: p.From}), "DEL")
	}
	trail := s.keys.trail(p.Into)
	for _, word := range p.trail {
		switch kind, name, _ := strings.Cut(word, " "); kind {
		case "a":
			s.absorb(w, p, name)
		case "m":
			w.add("give", w.key(s.keys.mark(name)), w.key(s.keys.marks(name)), w.key(trail), p.From, p.Into)
		default:
			w.do(trail, "RPUSH", word)
		}
	}
	w.do(trail, "RPUSH", "p "+p.From)
	w.do(s.keys.trail(p.From), "DEL")
	w.add("pour", w.key(s.keys.recordsBy(p.From)), w.key(s.keys.recordsBy(p.Into)))
	s.shift(w, p)
}

func (s *Store) absorb(w *words, p mergedPerson, audience string) {
	w.add("absorb", w.key(s.keys.members(audience)), w.key(s.keys.trail(p.Into)), p.From, p.Into)
}

// shift hands the timers over.
func (s *Store) shift(w *words, p mergedPerson) {
	of := func(person, name string) string {
		return timer(bot.Ref{Kind: bot.ConversationRef, ID: person}, name)
	}
	for _, name := range p.timers {
		counts := ""
		if object, ok := p.HeldObject(name); ok {
			counts = w.key(s.keys.marks(object))
		}
		w.add("shift", w.key(s.keys.wakes()), of(p.From, name), of(p.Into, name), counts)
	}
}

// sweep hands over what a fan-out set between the reading and the commit: since
// then it finds that the person is not there any more.
func (s *Store) sweep(ctx context.Context, merged []mergedPerson) {
	for _, p := range merged {
		var err error
		if p.timers, err = s.timersOf(ctx, p.From); err == nil && len(p.timers) > 0 {
			var w words
			w.add(".")
			s.shift(&w, p)
			_, err = s.run(ctx, commitScript, w.keys, w.argv...)
		}
		if err != nil {
			slog.Warn("a timer of somebody who turned into another person may have stayed behind", "error", err)
		}
	}
}
