package slack

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"

	"cadrebot/bot"
)

// mostSeen is how long an identity may be.
const mostSeen = 200

// seen is an identity made of its parts.
func seen(kind string, parts ...string) bot.Seen {
	text := kind + strings.Join(parts, ":")
	if len(text) > mostSeen {
		return digest([]byte(text))
	}
	return bot.Seen{Text: text}
}

// digest is the identity of what names none.
func digest(raw []byte) bot.Seen {
	sum := sha256.Sum256(raw)
	return bot.Seen{Text: "sha256:" + hex.EncodeToString(sum[:])}
}

var envelopeID = regexp.MustCompile(`"envelope_id"\s*:\s*"([^"\\]{1,100})"`)

// written looks for the name of an envelope that can't be read as one, so that
// it can be acknowledged all the same.
func written(frame []byte) string {
	if found := envelopeID.FindSubmatch(frame); found != nil {
		return string(found[1])
	}
	return ""
}
