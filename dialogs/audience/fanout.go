package audience

import (
	"time"

	"cadrebot/bot"
)

// What a fan-out carries.
const (
	Reminder = "reminder"
	Change   = "change"
	Notice   = "notice"
	// Correction tells what has been corrected about a class.
	Correction = "correction"
)

// Push sends a copy. One that loses its sense is not to wait in the outbox
// until the quiet hours.
func (t *Reach) Push(job bot.Fanout, at bot.Address, m bot.Message) bot.Send {
	send := bot.Send{To: at, Message: m, Lane: job.Lane, Fanout: job.ID}
	if job.NotAfter != 0 {
		send.NotAfter = t.PushBefore(time.UnixMilli(job.NotAfter))
	}
	return send
}

// Takes is how long the channel needs for n messages.
func (t *Reach) Takes(n int) time.Duration {
	if perSecond := t.Env.Channel.Limits.PerSecond; perSecond > 0 {
		return time.Duration(n) * time.Second / time.Duration(perSecond)
	}
	return 0
}

// Fanout begins a fan-out to an audience as it is now, unless it has begun
// before or nobody is there. It returns the number of recipients.
func (t *Reach) Fanout(job bot.Fanout, audience string, lane bot.Lane) int {
	m := t.Members(audience)
	ref := bot.Ref{Kind: bot.FanoutRef, ID: job.ID}
	if _, begun := t.Env.Get(ref); begun || m.N == 0 {
		return m.N
	}
	job.Audience, job.Upto, job.Total = audience, m.Upto, m.N
	job.State, job.Lane = bot.JobRunning, lane
	t.Effects = append(t.Effects, bot.Put{Ref: ref, Value: job})
	return m.N
}

// HaltFanout ends a fan-out that is under way, if there is one.
func (t *Reach) HaltFanout(id string) {
	ref := bot.Ref{Kind: bot.FanoutRef, ID: id}
	var job bot.Fanout
	if !t.Env.Read(ref, &job) || job.State == bot.JobCancelled || t.ended(job) {
		return
	}
	job.State = bot.JobCancelled
	t.Effects = append(t.Effects, bot.Put{Ref: ref, Value: job}, bot.Halt{Fanout: id, How: bot.HaltCancel})
}

// ended reports whether every copy of a fan-out has come to its end. What is
// held of a cancelled one will never leave.
func (t *Reach) ended(job bot.Fanout) bool {
	waiting, sent, _ := t.heldNow(job)
	switch job.State {
	case bot.JobFanned:
		return waiting == 0 && t.tally(job.ID).Sum() >= job.Copies+sent
	case bot.JobCancelled:
		return t.tally(job.ID).Sum() >= job.Copies+sent
	}
	return false
}

func (t *Reach) tally(id string) bot.Tally {
	var tally bot.Tally
	t.Env.Read(bot.Ref{Kind: bot.TallyRef, ID: id}, &tally)
	return tally
}
