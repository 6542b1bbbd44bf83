package webchat

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
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
	small := zipped(data)
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", kind)
		h.Set("Vary", "Accept-Encoding")
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		if r.URL.Path == "/favicon.ico" {
			h.Set("Cache-Control", "public, max-age=86400")
		}
		sent := data
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			sent = small
		}
		h.Set("Content-Length", strconv.Itoa(len(sent)))
		_, _ = w.Write(sent)
	}
}

// zipped is the same in a few bytes, for networks that are slow.
func zipped(data []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // a level that there is
	_, _ = z.Write(data)                                  // to memory
	_ = z.Close()
	return b.Bytes()
}
