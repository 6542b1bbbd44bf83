package webchat

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// policy lets a page load from here alone, and pictures, sounds and films from
// the web. It runs no script that stands in a page.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; " +
	"media-src 'self' https:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// filePolicy lets a file that is opened by itself do nothing.
const filePolicy = "default-src 'none'; sandbox; frame-ancestors 'none'"

// guarded sets what all answers carry. An address may hold a token, so no
// browser tells others where somebody came from. It tells this page alone: with
// "no-referrer" a form would name no origin, and browsers that say nothing else
// of where it comes from could send none.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// refusal is what a request is told that can't be done.
type refusal struct {
	status int
	// words is the key of what is said.
	words string
	after time.Duration
}

func (r *refusal) Error() string { return "refused: " + strconv.Itoa(r.status) + " " + r.words }

func refuse(status int, words string) *refusal { return &refusal{status: status, words: words} }

// tooFast asks to wait.
func tooFast(after time.Duration) *refusal {
	return &refusal{http.StatusTooManyRequests, "web.slowly", after}
}

// failed answers a request that came to nothing: what the script reads, or a page.
func (c *Chat) failed(w http.ResponseWriter, r *http.Request, chat string, err error) {
	why, ok := err.(*refusal)
	if !ok {
		c.log.Error("web chat: a request could not be committed, it will come again", "path", r.Pattern, "error", err)
		why = &refusal{http.StatusServiceUnavailable, "web.ours", time.Second}
	}
	if why.after > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(max(1, int(why.after.Seconds()))))
	}
	who := c.reader(r.Context(), r, chat)
	if scripted(r) {
		writeJSON(w, why.status, reply{Words: c.words(who.lang, why.words)})
		return
	}
	c.notice(w, who.lang, why.status, why.words, "", "")
}

// scripted tells the script's requests from those of forms.
func scripted(r *http.Request) bool { return r.Header.Get("Accept") == "application/json" }

// authentic wants a request that changes something to come from this very page.
func (c *Chat) authentic(w http.ResponseWriter, r *http.Request) (chat string, err error) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		if _, large := err.(*http.MaxBytesError); large {
			return "", refuse(http.StatusRequestEntityTooLarge, "web.long")
		}
		return "", refuse(http.StatusBadRequest, "web.stale")
	}
	chat, ok := c.whose(r)
	if !ok || !c.seal.Verify(r.PostForm.Get("form"), formPurpose, chat) {
		return chat, refuse(http.StatusForbidden, "web.stale")
	}
	return chat, nil
}

// maxForm bounds a form: 4,096 characters of four bytes, each written as three.
const maxForm = 64 << 10

// maxText is the bound of a text, in characters.
const maxText = 4096

// admit lets a chat do one more thing, and an address begin one more chat.
func (c *Chat) admit(r *http.Request, chat string) error {
	now := c.now()
	if wait := c.talk.take(chat, now); wait > 0 {
		return tooFast(wait)
	}
	fresh := false
	err := c.pages.PageHeads(r.Context(), []string{chat}, func(birth string, _ int64) { fresh = birth == "" })
	if err != nil {
		return fmt.Errorf("web chat: look at a page: %w", err)
	}
	if fresh {
		if wait := c.fresh.take(c.from(r), now); wait > 0 {
			return tooFast(wait)
		}
	}
	return nil
}
