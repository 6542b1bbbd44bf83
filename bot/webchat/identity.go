package webchat

import (
	"crypto/rand"
	"encoding/base64"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"
)

const (
	cookiePurpose = "web cookie"
	formPurpose   = "web form"
	keyPurpose    = "web key"
	chatLength    = 22 // of 128 bits in base64
	cookieFor     = 365 * 24 * time.Hour
)

// newChat is the address of a chat that nobody can guess.
func newChat() string {
	var b [16]byte
	rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// cookieName binds the cookie to this very host where that can be had.
func (c *Chat) cookieName() string {
	if c.secure {
		return "__Host-chat"
	}
	return "chat"
}

// whose returns the chat of a request's cookie; a forged one is none. It asks
// nobody.
func (c *Chat) whose(r *http.Request) (chat string, ok bool) {
	cookie, err := r.Cookie(c.cookieName())
	if err != nil {
		return "", false
	}
	chat, signature, _ := strings.Cut(cookie.Value, ".")
	if len(chat) != chatLength || !c.seal.Verify(signature, cookiePurpose, chat) {
		return "", false
	}
	return chat, true
}

// known returns the request's chat, or gives it a new one that is nobody's yet.
// The browser keeps it for a year from now.
func (c *Chat) known(w http.ResponseWriter, r *http.Request) string {
	chat, ok := c.whose(r)
	if !ok {
		chat = newChat()
	}
	c.setCookie(w, chat+"."+c.seal.Sign(cookiePurpose, chat), int(cookieFor.Seconds()))
	return chat
}

// setCookie keeps a value in the browser; an age below zero takes it out.
func (c *Chat) setCookie(w http.ResponseWriter, value string, age int) {
	http.SetCookie(w, &http.Cookie{Name: c.cookieName(), Value: value, Path: "/", MaxAge: age,
		HttpOnly: true, Secure: c.secure, SameSite: http.SameSiteLaxMode})
}

// formToken is what a form of this chat's page holds, and nobody else's.
func (c *Chat) formToken(chat string) string { return c.seal.Sign(formPurpose, chat) }

// key names what a browser keeps of a chat, and says nothing of it.
func (c *Chat) key(chat string) string { return c.seal.Sign(keyPurpose, chat)[:8] }

// from is where a request comes from: an IPv4 address, or the part of an IPv6
// address that one household has. A proxy's word is taken from those who are
// trusted alone.
func (c *Chat) from(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	at, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && c.trusted(at); i-- {
		before, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		at = before
	}
	at = at.Unmap()
	if at.Is6() {
		if net, err := at.WithZone("").Prefix(64); err == nil {
			return net.String()
		}
	}
	return at.String()
}

func (c *Chat) trusted(at netip.Addr) bool {
	at = at.Unmap()
	if at.IsLoopback() {
		return true
	}
	for _, p := range c.proxies {
		if p.Contains(at) {
			return true
		}
	}
	return false
}
