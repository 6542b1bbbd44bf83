package slack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cadrebot/bot"
	"cadrebot/bot/wire"
)

// maxToast is how long the answer to a press may be, in characters.
const maxToast = 300

// Answer answers a button press with words that only who pressed can see;
// without words there is nothing to say, for Slack has had its acknowledgement.
// A press that is too old to be answered is no error: nobody waits for it any
// more.
func (a *Adapter) Answer(ctx context.Context, press bot.Event, answer bot.Answer) error {
	if strings.TrimSpace(answer.Text) == "" {
		return nil
	}
	ctx, cancel := wire.Within(ctx, callWithin)
	defer cancel()
	text := clip(answer.Text, maxToast)
	if r := a.replies.forAnswer(press.Query, a.now()); r != nil {
		request := wire.Take()
		writeEphemeral(request, "", "", text)
		err := a.respond(ctx, r.to, request)
		var said *refusal
		if err == nil || !errors.As(err, &said) {
			return err
		}
		r.spoil()
	}
	request := wire.Take()
	writeEphemeral(request, press.Chat, press.Sender, text)
	_, err := a.call(ctx, "chat.postEphemeral", request, func([]byte) (string, error) { return "", nil })
	var r *refusal
	if errors.As(err, &r) && (slices.Contains(gone, r.Code) || r.Code == "user_not_in_channel") {
		return nil
	}
	if err != nil {
		return fmt.Errorf("answer a press: %w", err)
	}
	return nil
}
