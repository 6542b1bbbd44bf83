package dialogs

import (
	"time"

	"cadrebot/bot"
	"cadrebot/dialogs/talk"
)

const heldTimer = "held"

// heldLook is how long a copy is held before its reader's settings are looked
// at again: who ends a pause early does not wait for its end.
const heldLook = 24 * time.Hour

// nearlyQuiet is how long before their quiet hours a copy to a crowd might
// still be in the outbox when these begin.
const nearlyQuiet = 2 * time.Minute

// hold keeps a copy under a timer of its reader. It is not made before it can
// leave, so that its words are true then and /stop ends it.
func hold(id string, until, now time.Time) bot.SetWake {
	if latest := now.Add(heldLook); until.After(latest) {
		until = latest
	}
	return bot.SetWake{Timer: heldTimer + ":" + id, At: until}
}

// heldUntil is from when on the person may be told; false where they are not to
// be told at all. During a pause nothing is told but what changes about a
// session to which they have said that they come; what lies after the pause is
// told at its end.
func (t *step) heldUntil(job bot.Fanout) (time.Time, bool) {
	rest := talk.RestOf(&t.Person)
	until := t.Free()
	if begin, ok := rest.QuietBegin(until); ok && begin.Sub(until) < nearlyQuiet {
		if end := rest.Free(begin); job.NotAfter == 0 || end.UnixMilli() < job.NotAfter {
			until = end
		}
	}
	if job.What != fanChange && job.What != fanCorrection || !t.Env.Now.Before(t.Returns()) {
		return until, true
	}
	if t.attends(job) {
		rest.Away = ""
		return rest.Free(t.Env.Now), true
	}
	return until, job.What == fanCorrection && job.NotAfter == 0 || until.UnixMilli() < job.NotAfter
}

// heldDue sends a copy that was held, if it still makes sense.
func (t *step) heldDue(id string) {
	var job bot.Fanout
	if !t.Env.Read(bot.Ref{Kind: bot.FanoutRef, ID: id}, &job) {
		return
	}
	settled := func(how string) {
		t.Effects = append(t.Effects, bot.Count{Object: heldObject(id), Value: how, N: 1})
	}
	at, reachable := t.Person.Reachable()
	until, ok := t.heldUntil(job)
	late := job.NotAfter != 0 && max(until.UnixMilli(), t.Env.Now.UnixMilli()) >= job.NotAfter
	m, current := t.copyOf(job)
	switch {
	case !ok || late || !current || !reachable || t.Person.Stopped || job.State == bot.JobCancelled || !t.inAudience(job.Audience):
		settled("dropped")
	case until.After(t.Env.Now):
		t.Effects = append(t.Effects, hold(id, until, t.Env.Now))
	default:
		t.Effects = append(t.Effects, t.push(job, at, m))
		settled("sent")
	}
}

// heldObject is where it is counted what became of the copies that were held.
func heldObject(id string) string { return "held:" + id }

// inAudience tells whether the person still belongs to those whom a fan-out is
// for.
func (t *step) inAudience(audience string) bool {
	if code, ok := classOf(audience); ok {
		return t.among(code)
	}
	return true
}

// heldNow counts the copies that still wait for their readers, those that were
// sent since, and those that came to nothing.
func (t *step) heldNow(job bot.Fanout) (waiting, sent, dropped int) {
	if job.Held == 0 {
		return 0, 0, 0
	}
	var how map[string]int
	t.Env.Read(bot.Ref{Kind: bot.MarksRef, ID: heldObject(job.ID)}, &how)
	sent, dropped = how["sent"], how["dropped"]
	return max(job.Held-sent-dropped, 0), sent, dropped
}
