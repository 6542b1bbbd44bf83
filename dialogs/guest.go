package dialogs

import (
	"time"

	"cadrebot/bot"
)

// A guest is somebody of whom nothing is known but a browser: no other platform,
// no name, no class. One who stays away for long is forgotten, or every visitor
// would be kept for ever.

const (
	guestTimer = "guest"
	guestFor   = 180 * 24 * time.Hour
)

// guest reports whether the person is one.
func (t *talk) guest() bool {
	p := &t.person
	return len(p.Addresses) == 1 && p.Addresses[0].Channel == webChannel && p.Name == "" && len(p.Classes) == 0 && !p.Group
}

// visited notes a day on which a guest was here.
func (t *talk) visited() {
	if !t.guest() || t.ev.Chat == "" {
		return
	}
	if t.env.New {
		t.wake(guestTimer, t.env.Now.Add(guestFor))
	}
	t.state.Visit = t.env.Now.UTC().Format(time.DateOnly)
}

// guestDue forgets a guest who has not been here for long.
func (t *talk) guestDue(string) {
	if !t.guest() {
		return
	}
	last, err := time.Parse(time.DateOnly, t.state.Visit)
	if err != nil { // somebody else until they left their other chats: it counts from here
		t.state.Visit, last = t.env.Now.UTC().Format(time.DateOnly), t.env.Now
	}
	if until := last.Add(guestFor); until.After(t.env.Now) {
		t.wake(guestTimer, until)
		return
	}
	t.effects = append(t.effects, bot.Forget{})
}
