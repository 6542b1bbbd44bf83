package slack

import (
	"context"
	"fmt"

	"cadrebot/bot"
	"cadrebot/bot/wire"
)

// edit changes a message that was sent: its words and its buttons; a picture in
// it stays, as far as this process knows of it or the message still names it.
// What is too long is cut short. Right after a press it goes by the press's own
// address: the method for edits may be called some 50 times a minute only, in
// the whole workspace.
func (a *Adapter) edit(ctx context.Context, out bot.Outgoing) bot.Outcome {
	c, m := a.Channel(), out.Message
	if image := a.pictures.get(out.Chat, out.Target); image != "" {
		return a.change(ctx, out, body{part: c.Whole(m, true), image: image})
	}
	if m.Media != nil && inBlock(m.Media) {
		words := c.Whole(m, true)
		o := a.withPicture(ctx, m.Media, func(image string) bot.Outcome {
			return a.change(ctx, out, body{part: words, image: image})
		})
		if o.Status != bot.Rejected {
			return o
		}
		a.log.Warn("slack does not take a picture", "operation", out.Operation, "name", m.Media.FileName(), "error", o.Err)
	}
	if m.Media != nil && !asFile(m.Media) {
		m = m.WithoutMedia() // its words stand for it
	}
	return a.change(ctx, out, body{part: c.Whole(m, false)})
}

func (a *Adapter) change(ctx context.Context, out bot.Outgoing, m body) bot.Outcome {
	if r := a.replies.forEdit(out.Chat, out.Target, a.now()); r != nil {
		request := wire.Take()
		writeReplace(request, m)
		err := a.respond(ctx, r.to, request)
		if err == nil {
			return bot.Outcome{Status: bot.Sent, Message: out.Target}
		}
		switch o := outcome(err); {
		case o.Status == bot.Unknown:
			r.spoil() // the next try goes the other way
			return o
		case o.Status == bot.Retry && o.RetryAfter == 0:
			return o // there is no way to Slack at all
		}
		r.spoil() // too old, or used up
	}
	return a.orPlain(out, m, func(m body) bot.Outcome { return a.update(ctx, out, m) })
}

// update calls the method for edits. Where that has been called too often it
// rests, for as long as the platform says; the chat and the workspace do not:
// new messages have another limit.
func (a *Adapter) update(ctx context.Context, out bot.Outgoing, m body) bot.Outcome {
	if wait := a.updates.rest(a.now()); wait > 0 {
		return bot.Outcome{Status: bot.Retry, Err: fmt.Errorf("%w: chat.update rests for %s", wire.ErrNotSent, wait)}
	}
	request := wire.Take()
	writeUpdate(request, out.Chat, out.Target, m)
	_, err := a.call(ctx, "chat.update", request, func([]byte) (string, error) { return out.Target, nil })
	if err == nil {
		return bot.Outcome{Status: bot.Sent, Message: out.Target}
	}
	o := outcome(err)
	if o.RetryAfter > 0 {
		a.updates.pause(a.now().Add(o.RetryAfter))
		o.RetryAfter = 0
	}
	return o
}
