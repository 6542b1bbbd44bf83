package bot

import (
	"encoding/json"
	"iter"
	"time"
)

// Dialog is the conversations as pure functions. It does no I/O, reads no
// clock, draws no chance of its own and starts no goroutine.
type Dialog interface {
	// Step answers an event: total over every state and every event, it never
	// panics and never leaves a person without a way on.
	Step(env *Env, ev Event) Result
	// Copy makes one recipient's copy of what a fan-out sends, or nothing
	// where this recipient is to get none.
	Copy(env *Env, job Fanout, to Person) []Effect
}

// Result is what comes out of a step.
type Result struct {
	// State is the conversation's new state; nil leaves it as it was.
	State []byte
	// Person is the changed profile; nil leaves it as it was.
	Person  *Person
	Effects []Effect
	// Ahead are things that the conversation's next step will likely read: they
	// are loaded together with it, which spares a round trip. The eight first
	// count, in this process, until its next step or until others need the
	// room; a step must do as well without.
	Ahead []Ref
}

// Env is all that a step may know besides its event.
type Env struct {
	Now  time.Time
	Seed uint64
	// Channel is the one that the event came by, or on which the person is
	// reached.
	Channel Channel
	// Admin reports whether whoever acted may do what coordinators do.
	Admin bool
	// Person is the profile of the event's conversation; New reports that the
	// bot meets them for the first time.
	Person Person
	New    bool
	// State is the conversation's state as the last step left it; nil at first.
	State []byte
	// NewID returns an opaque identifier, the same for the same n in a step.
	NewID func(n int) string
	// Seal signs what a person carries from one platform to another.
	Seal Seal
	// Links are the Links of all channels that have one, by their names.
	Links map[string]string
	// Web is the address under which a token opens the web chat as the person to
	// whom it was given ("https://learn.example.org/in/TOKEN"); "" where there is
	// no web chat.
	Web string

	things  map[Ref]Thing
	read    map[Ref]bool
	missing []Ref
}

// Get returns the thing that ref names, as it was when the step began. A step
// that asks for what is not at hand is stepped again once it is, and what it
// did meanwhile is forgotten: so false means "does not exist" whenever it
// counts.
func (e *Env) Get(ref Ref) (Thing, bool) {
	t, ok := e.things[ref]
	if !ok {
		e.missing = append(e.missing, ref)
		return Thing{Ref: ref}, false
	}
	if e.read == nil {
		e.read = map[Ref]bool{}
	}
	e.read[ref] = true
	return t, t.Exists()
}

// Read decodes the thing that ref names into v and reports whether it exists.
func (e *Env) Read(ref Ref, v any) bool {
	t, ok := e.Get(ref)
	if !ok {
		return false
	}
	return json.Unmarshal(t.Data, v) == nil
}

// Provide puts things at hand, for those who call a dialog themselves.
func (e *Env) Provide(things ...Thing) {
	if e.things == nil {
		e.things = make(map[Ref]Thing, len(things))
	}
	for _, t := range things {
		e.things[t.Ref] = t
	}
}

// StepOn lets a dialog step in a copy of e, which it may change freely; what it
// asked for is noted in e.
func (e *Env) StepOn(d Dialog, ev Event) Result {
	env := *e
	env.Person = env.Person.Clone()
	defer func() { e.missing, e.read = env.missing, env.read }()
	return d.Step(&env, ev)
}

// Reads are the things that the last step looked at.
func (e *Env) Reads() iter.Seq[Thing] {
	return func(yield func(Thing) bool) {
		for ref := range e.read {
			if !yield(e.things[ref]) {
				return
			}
		}
	}
}

// WasRead returns a thing as the last step saw it, false if it did not look.
func (e *Env) WasRead(ref Ref) (Thing, bool) { return e.things[ref], e.read[ref] }

// Missing returns what the step asked for and did not find at hand, and
// forgets it.
func (e *Env) Missing() []Ref {
	m := e.missing
	e.missing = nil
	return m
}
