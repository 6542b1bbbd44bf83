package telegram

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/wire"
)

// refusal is the platform's own word for what is wrong.
type refusal struct {
	OK          bool   `json:"ok"`
	Code        int    `json:"error_code"`
	Description string `json:"description"`
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

func (r *refusal) Error() string { return fmt.Sprintf("telegram: %d %s", r.Code, r.Description) }

func (r *refusal) says(words string) bool {
	return strings.Contains(strings.ToLower(r.Description), words)
}

func (r *refusal) wait() time.Duration {
	return time.Duration(max(r.Parameters.RetryAfter, 1)) * time.Second
}

// errNoAnswer means that something answered, but not as the platform does.
var errNoAnswer = errors.New("telegram: an answer that is not the API's")

// refused reads an answer that is not a success: a *refusal, or an error that
// wraps errNoAnswer where a gateway or half an answer came.
func (a *Adapter) refused(resp *http.Response, body []byte) error {
	r := &refusal{}
	if err := json.Unmarshal(body, r); err != nil || r.OK || r.Code == 0 {
		switch resp.StatusCode {
		case http.StatusTooManyRequests, http.StatusRequestEntityTooLarge: // a gateway's, but plain enough
			*r = refusal{Code: resp.StatusCode, Description: http.StatusText(resp.StatusCode)}
		default:
			return fmt.Errorf("%w: status %d", errNoAnswer, resp.StatusCode)
		}
	}
	if r.Code == http.StatusTooManyRequests && r.Parameters.RetryAfter <= 0 {
		r.Parameters.RetryAfter, _ = strconv.Atoi(resp.Header.Get("Retry-After"))
	}
	r.Description = strings.ReplaceAll(r.Description, a.token, "…")
	return r
}

// outcome says what an error of a post means for the message.
func outcome(err error, target string) bot.Outcome {
	var r *refusal
	switch {
	case errors.Is(err, wire.ErrNotSent):
		return bot.Outcome{Status: bot.Retry, Err: err}
	case !errors.As(err, &r), r.Code >= 500:
		return bot.Outcome{Status: bot.Unknown, Err: err}
	case r.Code == http.StatusTooManyRequests:
		return bot.Outcome{Status: bot.Retry, RetryAfter: r.wait(), Err: err}
	case r.Code == http.StatusUnauthorized, r.Code == http.StatusNotFound:
		return bot.Outcome{Status: bot.Retry, Err: fmt.Errorf("%w: %w", ErrToken, err)}
	case r.Parameters.MigrateTo != 0:
		return bot.Outcome{Status: bot.Migrated, Chat: strconv.FormatInt(r.Parameters.MigrateTo, 10), Err: err}
	case r.Code == http.StatusForbidden, r.says("chat not found"):
		return bot.Outcome{Status: bot.GoneChat, Err: err}
	case target != "" && r.says("message is not modified"):
		return bot.Outcome{Status: bot.Sent, Message: target}
	}
	return bot.Outcome{Status: bot.Rejected, Err: err}
}

var sentPrefix = []byte(`{"ok":true,"result":{"message_id":`)

// messageID reads the identifier out of a success without decoding the whole
// message that the platform echoes.
func messageID(body []byte) (string, error) {
	if rest, ok := bytes.CutPrefix(body, sentPrefix); ok {
		n := 0
		for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
			n++
		}
		if n > 0 && n < len(rest) && rest[len(rest)-1] == '}' {
			return string(rest[:n]), nil
		}
	}
	var sent struct {
		OK     bool `json:"ok"`
		Result struct {
			ID int64 `json:"message_id"`
		} `json:"result"`
	}
	if err := json.Unmarshal(body, &sent); err != nil || !sent.OK || sent.Result.ID == 0 {
		return "", fmt.Errorf("%w: no message identifier in a success", errNoAnswer)
	}
	return strconv.FormatInt(sent.Result.ID, 10), nil
}
