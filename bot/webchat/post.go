package webchat

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"cadrebot/bot"
)

var errNotKept = errors.New("web chat: the message to edit is not kept any more")

// Post implements bot.Adapter. The store knows the operation, so a post that is
// tried again adds nothing: what can't be written is never in doubt.
func (c *Chat) Post(ctx context.Context, out bot.Outgoing) bot.Outcome {
	var number int64
	var err error
	if out.Target == "" {
		number, err = c.add(ctx, out)
	} else {
		number, err = c.edit(ctx, out)
	}
	switch {
	case errors.Is(err, errNotKept):
		return bot.Outcome{Status: bot.Rejected, Err: err}
	case err != nil:
		return bot.Outcome{Status: bot.Retry, Err: err}
	}
	c.hub.wake(out.Chat)
	return bot.Outcome{Status: bot.Sent, Message: strconv.FormatInt(number, 10)}
}

func (c *Chat) add(ctx context.Context, out bot.Outgoing) (int64, error) {
	k := kept{At: c.now().UnixMilli()}
	var file []byte
	m := out.Message
	if m.Media != nil {
		if k.Media, file = c.mediaOf(m.Media); k.Media == nil {
			m = m.WithoutMedia()
		}
	}
	k.fill(m)
	data, err := k.encode()
	if err != nil {
		return 0, fmt.Errorf("web chat: keep a message: %w", err)
	}
	return c.pages.PageAdd(ctx, out.Chat, "o:"+out.Operation, data, file)
}

// edit replaces a message's words and buttons; its file stays. The Sender makes
// the edits of a message one after the other, so nobody comes in between.
func (c *Chat) edit(ctx context.Context, out bot.Outgoing) (int64, error) {
	number, err := strconv.ParseInt(out.Target, 10, 64)
	if err != nil {
		return 0, errNotKept
	}
	data, err := c.pages.PageMessage(ctx, out.Chat, number)
	if err != nil {
		return 0, err
	}
	k, ok := decodeKept(data)
	if !ok || k.Own {
		return 0, errNotKept
	}
	m := out.Message
	if k.Media == nil {
		m = m.WithoutMedia()
	}
	k.Past = k.outlived()
	k.fill(m)
	if data, err = k.encode(); err != nil {
		return 0, fmt.Errorf("web chat: keep a message: %w", err)
	}
	if number, err = c.pages.PageEdit(ctx, out.Chat, number, data); err == nil && number == 0 {
		err = errNotKept
	}
	return number, err
}

// fill takes over the words and buttons of a message.
func (k *kept) fill(m bot.Message) {
	k.Head, k.Text = lines(m.Head), lines(m.Text)
	k.Buttons = nil
	for _, row := range m.Buttons {
		var shown []bot.Button
		for _, b := range row {
			b.Label = lines(b.Label)
			shown = append(shown, b)
		}
		if len(shown) > 0 {
			k.Buttons = append(k.Buttons, shown)
		}
	}
}

// lines makes a text valid, with one kind of line's end.
func lines(s string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(s, "\uFFFD"))
}
