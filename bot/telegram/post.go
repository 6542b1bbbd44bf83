package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/wire"
)

// Post sends or edits one message. What is too long for one message is sent as
// several, the buttons on the last, whose identifier is the message's; an edit
// is cut short instead. Where a later part cannot be sent, the outcome
// says so honestly and the next try under the same operation goes on with that
// part, as long as this process lives.
func (a *Adapter) Post(ctx context.Context, out bot.Outgoing) bot.Outcome {
	ctx, cancel := wire.Within(ctx, callWithin)
	defer cancel()
	if out.Target != "" {
		return a.edit(ctx, out)
	}
	c := a.Channel()
	return a.series.Post(ctx, out.Operation, c.Parts(out.Message), func(p bot.Part) bot.Outcome {
		return a.tryPart(ctx, out, p)
	})
}

func (a *Adapter) tryPart(ctx context.Context, out bot.Outgoing, p bot.Part) bot.Outcome {
	if p.Media != nil {
		return a.tryMedia(ctx, out, p)
	}
	return a.try(ctx, out, p)
}

// try sends a text.
func (a *Adapter) try(ctx context.Context, out bot.Outgoing, p bot.Part) bot.Outcome {
	return a.attempt(out, func(plain bool) (string, error) {
		request := wire.Take()
		writePost(request, out.Chat, p, plain)
		return a.call(ctx, "sendMessage", request, postHeader, messageID)
	})
}

// attempt makes one call, a second one without mark-up where the platform
// cannot read that.
func (a *Adapter) attempt(out bot.Outgoing, call func(plain bool) (id string, err error)) bot.Outcome {
	id, err := call(false)
	var r *refusal
	if errors.As(err, &r) && r.Code == http.StatusBadRequest && r.says("can't parse entities") {
		a.log.Warn("telegram can't read a message's mark-up, sending it plain", "operation", out.Operation, "error", err)
		id, err = call(true)
	}
	if err != nil {
		return outcome(err, out.Target)
	}
	return bot.Outcome{Status: bot.Sent, Message: id}
}

// call makes one call and has read take the identifier out of a success.
func (a *Adapter) call(ctx context.Context, method string, request *bytes.Buffer, header http.Header, read func([]byte) (string, error)) (string, error) {
	resp, answer, err := a.post(ctx, a.methods[method], request, header)
	if err != nil {
		return "", fmt.Errorf("telegram: %w", err)
	}
	defer wire.Give(answer)
	if resp.StatusCode != http.StatusOK {
		return "", a.refused(resp, answer.Bytes())
	}
	return read(answer.Bytes())
}

// sleep is false, at once, where the context ends before so long.
func sleep(ctx context.Context, d time.Duration) bool {
	if end, ok := ctx.Deadline(); ok && time.Until(end) <= d {
		return false
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
