package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// health answers those who watch the process.
type health struct {
	app *app
	// started is set once all channels take events in; before, why says what
	// is missing.
	started atomic.Bool
	mu      sync.Mutex
	why     error
	lag     *prometheus.GaugeVec // by channel, in seconds
}

func newHealth(a *app) *health {
	lag := prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Namespace: "cadrebot", Name: "poll_lag_seconds", Help: "Seconds since the channel was last heard.",
	}, []string{"channel"})
	a.registry.MustRegister(lag)
	return &health{app: a, why: errors.New("starting"), lag: lag}
}

func (h *health) waitFor(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.why = err
}

// pingWithin is how long the database may take to answer a probe.
const pingWithin = 2 * time.Second

// ready returns why the bot does not serve, nil when it does.
func (h *health) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, pingWithin)
	defer cancel()
	a := h.app
	if err := a.db.Ping(ctx); err != nil {
		return fmt.Errorf("the store does not answer: %w", err)
	}
	if e := a.db.embedded; e != nil && e.Err() != nil {
		return fmt.Errorf("the embedded store takes no more writes: %w", e.Err())
	}
	if !h.started.Load() {
		h.mu.Lock()
		defer h.mu.Unlock()
		return h.why
	}
	now := time.Now()
	for _, s := range a.senders {
		if err := s.alive(now); err != nil {
			return err
		}
	}
	for _, p := range a.connections {
		if p.ready == nil {
			continue
		}
		if err := p.ready(now); err != nil {
			return err
		}
	}
	return nil
}

// routes adds what is served to operators.
func (h *health) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("ok\n"))
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := h.ready(r.Context()); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ready\n"))
	})
	metrics := promhttp.HandlerFor(h.app.registry, promhttp.HandlerOpts{})
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		h.measure()
		metrics.ServeHTTP(w, r)
	})
}

// measure brings the gauges up to date.
func (h *health) measure() {
	for _, s := range h.app.senders {
		s.Flow()
	}
	for _, p := range h.app.connections {
		if p.heard == nil {
			continue
		}
		if at := p.heard(); !at.IsZero() {
			h.lag.WithLabelValues(p.adapter.Channel().Name).Set(time.Since(at).Seconds())
		}
	}
}
