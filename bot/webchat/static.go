package webchat

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"net/http"
	"strconv"
)

var (
	//go:embed style.css
	style []byte
	//go:embed script.js
	script []byte
	//go:embed icon.svg
	icon []byte
)

// What never changes under its address may be kept for ever.
var (
	styleAt  = "/style-" + digest(style) + ".css"
	scriptAt = "/script-" + digest(script) + ".js"
)

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

func static(kind string, data []byte) http.HandlerFunc {
	length := strconv.Itoa(len(data))
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", kind)
		h.Set("Content-Length", length)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		if r.URL.Path == "/favicon.ico" {
			h.Set("Cache-Control", "public, max-age=86400")
		}
		_, _ = w.Write(data)
	}
}
