package bottest

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"cadrebot/bot"
)

// Scheduling is what the scheduler and the operator's commands need of a store.
type Scheduling interface {
	Due(ctx context.Context, now time.Time, n int) ([]bot.Event, error)
	Fanouts(ctx context.Context) ([]string, error)
	Page(ctx context.Context, audience string, after, upto int64, n int) ([]string, int64, error)
	Quarantined(ctx context.Context) ([]bot.Poison, error)
	Unquarantine(ctx context.Context, id string) error
}

// Store is all that a store has to do.
type Store interface {
	bot.Outbox
	Scheduling
	Pages
}

// Stores is the suite that every store has to pass. Open returns an empty
// store; it is called once for each promise.
func Stores(t *testing.T, open func(t *testing.T) Store) {
	promises := []struct {
		name string
		test func(*testing.T, storeTest)
	}{
		{"an event has its effect once", eventsOnce},
		{"a number far away or lower is an event of its own", eventNumbers},
		{"a timer is handled once and moves", timersOnce},
		{"a revision that has changed refuses", revisions},
		{"a value made anew with the same number does not meet an old guard", madeAnew},
		{"a link that has changed refuses", links},
		{"a refused commit writes nothing", wholeOrNothing},
		{"entries are numbered in their order", entryOrder},
		{"what is held counts for no lane", heldEntries},
		{"flights are marked under a running lease alone", flightMarks},
		{"what another instance commits is awaited", awaiting},
		{"what the owner commits overtakes nothing", overtaking},
		{"a release counts once", releases},
		{"a message is found by its name", handles},
		{"pauses are kept for the next owner", pauses},
		{"halts are read by all", halts},
		{"an audience is fixed at its newest member", audiences},
		{"a mark counts once", marks},
		{"counts join the marks", counts},
		{"a person's records are read", records},
		{"what was pushed is withdrawn", withdrawing},
		{"a person is forgotten", forgetting},
		{"forgetting meets what came meanwhile", forgettingMeets},
		{"two people become one", merging},
		{"a chat is taken off", clearing},
		{"fan-outs are listed while they run", fanouts},
		{"a text is stored once", texts},
		{"a page is appended once, edited, resumed", pages},
		{"a page is bounded", pageBounds},
		{"a page is forgotten", pagesForgotten},
		{"who listens hears of changed pages", pageNews},
		{"what is in quarantine is listed and dropped", quarantine},
		{"what is not there is loaded as nothing", nothing},
		{"a lease changes hands as promised", leases},
		{"a lease ends by itself", leaseExpiry},
		{"many commit at once", contention},
	}
	for _, p := range promises {
		t.Run(p.name, func(t *testing.T) {
			p.test(t, storeTest{T: t, Store: open(t), now: time.Now()})
		})
	}
}

// storeTest is a store whose errors end the test.
type storeTest struct {
	*testing.T
	Store
	now time.Time
}

func (s storeTest) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s storeTest) commit(c bot.Commit) bot.Receipt {
	s.Helper()
	c.Now = s.now
	r, err := s.Commit(s.Context(), &c)
	s.must(err)
	return r
}

// refuses wants a commit to be refused with an error.
func (s storeTest) refuses(want error, c bot.Commit) {
	s.Helper()
	c.Now = s.now
	if _, err := s.Commit(s.Context(), &c); !errors.Is(err, want) {
		s.Fatalf("commit: got %v, want %v", err, want)
	}
}

func (s storeTest) load(kind bot.RefKind, id string) bot.Thing {
	s.Helper()
	things, err := s.Load(s.Context(), bot.Ref{Kind: kind, ID: id})
	s.must(err)
	if len(things) != 1 || things[0].Ref != (bot.Ref{Kind: kind, ID: id}) {
		s.Fatalf("load %s %s: got %+v", kind, id, things)
	}
	return things[0]
}

// value reads a fact that is JSON.
func (s storeTest) value(kind bot.RefKind, id string) map[string]int64 {
	s.Helper()
	v := map[string]int64{}
	s.must(json.Unmarshal(s.load(kind, id).Data, &v))
	return v
}

func (s storeTest) acquire(channel, instance, session string) bot.Lease {
	s.Helper()
	l, err := s.Acquire(s.Context(), channel, instance, session, time.Minute)
	s.must(err)
	return l
}

// claim marks entries that must all be there.
func (s storeTest) claim(l bot.Lease, entries []bot.Entry) {
	s.Helper()
	gone, err := s.Claim(s.Context(), l, entries)
	s.must(err)
	s.equal("entries gone before their claim", len(gone), 0)
}

// pending reads a channel's outbox, by the entries' numbers.
func (s storeTest) pending(channel string) []bot.Entry {
	s.Helper()
	var all []bot.Entry
	s.must(s.Pending(s.Context(), channel, func(page []bot.Entry) error {
		all = append(all, page...)
		return nil
	}))
	slices.SortFunc(all, func(a, b bot.Entry) int { return int(a.ID - b.ID) })
	return all
}

func (s storeTest) equal(what string, got, want any) {
	s.Helper()
	if !reflect.DeepEqual(got, want) {
		s.Fatalf("%s: got %+v, want %+v", what, got, want)
	}
}

func says(text string) bot.Message { return bot.Message{Text: text} }

func conv(id string) bot.Ref { return bot.Ref{Kind: bot.ConversationRef, ID: id} }

// note is a change that a test can see.
func note(id string) []bot.PutThing {
	return []bot.PutThing{{Ref: conv(id), Data: []byte(`{}`)}}
}
