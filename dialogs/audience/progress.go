package audience

import (
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
)

// followed is a fan-out whose progress message this conversation keeps up.
type followed struct {
	ID      string `json:"i"`
	Channel string `json:"c,omitempty"`
	Chat    string `json:"t,omitempty"`
	Message string `json:"m,omitempty"` // "": the one sent under the handle
	Shown   uint32 `json:"s,omitempty"` // what it says, as a hash
	Ended   int64  `json:"e,omitempty"`
	// Idle is how often in a row there was nothing new.
	Idle int `json:"n,omitempty"`
}

const (
	progressEvery = 3 * time.Second
	idleSlowest   = 10 * time.Minute
	idleMost      = 144
	readFor       = 24 * time.Hour
	MaxFollowed   = 6
)

// Follow shows the progress of a fan-out that this step has begun, and goes on
// showing it.
func (t *Reach) Follow(id string) {
	f := followed{ID: id, Channel: t.Ev.Channel, Chat: t.Ev.Chat}
	job, ok := t.fanoutNow(id)
	if !ok {
		return
	}
	m := t.progress(job)
	f.Shown = digest(m)
	if t.Ev.Kind == bot.Press && job.What == Notice {
		f.Message = t.Ev.Message
	}
	if f.Message != "" {
		t.Effects = append(t.Effects, bot.Edit{Target: f.Message, Message: m})
	} else {
		t.Effects = append(t.Effects, bot.Send{Message: m, Handle: progressHandle(id)})
	}
	t.state.Sent = append(t.state.Sent, f)
	if len(t.state.Sent) > MaxFollowed {
		t.state.Sent = t.state.Sent[1:]
	}
	t.Wake("notice:"+id, t.Env.Now.Add(progressEvery))
}

func progressHandle(id string) string { return "n" + id }

// fanoutNow is a fan-out as this step leaves it.
func (t *Reach) fanoutNow(id string) (bot.Fanout, bool) {
	var job bot.Fanout
	ref := bot.Ref{Kind: bot.FanoutRef, ID: id}
	ok := t.Env.Read(ref, &job)
	for _, e := range t.Effects {
		if put, is := e.(bot.Put); is && put.Ref == ref {
			job, ok = put.Value.(bot.Fanout)
		}
	}
	return job, ok
}

// noticeProgress brings the progress message of a fan-out up to date, and goes
// on until everything has come to an end; what people have read is counted for
// a day longer, at growing intervals.
func (t *Reach) noticeProgress(id string) {
	i := slices.IndexFunc(t.state.Sent, func(f followed) bool { return f.ID == id })
	if i < 0 {
		return
	}
	job, ok := t.fanoutNow(id)
	if !ok {
		t.state.Sent = slices.Delete(t.state.Sent, i, i+1)
		return
	}
	f := &t.state.Sent[i]
	m := t.progress(job)
	if d := digest(m); d != f.Shown {
		f.Shown, f.Idle = d, 0
		t.Effects = append(t.Effects, bot.Edit{To: bot.Address{Channel: f.Channel, Chat: f.Chat},
			Target: f.Message, Handle: progressHandle(id), Message: m})
	}
	f.Idle++
	wait := min(progressEvery<<min(f.Idle-1, 10), idleSlowest)
	switch {
	case t.ended(job):
		if f.Ended == 0 {
			f.Ended = t.Env.Now.UnixMilli()
		}
		since := t.Env.Now.Sub(time.UnixMilli(f.Ended))
		wait = min(max(since, time.Minute), 4*time.Hour)
		if job.What != Notice || job.Data["read"] == "" || since >= readFor {
			t.state.Sent = slices.Delete(t.state.Sent, i, i+1)
			return
		}
	case f.Idle > idleMost:
		t.state.Sent = slices.Delete(t.state.Sent, i, i+1)
		return
	}
	t.Wake("notice:"+id, t.Env.Now.Add(wait))
}

// SteerNotice pauses, resumes or cancels a notice.
func (t *Reach) SteerNotice(id string, to bot.JobState, how bot.HaltKind) {
	var job bot.Fanout
	ref := bot.Ref{Kind: bot.FanoutRef, ID: id}
	switch {
	case !t.Env.Read(ref, &job) || job.What != Notice:
		t.Answer(t.Say("old.button"))
		return
	case job.State == bot.JobCancelled || t.ended(job):
		t.Answer(t.Say("notice.ended"))
		return
	}
	t.Answer("")
	if job.State != to && !(to == bot.JobRunning && job.State == bot.JobFanned) {
		job.State = to
		t.Effects = append(t.Effects, bot.Put{Ref: ref, Value: job}, bot.Halt{Fanout: id, How: how})
	}
	t.state.Sent = slices.DeleteFunc(t.state.Sent, func(f followed) bool { return f.ID == id })
	t.Follow(id)
}

// progress says how far a fan-out is, in numbers that add up to its audience.
func (t *Reach) progress(job bot.Fanout) bot.Message {
	tally := t.tally(job.ID)
	over := t.ended(job)
	held, _, late := t.heldNow(job)
	withdrawn := tally.Dropped + late
	rest := job.Total - tally.Sum() - job.Skipped - late
	gone := 0
	switch {
	case over && job.State == bot.JobCancelled:
		withdrawn, rest = withdrawn+rest, 0
	case over:
		gone, rest = rest, 0
	}
	var lines []string
	number := t.Say
	say := func(key string, n int) {
		if n > 0 {
			lines = append(lines, number(key, "n", n))
		}
	}
	lines = append(lines, t.Say("notice.n_sent", "n", tally.Sent))
	if job.Data["read"] != "" {
		var marks map[string]int
		t.Env.Read(bot.Ref{Kind: bot.MarksRef, ID: "notice:" + job.ID}, &marks)
		lines = append(lines, t.Say("notice.n_read", "n", marks["read"]))
	}
	say("notice.n_waiting", rest)
	if rest > 0 {
		say("notice.n_held", held)
	}
	say("notice.n_blocked", tally.Blocked)
	say("notice.n_failed", tally.Failed)
	say("notice.n_unknown", tally.Unknown)
	say("notice.n_dropped", withdrawn)
	say("notice.n_skipped", job.Skipped)
	say("notice.n_left", gone)
	m := bot.Message{Head: t.progressHead(job, over, rest-held), Text: strings.Join(lines, "\n")}
	if job.What != Notice {
		return m
	}
	cancel := t.Button("notice.cancel", "ntc:cancel:"+job.ID)
	switch {
	case over:
		m.Buttons = [][]bot.Button{bot.Row(t.Button("notice.correct", "ntc:more:"+job.Audience))}
	case job.State == bot.JobPaused:
		m.Buttons = [][]bot.Button{bot.Row(t.Button("notice.resume", "ntc:resume:"+job.ID), cancel)}
	case job.State != bot.JobCancelled:
		m.Buttons = [][]bot.Button{bot.Row(t.Button("notice.pause", "ntc:pause:"+job.ID), cancel)}
	}
	return m
}

func (t *Reach) progressHead(job bot.Fanout, over bool, rest int) string {
	switch {
	case job.State == bot.JobCancelled:
		return t.Say("notice.is_cancelled", "total_n", job.Total)
	case job.State == bot.JobPaused:
		return t.Say("notice.is_paused", "total_n", job.Total)
	case over && job.What == Notice:
		return t.Say("notice.is_done", "total_n", job.Total)
	case over:
		return t.Say("session.told", "total_n", job.Total)
	case job.What == Notice && rest <= 0 && job.State == bot.JobFanned:
		return t.Say("notice.is_held", "total_n", job.Total)
	case job.What == Notice:
		return t.Say("notice.is_running", "total_n", job.Total, "time", phrases.Duration(t.Lang, t.Takes(rest)))
	}
	return t.Say("session.telling", "total_n", job.Total)
}

func digest(m bot.Message) uint32 {
	h := fnv.New32a()
	h.Write([]byte(m.Plain()))
	for _, row := range m.Buttons {
		for _, b := range row {
			h.Write([]byte(b.Label))
		}
	}
	return h.Sum32()
}
