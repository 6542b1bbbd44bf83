package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// webServer serves health and metrics, what platforms deliver, and the web chat.
type webServer struct {
	http.Server
	addr string
	// places are where platforms take requests, by their names.
	places map[string]*later
	ended  chan struct{}
}

// later is a place for a handler that is not ready yet: until it is, who comes is
// told to come again.
type later struct {
	addr    string // that the server listens at
	handler atomic.Pointer[http.Handler]
}

func (l *later) serve(h http.Handler) { l.handler.Store(&h) }

// ServeHTTP implements http.Handler.
func (l *later) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h := l.handler.Load(); h != nil {
		(*h).ServeHTTP(w, r)
		return
	}
	w.Header().Set("Retry-After", "1")
	w.WriteHeader(http.StatusServiceUnavailable)
}

// listen starts the server. A port that is taken is an error: who only wants
// to talk may go on without.
func (a *app) listen(told func(addr string)) (*webServer, error) {
	l, err := net.Listen("tcp", a.cfg.Listen)
	if err != nil {
		return nil, fmt.Errorf("CADREBOT_LISTEN: %w", err)
	}
	s := &webServer{addr: l.Addr().String(), places: map[string]*later{}, ended: make(chan struct{})}
	mux := http.NewServeMux()
	a.health.routes(mux)
	for _, p := range a.cfg.which(func(p platform) bool { return pattern(p) != "" }) {
		s.places[p.name()] = &later{addr: s.addr}
		path := pattern(p)
		if !p.local() {
			path = "POST " + exact(path)
		}
		mux.Handle(path, s.places[p.name()])
	}
	s.Server = http.Server{
		Handler:           mux,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      35 * time.Second,
		IdleTimeout:       90 * time.Second,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(a.log.Handler(), slog.LevelDebug),
	}
	if told != nil {
		told(s.addr)
	}
	go func() {
		defer close(s.ended)
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			a.log.Error("http server ended", "error", err)
		}
	}()
	return s, nil
}

// exact keeps a path that ends in a slash from meaning everything below it.
func exact(path string) string {
	if path[len(path)-1] == '/' {
		return path + "{$}"
	}
	return path
}

// stop takes no more requests and waits for those under way.
func (s *webServer) stop(ctx context.Context) {
	if s == nil {
		return
	}
	if s.Shutdown(ctx) != nil {
		_ = s.Close()
	}
	<-s.ended
}
