package dialogs

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
)

// kept is what the store holds.
func (w *world) kept() (k bottest.Kept) {
	w.t.Helper()
	w.in(func() { k = w.store.Kept() })
	return k
}

// everything is all that the store holds but records, as text; what platforms
// show is not among it.
func (w *world) everything() string {
	k := w.kept()
	var b strings.Builder
	for ref, thing := range k.Things {
		fmt.Fprintln(&b, ref, string(thing.Data))
	}
	k.Things, k.Records = nil, nil
	fmt.Fprintf(&b, "%+v", k)
	return b.String()
}

// load reads something from the store.
func (w *world) load(r bot.Ref) (thing bot.Thing) {
	w.t.Helper()
	w.in(func() {
		reads := w.reads
		things, err := w.store.Load(context.Background(), r)
		if err != nil {
			w.t.Error(err)
			return
		}
		thing, w.reads = things[0], reads
	})
	return thing
}

// read reads something from the store as what it is.
func (w *world) read(r bot.Ref, into any) {
	w.t.Helper()
	if err := json.Unmarshal(w.load(r).Data, into); err != nil {
		w.t.Fatalf("%s %s: %v", r.Kind, r.ID, err)
	}
}

// link is who is in a chat, which is named with its channel; "" for nobody.
func (w *world) link(chat string) string {
	w.t.Helper()
	return string(w.load(bot.Ref{Kind: bot.LinkRef, ID: chat}).Data)
}

// all are the identifiers of what there is of a kind.
func (w *world) all(kind bot.RefKind) (ids []string) {
	w.t.Helper()
	for ref := range w.kept().Things {
		if ref.Kind == kind {
			ids = append(ids, ref.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// commit changes what the store holds.
func (w *world) commit(c *bot.Commit) {
	w.t.Helper()
	w.in(func() {
		if _, err := w.store.Commit(context.Background(), c); err != nil {
			w.t.Error(err)
		}
	})
}

// keep puts something into the store, over what is there.
func (w *world) keep(r bot.Ref, data []byte) {
	w.t.Helper()
	w.commit(&bot.Commit{Puts: []bot.PutThing{{Ref: r, Rev: w.load(r).Rev, Data: data}}})
}

// keepCounts makes the counts of an object what is given, whatever they were.
func (w *world) keepCounts(object string, counts map[string]int) {
	w.t.Helper()
	c := &bot.Commit{}
	for value, n := range w.kept().Counts[object] {
		c.Counts = append(c.Counts, bot.Count{Object: object, Value: value, N: -n})
	}
	for value, n := range counts {
		c.Counts = append(c.Counts, bot.Count{Object: object, Value: value, N: n})
	}
	w.commit(c)
}

// jobOf is how far a fan-out is.
func jobOf(store *bottest.Memory, id string) (job bot.Fanout) {
	things, err := store.Load(context.Background(), bot.Ref{Kind: bot.FanoutRef, ID: id})
	if err == nil {
		_ = json.Unmarshal(things[0].Data, &job) // what is no fan-out is not under way
	}
	return job
}
