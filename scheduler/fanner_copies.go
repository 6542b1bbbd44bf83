package scheduler

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"cadrebot/bot"
)

// copyRounds is how often the copies of a page may ask for more things.
const copyRounds = 8

// copies adds everybody's copy to a commit, in the order of people, and says
// how many got one that waits under a timer, and how many got none.
func (f *fanner) copies(ctx context.Context, c *bot.Commit, job bot.Fanout, people []bot.Person) (held, skipped int, err error) {
	env := &bot.Env{Now: c.Now}
	effects := make([][]bot.Effect, len(people))
	waiting := make([]int, len(people))
	for i := range waiting {
		waiting[i] = i
	}
	read := map[bot.Ref]bool{}
	for range copyRounds {
		var still []int
		var missing []bot.Ref
		for _, i := range waiting {
			made, asks := f.copy(env, job, people[i])
			if len(asks) > 0 {
				missing = append(missing, asks...)
				still = append(still, i)
				continue
			}
			effects[i] = made
		}
		if waiting = still; len(waiting) == 0 {
			break
		}
		missing = slices.DeleteFunc(missing, func(r bot.Ref) bool {
			known := read[r]
			read[r] = true
			return known
		})
		things, err := f.Store.Load(ctx, missing...)
		if err != nil {
			return 0, 0, err
		}
		env.Provide(things...)
		for _, t := range things {
			// What all copies share must not have changed; a profile may.
			if t.Ref.Kind.Versioned() && t.Ref.Kind != bot.PersonRef && t.Ref.Kind != bot.ConversationRef && t.Ref != c.Reads[0].Ref {
				c.Reads = append(c.Reads, t)
			}
		}
	}
	for _, i := range waiting {
		f.Log.Error("a copy never has enough; this person is left out", "fanout", job.ID, "person", people[i].ID)
	}
	for i := range people {
		if len(effects[i]) > 0 {
			c.People = append(c.People, people[i].ID) // who was forgotten meanwhile gets none
		}
		switch sent, waits := f.apply(c, job, &people[i], effects[i]); {
		case sent:
		case waits:
			held++
		default:
			skipped++
		}
	}
	slices.SortStableFunc(c.Out, func(a, b bot.Entry) int { return strings.Compare(a.Channel, b.Channel) })
	return held, skipped, nil
}

// copy makes one person's copy, or says what it lacks. A copy that panics is
// left out: one profile must not hold up all the others.
func (f *fanner) copy(env *bot.Env, job bot.Fanout, to bot.Person) (effects []bot.Effect, missing []bot.Ref) {
	a, ok := to.Reachable()
	if !ok || to.Stopped {
		return nil, nil
	}
	defer func() {
		if p := recover(); p != nil {
			f.Log.Error("a copy panicked; this person is left out", "fanout", job.ID, "person", to.ID,
				"panic", p, "stack", string(debug.Stack()))
			effects, missing = nil, nil
			env.Missing()
		}
	}()
	env.Person, env.Channel = to, f.channels[a.Channel]
	env.Seed = binary.LittleEndian.Uint64(digest(job.ID, to.ID))
	env.NewID = func(n int) string {
		return base64.RawURLEncoding.EncodeToString(digest(job.ID, to.ID, strconv.Itoa(n))[:9])
	}
	effects = f.Copier.Copy(env, job, to)
	return effects, env.Missing()
}

// apply adds one person's effects to the commit, and reports whether there was
// a message among them, or a timer.
func (f *fanner) apply(c *bot.Commit, job bot.Fanout, p *bot.Person, effects []bot.Effect) (sent, waits bool) {
	for _, effect := range effects {
		switch x := effect.(type) {
		case bot.Send:
			e, ok := entry(c, job, p, x)
			if ok {
				c.Out = append(c.Out, e)
				sent = true
			}
		case bot.SetWake:
			if x.Target.Kind == "" {
				x.Target = bot.Ref{Kind: bot.ConversationRef, ID: p.ID}
			}
			t := bot.Timer{Target: x.Target, Timer: x.Timer}
			if !x.At.IsZero() {
				t.At = x.At.UnixMilli()
			}
			c.Wakes = append(c.Wakes, t)
			waits = true
		case bot.Keep:
			c.Records = append(c.Records, bot.Record{What: x.What, Person: p.ID, At: c.Now, Data: x.Data})
		case bot.Mark:
			c.Marks = append(c.Marks, x)
		default:
			f.Log.Error("a copy asked for what copies may not do", "fanout", job.ID, "effect", fmt.Sprintf("%T", effect))
		}
	}
	return sent, waits
}

// entry is a copy as it stands in the outbox.
func entry(c *bot.Commit, job bot.Fanout, p *bot.Person, s bot.Send) (bot.Entry, bool) {
	to := s.To
	if to.Chat == "" {
		var ok bool
		if to, ok = p.Reachable(); !ok {
			return bot.Entry{}, false
		}
	}
	e := bot.Entry{
		Channel: to.Channel, Chat: to.Chat, Lane: job.Lane, Group: p.Group,
		Message: s.Message, Handle: s.Handle, Drop: s.Drop, Fanout: job.ID,
		NotAfter: job.NotAfter, Person: p.ID, At: c.Now.UnixMilli(),
	}
	if !s.NotBefore.IsZero() {
		e.NotBefore = s.NotBefore.UnixMilli()
	}
	if !s.NotAfter.IsZero() {
		e.NotAfter = s.NotAfter.UnixMilli()
	}
	return e, true
}

// digest is a number that follows from words, so that a page made again is the
// same page.
func digest(words ...string) []byte {
	h := sha256.New()
	for _, w := range words {
		h.Write([]byte(w))
		h.Write([]byte{0})
	}
	return h.Sum(nil)
}
