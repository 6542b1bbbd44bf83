package audience

import (
	"time"

	"cadrebot/bot"
)

// HeldTimer begins the names of timers under which copies are held.
const HeldTimer = "held"

// heldLook is how long a copy is held before its reader's settings are looked
// at again: who ends a pause early does not wait for its end.
const heldLook = 24 * time.Hour

// Hold keeps a copy under a timer of its reader. It is not made before it can
// leave, so that its words are true then and /stop ends it.
func Hold(id string, until, now time.Time) bot.SetWake {
	if latest := now.Add(heldLook); until.After(latest) {
		until = latest
	}
	return bot.SetWake{Timer: HeldTimer + ":" + id, At: until}
}

// HeldObject is where it is counted what became of the copies that were held.
func HeldObject(id string) string { return "held:" + id }

// heldNow counts the copies that still wait for their readers, those that were
// sent since, and those that came to nothing.
func (t *Reach) heldNow(job bot.Fanout) (waiting, sent, dropped int) {
	if job.Held == 0 {
		return 0, 0, 0
	}
	var how map[string]int
	t.Env.Read(bot.Ref{Kind: bot.MarksRef, ID: HeldObject(job.ID)}, &how)
	sent, dropped = how["sent"], how["dropped"]
	return max(job.Held-sent-dropped, 0), sent, dropped
}
