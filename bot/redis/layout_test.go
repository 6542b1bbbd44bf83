package redis

import (
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	goredis "github.com/redis/go-redis/v9"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/bot/engine"
)

// knowing is a store as a program has it that knows layouts up to one.
func knowing(t *testing.T, c goredis.UniversalClient, known int) *Store {
	t.Helper()
	s := newStore(t, c, "org", false)
	s.layout.known = known
	return s
}

func (s *Store) says(t *testing.T, want int) {
	t.Helper()
	if n, err := s.Layout(t.Context()); n != want || err != nil {
		t.Errorf("the store says layout %d, %v; want %d", n, err, want)
	}
}

// refusesAll wants everything to be refused that reads or writes values.
func (s *Store) refusesAll(t *testing.T, want LayoutError) {
	t.Helper()
	ctx := t.Context()
	_, load := s.Load(ctx, bot.Ref{Kind: bot.PersonRef, ID: "p"})
	_, commit := s.Commit(ctx, &bot.Commit{Now: time.Now(), Records: []bot.Record{{What: "late", At: time.Now()}}})
	_, acquire := s.Acquire(ctx, "other", "i", "1", time.Minute)
	_, page := s.PageAdd(ctx, "c", "op", []byte("x"), nil)
	_, secret := s.Secret(ctx)
	for what, err := range map[string]error{"load": load, "commit": commit, "acquire": acquire, "page": page, "secret": secret,
		"drop": s.Unquarantine(ctx, "q"), "open": s.Readable(ctx), "wait": s.Outgrown(ctx)} {
		var newer *LayoutError
		if !errors.As(err, &newer) || *newer != want {
			t.Errorf("%s: %v; want %v", what, err, &want)
		} else if !strings.Contains(err.Error(), "install that version, or restore a backup") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s does not say in a sentence what to do: %v", what, err)
		}
	}
}

// TestTheStoreSaysItsLayout looks at an old one, and one that was emptied under
// the program.
func TestTheStoreSaysItsLayout(t *testing.T) {
	onBoth(t, func(t *testing.T, c goredis.UniversalClient, s *Store) {
		ctx := t.Context()
		s.says(t, 1)
		if err := c.Set(ctx, "{org}:conv:p", `4 {"old":true}`, 0).Err(); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Load(ctx, conv("p")); err != nil {
			t.Fatal(err)
		}
		s.says(t, 1) // who only reads changes nothing
		commit := func() {
			t.Helper()
			if _, err := s.Commit(ctx, &bot.Commit{Now: time.Now(), Texts: []bot.StoreText{{ID: "t", Text: "x"}}}); err != nil {
				t.Fatal(err)
			}
		}
		commit()
		s.says(t, Layout)

		if err := c.FlushAll(ctx).Err(); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Acquire(ctx, "tg", "i", "1", time.Minute); err != nil {
			t.Fatal(err)
		}
		commit()
		s.says(t, Layout)
	})
}

// TestAnOlderProgramRefusesANewerStore opens one after the newer program, and has
// one at work when the newer program comes.
func TestAnOlderProgramRefusesANewerStore(t *testing.T) {
	onBoth(t, func(t *testing.T, c goredis.UniversalClient, _ *Store) {
		ctx := t.Context()
		older, newer := knowing(t, c, Layout), knowing(t, c, Layout+1)
		refusal := LayoutError{Store: Layout + 1, Known: Layout}
		lease, err := older.Acquire(ctx, "tg", "older", "1", time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		out := &bot.Commit{Now: time.Now(), Out: []bot.Entry{{Channel: "tg", Chat: "c", Message: bot.Message{Text: "x"}}}}
		sent, err := older.Commit(ctx, out)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := newer.Commit(ctx, &bot.Commit{Now: time.Now(), Texts: []bot.StoreText{{ID: "t", Text: "x"}}}); err != nil {
			t.Fatal(err)
		}
		if _, err := older.Acquire(ctx, "tg", "older", "1", time.Minute); !errors.As(err, new(*LayoutError)) {
			t.Errorf("the renewal: %v", err)
		}
		older.refusesAll(t, refusal)

		// What it had sent is not sent again, and its lease goes to the other.
		if _, err := older.Commit(ctx, &bot.Commit{Now: time.Now(), Fence: lease, Release: []bot.Release{{Channel: "tg", ID: sent.IDs[0]}}}); err != nil {
			t.Errorf("its last word on a message: %v", err)
		}
		if err := older.ReleaseLease(ctx, lease); err != nil {
			t.Error(err)
		}
		if _, err := newer.Acquire(ctx, "tg", "newer", "1", time.Minute); err != nil {
			t.Error(err)
		}
		if n := c.HLen(ctx, "{org}:out:tg:replies").Val(); n != 0 {
			t.Errorf("%d entries are left in the outbox", n)
		}
		late := knowing(t, c, Layout)
		if err := late.Readable(ctx); !errors.As(err, new(*LayoutError)) {
			t.Errorf("at the start: %v", err)
		}
		late.refusesAll(t, refusal)
	})
}

// TestAnOlderInstanceLeavesEventsToTheNewerOne has two engines on one store.
func TestAnOlderInstanceLeavesEventsToTheNewerOne(t *testing.T) {
	onBoth(t, func(t *testing.T, c goredis.UniversalClient, _ *Store) {
		older, newer := knowing(t, c, Layout), knowing(t, c, Layout+1)
		handle := func(s *Store, n int64) error {
			e := engine.New(s, tell{}, nil, engine.NewMetrics(prometheus.NewRegistry()), slog.New(slog.DiscardHandler))
			e.Add(&bottest.Platform{Of: bot.Channel{Name: "tg"}}, nil)
			release, err := e.Handle(t.Context(), bot.Event{Kind: bot.Text, Channel: "tg", Chat: "7", Text: "mine", Seen: bot.Seen{Number: n}})
			if err == nil {
				release()
			}
			return err
		}
		for n, s := range []*Store{older, newer} {
			if err := handle(s, int64(n+1)); err != nil {
				t.Fatal(err)
			}
		}
		_, _ = older.Acquire(t.Context(), "tg", "older", "1", time.Minute) // as each 1.5 s
		if err := handle(older, 3); !errors.As(err, new(*LayoutError)) {
			t.Errorf("an event for the older one: %v", err)
		}
		if err := handle(newer, 3); err != nil {
			t.Fatal(err)
		}
		var texts []string
		err := newer.Pending(t.Context(), "tg", func(page []bot.Entry) error {
			for _, e := range page {
				if !e.Edit {
					texts = append(texts, e.Message.Text)
				}
			}
			return nil
		})
		if got := strings.Join(texts, " "); got != "1 2 3" || err != nil {
			t.Errorf("the answers are %s, %v; want 1 2 3", got, err)
		}
	})
}

func conv(id string) bot.Ref { return bot.Ref{Kind: bot.ConversationRef, ID: id} }
