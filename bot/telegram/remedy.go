package telegram

import (
	"errors"
	"fmt"
	"strings"

	client "github.com/go-telegram/bot"
)

// ErrToken means that Telegram does not know the bot's token.
var ErrToken = errors.New("the token is not known to Telegram; copy it again from @BotFather, or ask it for a new one")

// remedy turns an error of the client into one that tells what to do.
func (a *Adapter) remedy(err error) error {
	var tooMany *client.TooManyRequestsError
	switch {
	case errors.Is(err, client.ErrorUnauthorized), errors.Is(err, client.ErrorNotFound):
		return ErrToken
	case errors.As(err, &tooMany):
		return fmt.Errorf("asked to wait %d s: %w", tooMany.RetryAfter, a.scrub(err))
	case errors.Is(err, client.ErrorBadRequest), errors.Is(err, client.ErrorForbidden), errors.Is(err, client.ErrorConflict):
		return a.scrub(err)
	}
	return fmt.Errorf("no proper answer from %s; check the network, a proxy (HTTPS_PROXY) and the API's address: %w",
		a.host, a.short(err))
}

// scrubbed is an error whose words had the token in them.
type scrubbed struct {
	text  string
	cause error
}

func (e *scrubbed) Error() string { return e.text }

// Is keeps the kinds of an error known though its words are gone; unwrapping
// it would bring the token back.
func (e *scrubbed) Is(target error) bool { return errors.Is(e.cause, target) }

func (a *Adapter) scrub(err error) error {
	if err == nil || !strings.Contains(err.Error(), a.token) {
		return err
	}
	return &scrubbed{strings.ReplaceAll(err.Error(), a.token, "…"), err}
}

// short keeps a page of HTML out of an error.
func (a *Adapter) short(err error) error {
	return &scrubbed{clip(strings.ReplaceAll(err.Error(), a.token, "…"), 200), err}
}
