package bottest

import (
	"context"
	"testing"

	"cadrebot/bot"
)

// Rig is an adapter on its platform, or on a fake of it, as Adapters wants to
// have it. Who writes a new adapter writes one of these: the first three fields
// and a Human are enough to begin with. Of the rest whatever is not set is not
// held, and the test's log says so.
type Rig struct {
	Adapter bot.Adapter
	// Run takes events in until ctx ends. It is called again after it has ended,
	// with an engine of its own, as a program that was started anew would.
	Run func(ctx context.Context, engine Handler) error
	// Person is somebody on the platform who has not been there yet; Lang is the
	// language that they have set, "zh", "vi" or "en".
	Person func(name, lang string) Human
	// Group is a group with the bot and these people in it.
	Group func(title string, members ...Human) Group

	// What is so on some platforms, and on most is not.

	// Alone: only one person is ever there.
	Alone bool
	// Nameless: the platform does not tell what people are called.
	Nameless bool
	// Reprints: what is shown can't be changed, an edit is shown once more.
	Reprints bool
	// NewestOnly: the buttons of the newest message are all that can be pressed.
	NewestOnly bool
	// Forgets: what was not committed at the end of Run does not come again.
	Forgets bool
	// Late are the words of a person that were delivered more than once. It is set
	// only where the platform does not hold later words back until it has got rid
	// of earlier ones: then these may be heard behind words that were said after
	// them, and nothing else may.
	Late func(who Human) []string
	// OneLine: people can't type a line's end.
	OneLine bool
	// NoFiles: files are told in words.
	NoFiles bool

	// What can go wrong there.

	// PressGone presses a button that the person was shown and that may not be in
	// sight any more, as slow screens do.
	PressGone func(who Human, label string)
	// Redeliver delivers all that was delivered, once more.
	Redeliver func()
	// Reorder delivers the next n things in another order; 0 means no more.
	Reorder func(n int)
	// Garbage delivers something that nobody can make sense of.
	Garbage func()
	// Pending is how much was delivered and not acknowledged.
	Pending func() int
	// LoseAnswer has the next new message taken, and nobody hears of that.
	LoseAnswer func()
	// Refuse answers the next new message by asking to wait for so many seconds.
	Refuse func(seconds int)
	// HangUp ends all connections.
	HangUp func()
	// Block has a person shut the bot out, Unblock lets it in again.
	Block, Unblock func(who Human)
}

// Handler is what takes events in: the engine.
type Handler interface {
	Handle(ctx context.Context, events ...bot.Event) (release func(), err error)
	Quarantine(ctx context.Context, ev *bot.Event, cause error) error
}

// Human is a person in their private chat with the bot, and what they can do
// there. Type and Press return once the platform has what was done: where the
// person's own program tries again until that is so, they wait.
type Human interface {
	Type(text string)
	// Press presses the newest button with a label, in the way in which one
	// presses there: by a number, perhaps.
	Press(label string)
	// See is what the bot has said, oldest first.
	See() []Seen
	// Toasts are the passing answers to presses so far.
	Toasts() []string
}

// Group is a group as those in it see it.
type Group interface {
	// Type has a member write; a text that begins with a slash is said to the bot.
	Type(who Human, text string)
	Press(who Human, label string)
	See() []Seen
}

// Seen is a message as a person sees it now.
type Seen struct {
	// Text is all its words, without those of buttons.
	Text    string
	Buttons []string
	// Edited is set where it was changed, or is a change of one before it.
	Edited bool
	// Data is what a person gets who opens the file that it shows.
	Data []byte
}

// Adapters is the suite that every adapter has to pass. Open returns a platform
// where nothing has happened yet; the store is for those who keep something
// themselves. It is called once for each promise, and the promises are kept at
// the same time.
func Adapters(t *testing.T, open func(t *testing.T, store *Memory) Rig) {
	promises := []struct {
		name  string
		test  func(*adapterTest)
		needs []need
	}{
		{"words come and go as they are", wordsAsTheyAre, nil},
		{"who writes is known", knownWriters, nil},
		{"a long text arrives whole, in order, its buttons last", longTexts, nil},
		{"messages keep their order", orderOfMessages, nil},
		{"a button presses what it says", buttonsPress, nil},
		{"a number is an answer where words are asked for", numbersAreWords, nil},
		{"a message is edited where it stands", editsInPlace, []need{edits}},
		{"an edit follows its message", editsFollow, []need{edits}},
		{"a press that comes twice counts once", doubledPresses, []need{pressGone}},
		{"the button of an older message still presses", oldButtons, []need{older}},
		{"a button that is gone is answered", goneButtons, []need{pressGone}},
		{"a press is answered in passing", toasts, []need{toasting}},
		{"a picture and a file arrive, or their words", files, nil},
		{"a file that can't be shown leaves its words", brokenFiles, nil},
		{"what a message may hold is kept to", limitsKept, nil},
		{"people do not wait for one another", severalPeople, []need{company}},
		{"what comes out of order is each heard once", outOfOrder, []need{company, reorder}},
		{"what is delivered twice counts once", redelivered, []need{redeliver}},
		{"what nobody understands stops nobody", garbage, []need{undecodable}},
		{"nothing is acknowledged before its commit", commitsFirst, nil},
		{"a limit is waited out, and order holds", refusals, []need{refuses}},
		{"a message in doubt is sent again, or dropped if so asked", lostAnswers, []need{loses}},
		{"a connection that is lost is made anew", hangUps, []need{hangsUp}},
		{"who shuts the bot out holds up nobody, and can come back", blocks, []need{company, shutsOut}},
		{"a stop loses nothing", cleanStops, []need{remembers}},
		{"a group is everybody's", groups, []need{company, gathers}},
	}
	for _, p := range promises {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			a := newAdapterTest(t, open)
			for _, n := range p.needs {
				if !n.given(a) {
					t.Skip("not held here: " + n.why)
				}
			}
			a.hold(p.test)
		})
	}
}

// need is what a promise takes for granted; why says why it is not held.
type need struct {
	why   string
	given func(*adapterTest) bool
}

var (
	company     = need{"only one person is ever there", func(a *adapterTest) bool { return !a.rig.Alone }}
	edits       = need{"the channel has no edits", func(a *adapterTest) bool { return a.channel.Edits }}
	toasting    = need{"the channel has no passing answers", func(a *adapterTest) bool { return a.channel.Toasts }}
	older       = need{"older messages have no buttons to press", func(a *adapterTest) bool { return !a.rig.NewestOnly }}
	pressGone   = need{"nobody can press what is not in sight", func(a *adapterTest) bool { return a.rig.PressGone != nil }}
	reorder     = need{"all comes in order", func(a *adapterTest) bool { return a.rig.Reorder != nil }}
	redeliver   = need{"nothing is delivered twice", func(a *adapterTest) bool { return a.rig.Redeliver != nil }}
	undecodable = need{"there is nothing to decode", func(a *adapterTest) bool { return a.rig.Garbage != nil }}
	refuses     = need{"the platform refuses nothing for a time", func(a *adapterTest) bool { return a.rig.Refuse != nil }}
	loses       = need{"no answer is ever lost", func(a *adapterTest) bool { return a.rig.LoseAnswer != nil }}
	hangsUp     = need{"there is no connection to lose", func(a *adapterTest) bool { return a.rig.HangUp != nil }}
	shutsOut    = need{"nobody can shut the bot out", func(a *adapterTest) bool { return a.rig.Block != nil }}
	remembers   = need{"what was not committed does not come again", func(a *adapterTest) bool { return !a.rig.Forgets }}
	gathers     = need{"there are no groups", func(a *adapterTest) bool { return a.rig.Group != nil }}
)
