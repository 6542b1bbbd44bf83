package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"cadrebot/bot"
)

// Post sends or edits one message. What is too long for one message is sent as
// several, the buttons on the last, whose identifier is the message's; an edit
// is cut short instead. Where a later part cannot be sent, the outcome
// says so honestly and the next try under the same operation goes on with that
// part, as long as this process lives.
func (a *Adapter) Post(ctx context.Context, out bot.Outgoing) bot.Outcome {
	ctx, cancel := within(ctx, callWithin)
	defer cancel()
	if out.Target != "" {
		return a.edit(ctx, out)
	}
	c := a.Channel()
	all := c.Parts(out.Message)
	if len(all) == 1 {
		return a.tryPart(ctx, out, all[0])
	}
	return a.series(ctx, out, all)
}

func (a *Adapter) tryPart(ctx context.Context, out bot.Outgoing, p bot.Part) bot.Outcome {
	if p.Media != nil {
		return a.tryMedia(ctx, out, p)
	}
	return a.try(ctx, out, p)
}

// series sends the parts of a long message at the pace that the chat allows.
func (a *Adapter) series(ctx context.Context, out bot.Outgoing, all []bot.Part) bot.Outcome {
	first := a.began.get(out.Operation)
	if first >= len(all) {
		first = 0
	}
	var o bot.Outcome
	for i := first; i < len(all); i++ {
		if i == 0 {
			o = a.tryPart(ctx, out, all[i])
		} else {
			o = a.later(ctx, out, all[i], i > first)
		}
		if o.Status != bot.Sent {
			return a.broken(out.Operation, o, i, len(all))
		}
		a.began.set(out.Operation, i+1)
	}
	a.began.done(out.Operation)
	return o
}

// later sends a part that is not the first: it waits its turn and waits out
// refusals here, because to hand the message back would double what was sent.
func (a *Adapter) later(ctx context.Context, out bot.Outgoing, p bot.Part, follows bool) bot.Outcome {
	var pause time.Duration
	if follows {
		pause = a.limits.ChatEvery
	}
	for {
		if !sleep(ctx, pause) {
			return bot.Outcome{Status: bot.Retry, Err: fmt.Errorf("%w: no time left to wait %s", errNotSent, pause)}
		}
		o := a.tryPart(ctx, out, p)
		if o.Status != bot.Retry {
			return o
		}
		pause = max(o.RetryAfter, a.retryPause)
	}
}

// broken is the outcome of a message of which one part did not go through.
func (a *Adapter) broken(operation string, o bot.Outcome, i, n int) bot.Outcome {
	if o.Status == bot.Rejected || o.Status == bot.GoneChat {
		a.began.done(operation)
	}
	if i == 0 {
		return o
	}
	if o.Status == bot.Retry {
		// Some of it has arrived, so "certainly not taken" would be untrue.
		o.Status, o.RetryAfter = bot.Unknown, 0
	}
	o.Err = fmt.Errorf("part %d of %d, those before it were sent: %w", i+1, n, o.Err)
	return o
}

// try sends a text.
func (a *Adapter) try(ctx context.Context, out bot.Outgoing, p bot.Part) bot.Outcome {
	return a.attempt(out, func(plain bool) (string, error) {
		request := takeBuffer()
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
	defer giveBuffer(answer)
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

// progress remembers how many parts of a long message have been sent.
type progress struct {
	mu   sync.Mutex
	sent map[string]int
}

// remembered bounds the memory: what is forgotten starts again with its first
// part.
const remembered = 1000

func (p *progress) get(operation string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sent[operation]
}

func (p *progress) set(operation string, n int) {
	if operation == "" {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.sent == nil {
		p.sent = map[string]int{}
	}
	if _, known := p.sent[operation]; !known && len(p.sent) >= remembered {
		for other := range p.sent {
			delete(p.sent, other)
			break
		}
	}
	p.sent[operation] = n
}

func (p *progress) done(operation string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.sent, operation)
}
