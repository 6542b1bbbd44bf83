package slack

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	client "github.com/slack-go/slack"
)

// ErrToken means that Slack does not let the app in: a token is wrong, was
// taken back, or lacks a scope.
var ErrToken = errors.New("the app's token is not accepted by Slack; install the app again with deploy/slack-manifest.yaml and copy its tokens anew")

// turnedAway are Slack's words for that.
var turnedAway = []string{
	"not_authed", "invalid_auth", "account_inactive", "token_revoked", "token_expired", "no_permission", "missing_scope",
	"not_allowed_token_type", "org_login_required", "ekm_access_denied", "access_denied", "accesslimited",
	"team_access_not_granted", "enterprise_is_restricted", "two_factor_setup_required",
}

func (r *refusal) turnedAway() bool { return slices.Contains(turnedAway, r.Code) }

// remedy turns an error of the client into one that tells what to do.
func (a *Adapter) remedy(err error) error {
	var r *refusal
	if err = a.plain(err); errors.As(err, &r) {
		switch {
		case r.turnedAway():
			return fmt.Errorf("%w: %w", ErrToken, err)
		case r.limited():
			return fmt.Errorf("asked to wait %s: %w", r.wait(), err)
		case r.Status < 500:
			return err
		}
	}
	return fmt.Errorf("no proper answer from %s; check the network, a proxy (HTTPS_PROXY) and the API's address: %w", a.host, a.short(err))
}

// plain makes a refusal of an error of the client, where it is one.
func (a *Adapter) plain(err error) error {
	var (
		said    client.SlackErrorResponse
		limited *client.RateLimitedError
		status  client.StatusCodeError
	)
	switch {
	case errors.As(err, &said):
		r := &refusal{Code: said.Err, Status: 200, Needed: said.Needed}
		r.Metadata.Messages = said.ResponseMetadata.Messages
		return a.cleaned(r)
	case errors.As(err, &limited):
		return &refusal{Code: "ratelimited", Status: 429, after: limited.RetryAfter}
	case errors.As(err, &status):
		return &refusal{Code: fmt.Sprintf("status %d", status.Code), Status: status.Code}
	}
	return a.scrub(err)
}

// scrubbed is an error whose words had a secret in them.
type scrubbed struct {
	text  string
	cause error
}

func (e *scrubbed) Error() string { return e.text }

// Is keeps the kinds of an error known though its words are gone; unwrapping
// it would bring the secret back.
func (e *scrubbed) Is(target error) bool { return errors.Is(e.cause, target) }

// scrub takes the app's secrets out of an error, and more where it is named.
func (a *Adapter) scrub(err error, more ...string) error {
	if err == nil {
		return nil
	}
	text := a.clean(err.Error(), more...)
	if text == err.Error() {
		return err
	}
	return &scrubbed{text, err}
}

func (a *Adapter) clean(text string, more ...string) string {
	for _, secret := range append(slices.Clip(a.secrets), more...) {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "…")
		}
	}
	return text
}

// cleaned is a refusal in whose words no secret is echoed.
func (a *Adapter) cleaned(r *refusal) *refusal {
	r.Code = a.clean(r.Code)
	for i, m := range r.Metadata.Messages {
		r.Metadata.Messages[i] = a.clean(m)
	}
	return r
}

// short keeps a page of HTML out of an error.
func (a *Adapter) short(err error) error {
	return &scrubbed{clip(a.clean(err.Error()), 200), err}
}

// clip cuts s to so many characters, the last of them an ellipsis.
func clip(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}

// seconds are whole ones, at least one: a pause of nothing would be no pause.
func seconds(n int) time.Duration { return time.Duration(max(n, 1)) * time.Second }
