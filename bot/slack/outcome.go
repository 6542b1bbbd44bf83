package slack

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/wire"
)

// refusal is the platform's own word for what is wrong.
type refusal struct {
	OK       bool   `json:"ok"`
	Code     string `json:"error"`
	Needed   string `json:"needed"` // the scope that is missing
	Metadata struct {
		Messages []string `json:"messages"`
	} `json:"response_metadata"`

	Status int           `json:"-"`
	after  time.Duration // as the header says
}

func (r *refusal) Error() string {
	text := "slack: " + r.Code
	if r.Needed != "" {
		text += ", needed: " + r.Needed
	}
	if len(r.Metadata.Messages) > 0 {
		text += " (" + clip(strings.Join(r.Metadata.Messages, "; "), 200) + ")"
	}
	return text
}

// limited reports that the rate was too high, or that the workspace is to be
// left alone for a while.
func (r *refusal) limited() bool {
	return r.Status == http.StatusTooManyRequests ||
		slices.Contains([]string{"ratelimited", "rate_limited", "message_limit_exceeded", "team_added_to_org"}, r.Code)
}

func (r *refusal) wait() time.Duration {
	switch {
	case r.after > 0:
		return r.after
	case r.Code == "message_limit_exceeded", r.Code == "team_added_to_org":
		return time.Minute
	}
	return seconds(1)
}

// gone are the words for a chat that can't be reached until it comes back by
// itself.
var gone = []string{
	"channel_not_found", "not_in_channel", "is_archived", "channel_is_archived", "user_disabled", "user_not_found", "users_not_found",
	"user_not_visible", "cannot_dm_bot", "is_bot", "messages_tab_disabled", "restricted_action", "restricted_action_read_only_channel",
	"restricted_action_thread_only_channel", "restricted_action_non_threadable_channel", "posting_to_general_channel_denied",
	"external_channel_migrating", "method_not_supported_for_channel_type",
}

// unsure are the words for trouble on the platform's side, of which it says
// that some of the work may have been done.
var unsure = []string{"fatal_error", "internal_error", "service_unavailable", "status 408"}

// errNoAnswer means that something answered, but not as the platform does.
var errNoAnswer = errors.New("slack: an answer that is not the API's")

// refused reads an answer that is not a success: a *refusal, or an error that
// wraps errNoAnswer where a gateway or half an answer came.
func (a *Adapter) refused(resp *http.Response, body []byte) error {
	r := &refusal{}
	if err := json.Unmarshal(body, r); err != nil || r.OK || r.Code == "" {
		switch resp.StatusCode {
		case http.StatusTooManyRequests, http.StatusRequestEntityTooLarge: // a gateway's, but plain enough
			*r = refusal{Code: strings.ToLower(http.StatusText(resp.StatusCode))}
		default:
			return fmt.Errorf("%w: status %d", errNoAnswer, resp.StatusCode)
		}
	}
	r.Status = resp.StatusCode
	if n, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil {
		r.after = seconds(n)
	}
	return a.cleaned(r)
}

// outcome says what an error of a post means for the message.
func outcome(err error) bot.Outcome {
	var r *refusal
	switch {
	case errors.Is(err, wire.ErrNotSent):
		return bot.Outcome{Status: bot.Retry, Err: err}
	case !errors.As(err, &r):
		return bot.Outcome{Status: bot.Unknown, Err: err}
	case r.limited():
		return bot.Outcome{Status: bot.Retry, RetryAfter: r.wait(), Err: err}
	case r.turnedAway():
		return bot.Outcome{Status: bot.Retry, Err: fmt.Errorf("%w: %w", ErrToken, err)}
	case r.Code == "request_timeout": // what Slack says of a request that came in half
		return bot.Outcome{Status: bot.Retry, Err: err}
	case r.Status >= 500, slices.Contains(unsure, r.Code):
		return bot.Outcome{Status: bot.Unknown, Err: err}
	case slices.Contains(gone, r.Code):
		return bot.Outcome{Status: bot.GoneChat, Err: err}
	}
	return bot.Outcome{Status: bot.Rejected, Err: err}
}

// says reports whether an outcome is a refusal with one of these words.
func says(o bot.Outcome, codes ...string) bool {
	var r *refusal
	return errors.As(o.Err, &r) && slices.Contains(codes, r.Code)
}

var accepted, stamp = []byte(`{"ok":true,`), []byte(`"ts":"`)

// messageID reads the identifier out of a success without decoding the whole
// message that the platform echoes.
func messageID(body []byte) (string, error) {
	const head = 128 // before the message are only the channel and this
	if i := bytes.Index(body[:min(head, len(body))], stamp); bytes.HasPrefix(body, accepted) && i >= 0 &&
		!bytes.Contains(body[:i], []byte(`"message"`)) {
		rest := body[i+len(stamp):]
		if end := bytes.IndexByte(rest, '"'); end > 0 && body[len(body)-1] == '}' {
			return string(rest[:end]), nil
		}
	}
	var sent struct {
		OK bool   `json:"ok"`
		TS string `json:"ts"`
	}
	if err := json.Unmarshal(body, &sent); err != nil || !sent.OK || sent.TS == "" {
		return "", fmt.Errorf("%w: no message identifier in a success", errNoAnswer)
	}
	return sent.TS, nil
}
