package webchat

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"

	"cadrebot/bot"
)

// entrance shows what a personal link does, and does nothing yet: previews of
// links fetch it too.
func (c *Chat) entrance(w http.ResponseWriter, r *http.Request) {
	token := r.PathValue("token")
	old, _ := c.whose(r)
	lang := c.reader(r.Context(), r, old).lang
	if _, ok := c.seal.OpenToken(token, c.now()); !ok {
		c.notice(w, lang, http.StatusGone, "web.late_link", "", "")
		return
	}
	c.notice(w, lang, http.StatusOK, "web.enter", "/in/"+token, c.formToken(c.known(w, r)))
}

// enter joins this browser's chat with the person to whom the link was given.
func (c *Chat) enter(engine Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token := r.PathValue("token")
		chat, err := c.authentic(w, r)
		if err == nil {
			err = c.admit(r, chat)
		}
		code, ok := c.seal.OpenToken(token, c.now())
		if err == nil && !ok {
			err = &refusal{status: http.StatusGone, words: "web.late_link"}
		}
		if err != nil {
			c.failed(w, r, chat, err)
			return
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), commitWithin)
		defer cancel()
		sum := sha256.Sum256([]byte(token))
		ev := c.event(r, bot.Text, chat, "in-"+base64.RawURLEncoding.EncodeToString(sum[:12]))
		ev.Text = "/link " + code
		seen := c.hub.watch(chat)
		defer c.hub.leave(chat, seen)
		if _, err := c.handle(ctx, engine, ev); err != nil {
			c.failed(w, r, chat, err)
			return
		}
		c.back(w, r, chat, "", seen)
	}
}

// out takes the chat out of a browser that others use too. The chat itself stays
// whose it is.
func (c *Chat) out(w http.ResponseWriter, r *http.Request) {
	chat, err := c.authentic(w, r)
	if err != nil {
		c.failed(w, r, chat, err)
		return
	}
	lang := c.reader(r.Context(), r, chat).lang
	c.setCookie(w, "", -1)
	if c.secure {
		w.Header().Set("Clear-Site-Data", `"storage"`)
	}
	c.notice(w, lang, http.StatusOK, "web.out_done", "", "")
}
