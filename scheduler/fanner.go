package scheduler

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"cadrebot/bot"
)

// fanner moves fan-outs along: each page is one commit of its copies and of the
// cursor, so that no crash leaves a gap or a double.
type fanner struct {
	*Loop
	channels map[string]bot.Channel
}

const (
	fanPage  = 100
	fanIdle  = 500 * time.Millisecond // between looks when nothing is under way
	fanPause = 100 * time.Millisecond // while a lane is full
)

func (f *fanner) run(ctx context.Context) {
	for ctx.Err() == nil {
		moved, running, err := f.round(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			f.Log.Warn("fan-outs", "error", err)
			sleep(ctx, fanIdle)
		case moved:
		case running:
			sleep(ctx, fanPause)
		default:
			sleep(ctx, fanIdle)
		}
	}
}

// round moves every fan-out by a page, deadlines before notices. Moved tells
// that one got ahead, running that one could. What keeps one from moving keeps
// no other.
func (f *fanner) round(ctx context.Context) (moved, running bool, err error) {
	ids, err := f.Store.Fanouts(ctx)
	if err != nil || len(ids) == 0 {
		return false, false, err
	}
	refs := make([]bot.Ref, len(ids))
	for i, id := range ids {
		refs[i] = bot.Ref{Kind: bot.FanoutRef, ID: id}
	}
	things, err := f.Store.Load(ctx, refs...)
	if err != nil {
		return false, false, err
	}
	var failures []error
	for _, lane := range []bot.Lane{bot.Replies, bot.Deadlines, bot.Bulk} {
		var full map[string]bool
		for _, t := range things {
			var job bot.Fanout
			if err := json.Unmarshal(t.Data, &job); err != nil {
				if t.Exists() && lane == bot.Replies {
					failures = append(failures, fmt.Errorf("read fan-out %s: %w", t.Ref.ID, err))
				}
				continue
			}
			if job.State != bot.JobRunning || job.Lane != lane {
				continue
			}
			running = true
			if full, err = f.marks.full(ctx, lane); err != nil {
				return moved, running, err
			}
			one, err := f.page(ctx, t, job, full)
			moved = moved || one
			if err != nil {
				failures = append(failures, fmt.Errorf("fan-out %s: %w", job.ID, err))
			}
		}
	}
	return moved, running, errors.Join(failures...)
}

// page commits the next page of a fan-out. It reports false where a full
// channel or a change by others holds it up.
func (f *fanner) page(ctx context.Context, t bot.Thing, job bot.Fanout, full map[string]bool) (bool, error) {
	now := f.Now()
	c := &bot.Commit{Reads: []bot.Thing{t}, Now: now}
	if job.NotAfter > 0 && now.UnixMilli() > job.NotAfter {
		// It has lost its sense: nobody further is to get it.
		job.Skipped = max(job.Skipped, job.Total-job.Copies-job.Held)
		job.State = bot.JobFanned
		return f.commit(ctx, c, t, job)
	}
	ids, last, err := f.Store.Page(ctx, job.Audience, job.Cursor, job.Upto, fanPage)
	if err != nil {
		return false, err
	}
	people, err := f.people(ctx, ids)
	if err != nil {
		return false, err
	}
	for _, p := range people {
		if a, ok := p.Reachable(); ok && full[a.Channel] {
			return false, nil
		}
	}
	written := len(c.Out)
	held, skipped, err := f.copies(ctx, c, job, people)
	if err != nil {
		return false, err
	}
	job.Copies += len(c.Out) - written
	job.Held += held
	job.Skipped += skipped + len(ids) - len(people)
	job.Cursor = last
	if len(ids) < fanPage || job.Cursor >= job.Upto {
		job.State = bot.JobFanned
	}
	return f.commit(ctx, c, t, job)
}

// people reads the profiles of a page; those who have left are not among them.
func (f *fanner) people(ctx context.Context, ids []string) ([]bot.Person, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	refs := make([]bot.Ref, len(ids))
	for i, id := range ids {
		refs[i] = bot.Ref{Kind: bot.PersonRef, ID: id}
	}
	things, err := f.Store.Load(ctx, refs...)
	if err != nil {
		return nil, err
	}
	people := make([]bot.Person, 0, len(ids))
	for _, t := range things {
		if !t.Exists() {
			continue
		}
		p := bot.Person{ID: t.Ref.ID}
		if err := json.Unmarshal(t.Data, &p); err != nil {
			f.Log.Error("a profile can't be read; this person is left out", "person", t.Ref.ID, "error", err)
			continue
		}
		people = append(people, p)
	}
	return people, nil
}

// commit writes a page. A conflict means that somebody paused or cancelled the
// fan-out, or moved it along: it is read again in the next round.
func (f *fanner) commit(ctx context.Context, c *bot.Commit, t bot.Thing, job bot.Fanout) (bool, error) {
	data, err := json.Marshal(job)
	if err != nil {
		return false, err
	}
	c.Puts = append(c.Puts, bot.PutThing{Ref: t.Ref, Rev: t.Rev, Data: data})
	ctx, cancel := lingering(ctx)
	defer cancel()
	err = f.Engine.CommitPage(ctx, c)
	if errors.Is(err, bot.ErrConflict) {
		return true, nil
	}
	return err == nil, err
}
