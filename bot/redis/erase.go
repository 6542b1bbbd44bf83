package redis

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"

	goredis "github.com/redis/go-redis/v9"

	"cadrebot/bot"
)

// traces are what the store holds of a person besides what their identifier and
// their chats name directly. They are read before the commit, which checks that
// they are still all.
type traces struct {
	person  string
	links   []bot.Link // as they are; "" where a chat has none yet
	trail   []string
	things  []bot.Thing // that name them, as they are
	unnamed []bot.PutThing
	wakes   []any
	waiting []waiting
	poison  []any
	held    int64 // size of the quarantine
}

// waiting is what a lane of a channel holds for a chat.
type waiting struct {
	channel string
	lane    bot.Lane
	prefix  []byte
	entries []bot.Entry
}

// trace finds what there is of a person. It reads the wakes, the outbox of the
// channels on which they are reached, and the quarantine: some milliseconds for
// thousands of entries, a second for a million timers.
func (s *Store) trace(ctx context.Context, e bot.Erasure) (traces, error) {
	t := traces{person: e.Person}
	for _, a := range e.Chats {
		owner, err := s.plain.Get(ctx, s.keys.link(a.Channel, a.Chat)).Result()
		if err != nil && !missing(err) {
			return t, err
		}
		if owner == e.Person || owner == "" { // else it has become somebody else's
			t.links = append(t.links, bot.Link{Channel: a.Channel, Chat: a.Chat, Person: owner})
		}
	}
	var err error
	if t.trail, err = s.plain.LRange(ctx, s.keys.trail(e.Person), 0, -1).Result(); err != nil {
		return t, err
	}
	if err := s.namedIn(ctx, &t); err != nil {
		return t, err
	}
	conversation := timer(bot.Ref{Kind: bot.ConversationRef, ID: e.Person}, "")
	err = s.each(ctx, s.plain.ZScan(ctx, s.keys.wakes(), 0, escaped(conversation)+"*", scanPage), func(member, _ string) error {
		t.wakes = append(t.wakes, member)
		return nil
	})
	if err != nil {
		return t, err
	}
	for _, l := range t.links {
		for lane := range bot.Lanes {
			w, err := s.waitingFor(ctx, l, bot.Lane(lane))
			if err != nil {
				return t, err
			}
			t.waiting = append(t.waiting, w)
		}
	}
	return t, s.poisonOf(ctx, &t)
}

// namedIn reads the things that name a person, and makes them without.
func (s *Store) namedIn(ctx context.Context, t *traces) error {
	var refs []bot.Ref
	var as []bot.Naming
	before := t.formerly() // people who turned into this one, and are named as they were
	for _, word := range t.trail {
		kind, rest, _ := strings.Cut(word, " ")
		thing, name, _ := strings.Cut(rest, " ")
		if k, id, ok := strings.Cut(thing, ":"); ok && kind == "t" {
			refs = append(refs, bot.Ref{Kind: bot.RefKind(k), ID: id})
			as = append(as, bot.Naming{Person: t.person, Name: name})
		}
	}
	things, err := s.Load(ctx, refs...)
	if err != nil {
		return err
	}
	for i, thing := range things {
		if !thing.Exists() {
			continue
		}
		data, err := as[i].Unname(thing.Data)
		for _, id := range before {
			if err == nil {
				data, err = bot.Naming{Person: id, Name: as[i].Name}.Unname(data)
			}
		}
		if err != nil {
			return fmt.Errorf("take the name out of %s %s: %w", thing.Ref.Kind, thing.Ref.ID, err)
		}
		t.things = append(t.things, thing)
		t.unnamed = append(t.unnamed, bot.PutThing{Ref: thing.Ref, Rev: thing.Rev, Data: data})
	}
	return nil
}

// formerly lists whom the person has been besides, see merge.go.
func (t *traces) formerly() (ids []string) {
	for _, word := range t.trail {
		if id, ok := strings.CutPrefix(word, "p "); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// scanPage is about how much one round trip of a scan looks at.
const scanPage = 1000

// each calls f with the pairs of a scan.
func (s *Store) each(ctx context.Context, scan *goredis.ScanCmd, f func(field, value string) error) error {
	it := scan.Iterator()
	for it.Next(ctx) {
		field := it.Val()
		if !it.Next(ctx) {
			break
		}
		if err := f(field, it.Val()); err != nil {
			return err
		}
	}
	return it.Err()
}

// escaped takes the meaning from what a pattern would read as one.
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`, `]`, `\]`).Replace(s)
}

func (s *Store) waitingFor(ctx context.Context, a bot.Link, lane bot.Lane) (waiting, error) {
	w := waiting{channel: a.Channel, lane: lane}
	var err error
	if w.prefix, err = bot.EncodedFor(a.Chat); err != nil {
		return w, err
	}
	seen := map[string]bool{}
	err = s.each(ctx, s.plain.HScan(ctx, s.keys.out(a.Channel, lane), 0, "", scanPage), func(id, text string) error {
		if seen[id] || !strings.HasPrefix(text, string(w.prefix)) {
			return nil
		}
		seen[id] = true
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return fmt.Errorf("entry %q: %w", id, err)
		}
		e, err := bot.DecodeEntry(a.Channel, lane, n, []byte(text))
		if err != nil {
			return fmt.Errorf("entry %s: %w", id, err)
		}
		w.entries = append(w.entries, e)
		return nil
	})
	return w, err
}

// poisonOf finds the person's events in quarantine.
func (s *Store) poisonOf(ctx context.Context, t *traces) error {
	fields, err := s.plain.HGetAll(ctx, s.keys.quarantine()).Result()
	if err != nil {
		return err
	}
	t.held = int64(len(fields))
	gone := bot.Erasure{Person: t.person}
	for _, l := range t.links {
		gone.Chats = append(gone.Chats, bot.Address{Channel: l.Channel, Chat: l.Chat})
	}
	for id, text := range fields {
		var p bot.Poison
		if err := json.Unmarshal([]byte(text), &p); err != nil {
			return fmt.Errorf("quarantine %s: %w", id, err)
		}
		if gone.Names(&p) {
			t.poison = append(t.poison, id)
		}
	}
	return nil
}

// eraseGuards refuses a commit where there is more of a person than was found.
func (s *Store) eraseGuards(w *words, t traces) {
	for _, l := range t.links {
		w.add("is", w.key(s.keys.link(l.Channel, l.Chat)), l.Person)
	}
	for _, thing := range t.things {
		w.add("rev", w.key(s.keys.thing(thing.Ref)), guarded(thing.Rev))
	}
	w.add("list", w.key(s.keys.trail(t.person)), len(t.trail))
	for _, word := range t.trail {
		w.add(word)
	}
	for _, x := range t.waiting {
		w.add("waits", w.key(s.keys.out(x.channel, x.lane)), len(x.entries), x.prefix)
	}
	w.add("size", w.key(s.keys.quarantine()), t.held)
}

// clear deletes what stands under a chat's address.
func (s *Store) clear(w *words, a bot.Address) {
	w.do(s.keys.handles(a.Channel, a.Chat), "DEL")
	w.do(s.keys.pause(a.Channel), "HDEL", a.Chat)
	w.do(s.keys.page(a.Chat), "DEL")
	w.do(s.keys.pageOrder(a.Chat), "DEL")
}

// erase deletes what was found of a person.
func (s *Store) erase(w *words, t traces) {
	for _, kind := range []bot.RefKind{bot.PersonRef, bot.ConversationRef, bot.MemoryRef} {
		w.do(s.keys.thing(bot.Ref{Kind: kind, ID: t.person}), "DEL")
	}
	for _, a := range t.links {
		w.do(s.keys.link(a.Channel, a.Chat), "DEL")
		s.clear(w, bot.Address{Channel: a.Channel, Chat: a.Chat})
	}
	for _, word := range t.trail {
		switch kind, name, _ := strings.Cut(word, " "); kind {
		case "a":
			w.do(s.keys.members(name), "ZREM", t.person)
		case "m":
			w.do(s.keys.mark(name), "HDEL", t.person)
		}
	}
	for _, p := range t.unnamed {
		s.put(w, p)
	}
	w.do(s.keys.trail(t.person), "DEL")
	w.do(s.keys.recordsBy(t.person), "DEL")
	for part := range slices.Chunk(t.wakes, 1000) {
		w.do(s.keys.wakes(), "ZREM", part...)
	}
	for part := range slices.Chunk(t.poison, 1000) {
		w.do(s.keys.quarantine(), "HDEL", part...)
	}
	s.drop(w, t.waiting)
}

// pushed is what waits for chats without having been asked for. What others
// put there until the commit is not among it.
func (s *Store) pushed(ctx context.Context, chats []bot.Address) ([]waiting, error) {
	var list []waiting
	for _, a := range chats {
		for _, lane := range []bot.Lane{bot.Deadlines, bot.Bulk} {
			w, err := s.waitingFor(ctx, bot.Link{Channel: a.Channel, Chat: a.Chat}, lane)
			if err != nil {
				return nil, err
			}
			list = append(list, w)
		}
	}
	return list, nil
}

// drop takes entries out of the outbox and counts them as dropped.
func (s *Store) drop(w *words, list []waiting) {
	c := &bot.Commit{}
	for _, x := range list {
		for _, e := range x.entries {
			r := bot.Release{Channel: x.channel, Lane: x.lane, ID: e.ID, Fanout: e.Fanout, Held: e.NotBefore > 0}
			if e.Fanout != "" {
				r.What = "dropped"
			}
			c.Release = append(c.Release, r)
		}
	}
	s.released(w, c)
}

// erases reports whether a commit takes out of the store what the append-only
// file must not tell of any more.
func erases(c *bot.Commit) bool {
	return len(c.Forget) > 0 || slices.ContainsFunc(c.Release, func(r bot.Release) bool { return r.Last != "" })
}

// eraseHistory has the append-only file forget what was erased. What keeps it
// from doing so is told to the operator and made up for by EraseHistory.
func (s *Store) eraseHistory(ctx context.Context) {
	err := s.EraseHistory(ctx)
	if err != nil && !strings.Contains(err.Error(), "in progress") { // a rewrite that began too early
		slog.Warn("the append-only file may still tell of somebody who was forgotten; it is rewritten later", "error", err)
	}
}

// EraseHistory has the append-only file rewritten if it may still tell of
// somebody who was forgotten, as it does after a crash. The embedded store has
// done it when this returns. A Redis does it in the background, best effort: a
// rewrite that fails there later is Redis's own to repeat, and replicas and
// backups are the operator's.
func (s *Store) EraseHistory(ctx context.Context) error {
	count, err := s.plain.Get(ctx, s.keys.erasing()).Result()
	if missing(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("erase history: %w", err)
	}
	node := goredis.Cmdable(s.plain)
	if cluster, ok := s.plain.(*goredis.ClusterClient); ok {
		if node, err = cluster.MasterForKey(ctx, s.keys.erasing()); err != nil {
			return fmt.Errorf("erase history: %w", err)
		}
	}
	if err := node.BgRewriteAOF(ctx).Err(); err != nil {
		return fmt.Errorf("erase history: %w", err)
	}
	var w words
	w.add("is", w.key(s.keys.erasing()), count)
	w.add(".")
	w.do(s.keys.erasing(), "DEL")
	if _, err := s.run(ctx, commitScript, w.keys, w.argv...); err != nil {
		return fmt.Errorf("erase history: %w", err)
	}
	return nil
}
