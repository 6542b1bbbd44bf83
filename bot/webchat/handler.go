package webchat

import (
	"net/http"
)

// Handler serves everything below "/": the page, what it lives by, and its files.
func (c *Chat) Handler(engine Handler) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", c.page)
	mux.HandleFunc("GET /live", c.live)
	mux.HandleFunc("POST /say", c.take(engine, c.say))
	mux.HandleFunc("POST /press", c.take(engine, c.press))
	mux.HandleFunc("POST /open", c.take(engine, c.open))
	mux.HandleFunc("GET /in/{token}", c.entrance)
	mux.HandleFunc("POST /in/{token}", c.enter(engine))
	mux.HandleFunc("POST /out", c.out)
	mux.HandleFunc("GET /asset/{name...}", c.asset)
	mux.HandleFunc("GET /file/{id}", c.file)
	mux.HandleFunc("GET "+styleAt, static("text/css; charset=utf-8", style))
	mux.HandleFunc("GET "+scriptAt, static("text/javascript; charset=utf-8", script))
	mux.HandleFunc("GET /favicon.ico", static("image/svg+xml", icon))
	mux.HandleFunc("GET /", c.nowhere)
	from := http.NewCrossOriginProtection()
	if err := from.AddTrustedOrigin(c.url); err != nil { // a proxy may call this server by another name
		c.log.Warn("web chat: forms count as the page's own only under the name of this server", "error", err)
	}
	from.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.failed(w, r, "", refuse(http.StatusForbidden, "web.stale"))
	}))
	return guarded(from.Handler(mux))
}

// nowhere answers an address that there is not.
func (c *Chat) nowhere(w http.ResponseWriter, r *http.Request) {
	c.notice(w, c.accepted(r), http.StatusNotFound, "web.nowhere", "", "")
}
