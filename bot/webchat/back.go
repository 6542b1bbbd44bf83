package webchat

import (
	"context"
	"encoding/base64"
	"net/http"
	"strings"
	"time"
)

const (
	flashPurpose = "web flash"
	flashFor     = 60 // seconds
	flashMost    = 400
	flashName    = "said"
)

// shownWithin is how long a browser without script is kept, so that the answer
// stands on the page to which it goes back; settles is how long one answer may
// follow another.
const (
	shownWithin = 1500 * time.Millisecond
	settles     = 150 * time.Millisecond
)

// back sends a browser without script to the page, once there is something new.
func (c *Chat) back(w http.ResponseWriter, r *http.Request, chat, said string, seen *livePage) {
	ctx, cancel := context.WithTimeout(r.Context(), shownWithin)
	defer cancel()
	to := "/?wait=1#end"
	for quiet := time.Duration(0); ; quiet = settles {
		var settled <-chan time.Time
		if quiet > 0 {
			settled = time.After(quiet)
		}
		select {
		case <-seen.woken:
			to = "/#end"
			continue
		case <-settled:
		case <-ctx.Done():
		}
		break
	}
	if said != "" {
		c.flash(w, chat, said)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// flash keeps words for the next page of this chat alone.
func (c *Chat) flash(w http.ResponseWriter, chat, said string) {
	if runes := []rune(said); len(runes) > flashMost {
		said = string(runes[:flashMost])
	}
	value := base64.RawURLEncoding.EncodeToString([]byte(said))
	http.SetCookie(w, &http.Cookie{Name: flashName, Value: value + "." + c.seal.Sign(flashPurpose, chat, value), Path: "/",
		MaxAge: flashFor, HttpOnly: true, Secure: c.secure, SameSite: http.SameSiteLaxMode})
}

// flashed returns the words that were kept, and forgets them.
func (c *Chat) flashed(w http.ResponseWriter, r *http.Request, chat string) string {
	cookie, err := r.Cookie(flashName)
	if err != nil {
		return ""
	}
	http.SetCookie(w, &http.Cookie{Name: flashName, Path: "/", MaxAge: -1, HttpOnly: true, Secure: c.secure, SameSite: http.SameSiteLaxMode})
	value, signature, _ := strings.Cut(cookie.Value, ".")
	if !c.seal.Verify(signature, flashPurpose, chat, value) {
		return ""
	}
	said, err := base64.RawURLEncoding.DecodeString(value)
	if err != nil {
		return ""
	}
	return string(said)
}
