package bot

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"
)

// Seal signs what leaves the bot and comes back by another way. All instances of
// an org share its key; the zero value signs too, but anybody could.
type Seal struct{ key [sha256.Size]byte }

// NewSeal returns the seal of a secret key of any length.
func NewSeal(key []byte) Seal { return Seal{sha256.Sum256(key)} }

// Sign returns 22 characters of [A-Za-z0-9_-] (128 bits of HMAC-SHA256) that
// only a holder of the key can make of these words for this purpose.
func (s Seal) Sign(purpose string, words ...string) string {
	mac := hmac.New(sha256.New, s.key[:])
	for _, w := range append([]string{purpose}, words...) {
		mac.Write([]byte(strconv.Itoa(len(w)) + ":" + w))
	}
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}

// Verify reports, in constant time, whether a signature is Sign's.
func (s Seal) Verify(signature, purpose string, words ...string) bool {
	return hmac.Equal([]byte(signature), []byte(s.Sign(purpose, words...)))
}

const tokenPurpose = "token"

// Token wraps a code of letters and digits into what may stand in a link until
// an instant: whoever does not have the key can make none.
func (s Seal) Token(code string, until time.Time) string {
	end := strconv.FormatInt(until.Unix(), 36)
	return code + "." + end + "." + s.Sign(tokenPurpose, code, end)
}

// OpenToken returns the code of a token; false where it is not one of this seal,
// or too late.
func (s Seal) OpenToken(token string, now time.Time) (code string, ok bool) {
	code, rest, _ := strings.Cut(token, ".")
	end, signature, _ := strings.Cut(rest, ".")
	until, err := strconv.ParseInt(end, 36, 64)
	if err != nil || !s.Verify(signature, tokenPurpose, code, end) || now.Unix() >= until {
		return "", false
	}
	return code, true
}
