package telegram

import (
	"context"
	"errors"
	"strings"

	"cadrebot/bot"
	"cadrebot/bot/wire"
)

// edit changes a message that was sent: its text or, where it is a file, the
// words under it and its buttons; the file itself stays. Which of the two it is
// the platform says, where it is not remembered. What is too long is cut short.
func (a *Adapter) edit(ctx context.Context, out bot.Outgoing) bot.Outcome {
	if a.captioned.has(out.Chat, out.Target) {
		return a.editCaption(ctx, out)
	}
	c := a.Channel()
	// Nobody can tell whether a file could be sent: its words stand for it.
	o := a.editBy(ctx, out, "editMessageText", "text", c.Whole(out.Message.WithoutMedia(), false))
	var r *refusal
	if o.Status == bot.Rejected && errors.As(o.Err, &r) && r.says("there is no text in the message to edit") {
		a.captioned.add(out.Chat, out.Target)
		return a.editCaption(ctx, out)
	}
	return o
}

func (a *Adapter) editCaption(ctx context.Context, out bot.Outgoing) bot.Outcome {
	c := a.Channel()
	words := c.Whole(out.Message, true)
	if strings.TrimSpace(words.Text) == "" {
		return a.editBy(ctx, out, "editMessageReplyMarkup", "", words)
	}
	return a.editBy(ctx, out, "editMessageCaption", "caption", words)
}

func (a *Adapter) editBy(ctx context.Context, out bot.Outgoing, method, field string, p bot.Part) bot.Outcome {
	return a.attempt(out, func(plain bool) (string, error) {
		request := wire.Take()
		writeEdit(request, out.Chat, out.Target, field, p, plain)
		return a.call(ctx, method, request, postHeader, func([]byte) (string, error) { return out.Target, nil })
	})
}
