package dialogs

import (
	"time"

	"cadrebot/bot"
	"cadrebot/dialogs/audience"
	"cadrebot/dialogs/talk"
)

// nearlyQuiet is how long before their quiet hours a copy to a crowd might
// still be in the outbox when these begin.
const nearlyQuiet = 2 * time.Minute

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
	if job.What != audience.Change && job.What != audience.Correction || !t.Env.Now.Before(t.Returns()) {
		return until, true
	}
	if t.class.Attends(job) {
		rest.Away = ""
		return rest.Free(t.Env.Now), true
	}
	return until, job.What == audience.Correction && job.NotAfter == 0 || until.UnixMilli() < job.NotAfter
}

// heldDue sends a copy that was held, if it still makes sense.
func (t *step) heldDue(id string) {
	var job bot.Fanout
	if !t.Env.Read(bot.Ref{Kind: bot.FanoutRef, ID: id}, &job) {
		return
	}
	settled := func(how string) {
		t.Effects = append(t.Effects, bot.Count{Object: audience.HeldObject(id), Value: how, N: 1})
	}
	at, reachable := t.Person.Reachable()
	until, ok := t.heldUntil(job)
	late := job.NotAfter != 0 && max(until.UnixMilli(), t.Env.Now.UnixMilli()) >= job.NotAfter
	m, current := t.copyOf(job)
	switch {
	case !ok || late || !current || !reachable || t.Person.Stopped || job.State == bot.JobCancelled || !t.audience.InAudience(job.Audience):
		settled("dropped")
	case until.After(t.Env.Now):
		t.Effects = append(t.Effects, audience.Hold(id, until, t.Env.Now))
	default:
		t.Effects = append(t.Effects, t.audience.Push(job, at, m))
		settled("sent")
	}
}
