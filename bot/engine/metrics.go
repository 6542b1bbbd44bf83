package engine

import (
	"cadrebot/bot"
	"github.com/prometheus/client_golang/prometheus"
)

// Metrics counts what an operator watches of events and steps. The zero value
// is not usable.
type Metrics struct {
	events        *prometheus.CounterVec
	steps         prometheus.Histogram
	seen          prometheus.Counter
	conflicts     prometheus.Counter
	commits       prometheus.Counter
	quarantined   prometheus.Counter
	answersFailed prometheus.Counter
}

// NewMetrics registers the counters, which all engines of a process share.
func NewMetrics(r prometheus.Registerer) *Metrics {
	counter := func(name, help string) prometheus.Counter {
		c := prometheus.NewCounter(prometheus.CounterOpts{Namespace: "cadrebot", Name: name, Help: help})
		r.MustRegister(c)
		return c
	}
	m := &Metrics{
		events: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: "cadrebot", Name: "events_total", Help: "Events taken in.",
		}, []string{"channel", "kind"}),
		seen:          counter("events_seen_total", "Events refused because they had their effect before."),
		conflicts:     counter("conflicts_total", "Steps repeated because something they read had changed."),
		commits:       counter("commits_total", "Steps committed."),
		quarantined:   counter("quarantined_total", "Events put into quarantine."),
		answersFailed: counter("answers_failed_total", "Answers to presses that did not arrive."),
		steps: prometheus.NewHistogram(prometheus.HistogramOpts{
			Namespace: "cadrebot", Name: "step_seconds", Help: "Time of a dialog's step.",
			Buckets: []float64{1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1},
		}),
	}
	r.MustRegister(m.events, m.steps)
	return m
}

func (m *Metrics) eventIn(ev *bot.Event) {
	m.events.WithLabelValues(ev.Channel, string(ev.Kind)).Inc()
}
