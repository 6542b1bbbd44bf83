package telegram

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"unicode/utf8"

	"cadrebot/bot"
	"cadrebot/bot/wire"
)

// maxToast is how long the answer to a press may be, in characters.
const maxToast = 200

// Answer answers a button press, with words or without. A press that is too
// old to be answered is no error: nobody waits for it any more.
func (a *Adapter) Answer(ctx context.Context, press bot.Event, answer bot.Answer) error {
	ctx, cancel := wire.Within(ctx, callWithin)
	defer cancel()
	request := wire.Take()
	request.WriteString(`{"callback_query_id":`)
	wire.WriteString(request, press.Query)
	if answer.Text != "" {
		request.WriteString(`,"text":`)
		wire.WriteString(request, clip(answer.Text, maxToast))
	}
	if answer.Alert {
		request.WriteString(`,"show_alert":true`)
	}
	request.WriteByte('}')
	resp, body, err := a.post(ctx, a.methods["answerCallbackQuery"], request, postHeader)
	if err != nil {
		return fmt.Errorf("telegram: answer a press: %w", err)
	}
	defer wire.Give(body)
	if resp.StatusCode == http.StatusOK {
		return nil
	}
	err = a.refused(resp, body.Bytes())
	var r *refusal
	if errors.As(err, &r) && r.says("query is too old") {
		return nil
	}
	return fmt.Errorf("answer a press: %w", err)
}

// clip cuts s to so many characters, the last of them an ellipsis.
func clip(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}
