package dialogs

import (
	"time"

	"cadrebot/bot"
	"cadrebot/dialogs/talk"
)

// A guest is somebody of whom nothing is known but a browser: no other platform,
// no name, no class. One who stays away for long is forgotten, or every visitor
// would be kept for ever.

const (
	guestTimer = "guest"
	guestFor   = 180 * 24 * time.Hour
)

// guest reports whether the person is one.
func (t *step) guest() bool {
	p := &t.Person
	return len(p.Addresses) == 1 && p.Addresses[0].Channel == talk.WebChannel && p.Name == "" && len(p.Classes) == 0 && !p.Group
}

// visited notes a day on which a guest was here.
func (t *step) visited() {
	if !t.guest() || t.Ev.Chat == "" {
		return
	}
	if t.Env.New {
		t.Wake(guestTimer, t.Env.Now.Add(guestFor))
	}
	t.state.Visit = t.Env.Now.UTC().Format(time.DateOnly)
}

// guestDue forgets a guest who has not been here for long.
func (t *step) guestDue(string) {
	if !t.guest() {
		return
	}
	last, err := time.Parse(time.DateOnly, t.state.Visit)
	if err != nil { // somebody else until they left their other chats: it counts from here
		t.state.Visit, last = t.Env.Now.UTC().Format(time.DateOnly), t.Env.Now
	}
	if until := last.Add(guestFor); until.After(t.Env.Now) {
		t.Wake(guestTimer, until)
		return
	}
	t.Effects = append(t.Effects, bot.Forget{})
}
