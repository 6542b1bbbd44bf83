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

// webServer serves health, metrics and the webhook.
type webServer struct {
	http.Server
	// hook is what takes deliveries in; until it is set they are told to come
	// again.
	hook  atomic.Pointer[http.Handler]
	ended chan struct{}
}

// listen starts the server. A port that is taken is an error: who only wants
// to talk may go on without.
func (a *app) listen(told func(addr string)) (*webServer, error) {
	l, err := net.Listen("tcp", a.cfg.Listen)
	if err != nil {
		return nil, fmt.Errorf("CADREBOT_LISTEN: %w", err)
	}
	s := &webServer{ended: make(chan struct{})}
	mux := http.NewServeMux()
	a.health.routes(mux)
	if u := a.cfg.webhook; u != nil {
		mux.HandleFunc("POST "+exact(u.Path), func(w http.ResponseWriter, r *http.Request) {
			if hook := s.hook.Load(); hook != nil {
				(*hook).ServeHTTP(w, r)
				return
			}
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusServiceUnavailable)
		})
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
		told(l.Addr().String())
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
