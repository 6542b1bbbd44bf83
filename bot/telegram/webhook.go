package telegram

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"time"

	client "github.com/go-telegram/bot"
)

// maxUpdate bounds a delivery; real ones stay far below.
const maxUpdate = 1 << 20

// commitWithin is how long a delivery may wait for its commit, well within
// Telegram's own patience.
const commitWithin = 20 * time.Second

// Webhook takes deliveries. It answers 200, with nothing in it, once an update
// is committed or in quarantine, and 503 where it is not, so that it comes
// again. Who does not know the secret gets 401.
func (a *Adapter) Webhook(engine Handler, secret string) http.Handler {
	want := sha256.Sum256([]byte(secret))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		got := sha256.Sum256([]byte(r.Header.Get("X-Telegram-Bot-Api-Secret-Token")))
		if subtle.ConstantTimeCompare(got[:], want[:]) != 1 {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
		if err != nil {
			w.WriteHeader(http.StatusRequestEntityTooLarge)
			return
		}
		a.health.heard(time.Now())
		// Telegram hanging up is no reason to stop half-way.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), commitWithin)
		defer cancel()
		a.take(ctx, w, engine, raw)
	})
}

func (a *Adapter) take(ctx context.Context, w http.ResponseWriter, engine Handler, raw []byte) {
	ev, ok, err := a.Decode(raw)
	release := func() {}
	switch {
	case err != nil:
		err = engine.Quarantine(ctx, &ev, err)
	case ok:
		release, err = engine.Handle(ctx, ev)
	}
	if release != nil {
		defer release()
	}
	if err != nil {
		a.log.Error("update could not be committed, it will come again", "error", err)
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Length", "0")
	w.WriteHeader(http.StatusOK)
	// The answer leaves before the messages do; a writer that can't flush sends
	// it a moment later.
	_ = http.NewResponseController(w).Flush()
}

// RegisterWebhook has Telegram deliver to an address, with a secret of 1 to
// 256 letters, digits, '_' and '-'. What waits is kept.
func (a *Adapter) RegisterWebhook(ctx context.Context, url, secret string) error {
	ctx, cancel := context.WithTimeout(ctx, callWithin)
	defer cancel()
	_, err := a.rare.SetWebhook(ctx, &client.SetWebhookParams{
		URL: url, SecretToken: secret, AllowedUpdates: kinds, MaxConnections: 100,
	})
	if err != nil {
		return fmt.Errorf("telegram: register the webhook: %w", a.remedy(err))
	}
	return nil
}

// DefaultSecret is a secret for the webhook that follows from the token, the
// same on all replicas and after a restart.
func (a *Adapter) DefaultSecret() string {
	mac := hmac.New(sha256.New, []byte(a.token))
	mac.Write([]byte("cadrebot webhook"))
	return hex.EncodeToString(mac.Sum(nil))
}
