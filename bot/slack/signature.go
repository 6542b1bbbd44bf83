package slack

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// signedWithin is how old a request may be, and how far Slack's clock may be
// ahead: an older one was recorded and played again.
const signedWithin = 5 * time.Minute

// signed reports whether Slack has signed a request, just now.
func (a *Adapter) signed(h http.Header, body []byte) bool {
	stamp := h.Get("X-Slack-Request-Timestamp")
	at, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || len(a.signing) == 0 || a.now().Sub(time.Unix(at, 0)).Abs() > signedWithin {
		return false
	}
	given, ok := strings.CutPrefix(h.Get("X-Slack-Signature"), "v0=")
	got, err := hex.DecodeString(given)
	if err != nil || !ok {
		return false
	}
	mac := hmac.New(sha256.New, a.signing)
	mac.Write([]byte("v0:" + stamp + ":"))
	mac.Write(body)
	return hmac.Equal(got, mac.Sum(nil))
}
