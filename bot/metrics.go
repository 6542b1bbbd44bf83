package bot

import "github.com/prometheus/client_golang/prometheus"

// Metrics counts what an operator watches. The zero value is not usable.
type Metrics struct {
	events        *prometheus.CounterVec
	steps         prometheus.Histogram
	seen          prometheus.Counter
	conflicts     prometheus.Counter
	commits       prometheus.Counter
	quarantined   prometheus.Counter
	answersFailed prometheus.Counter
	sends         *prometheus.CounterVec
	unknown       *prometheus.CounterVec
	depth         *prometheus.GaugeVec
	oldest        *prometheus.GaugeVec
	held          *prometheus.GaugeVec
	owner         *prometheus.GaugeVec
	// PollLag is how long ago each channel was last heard, in seconds.
	PollLag *prometheus.GaugeVec
}

// NewMetrics registers the counters.
func NewMetrics(r prometheus.Registerer) *Metrics {
	counter := func(name, help string) prometheus.Counter {
		c := prometheus.NewCounter(prometheus.CounterOpts{Namespace: "cadrebot", Name: name, Help: help})
		r.MustRegister(c)
		return c
	}
	counters := func(name, help string, labels ...string) *prometheus.CounterVec {
		c := prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "cadrebot", Name: name, Help: help}, labels)
		r.MustRegister(c)
		return c
	}
	gauges := func(name, help string, labels ...string) *prometheus.GaugeVec {
		g := prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: "cadrebot", Name: name, Help: help}, labels)
		r.MustRegister(g)
		return g
	}
	m := &Metrics{
		events:        counters("events_total", "Events taken in.", "channel", "kind"),
		seen:          counter("events_seen_total", "Events refused because they had their effect before."),
		conflicts:     counter("conflicts_total", "Steps repeated because something they read had changed."),
		commits:       counter("commits_total", "Steps committed."),
		quarantined:   counter("quarantined_total", "Events put into quarantine."),
		answersFailed: counter("answers_failed_total", "Answers to presses that did not arrive."),
		sends:         counters("sends_total", "Posts to a platform by what became of them.", "channel", "lane", "outcome"),
		unknown:       counters("unknown_total", "Messages of which it is not known whether they arrived (each perhaps a double).", "channel"),
		depth:         gauges("outbox_depth", "Messages waiting in the outbox.", "channel", "lane"),
		held:          gauges("outbox_held", "Messages held for a time to come.", "channel"),
		oldest:        gauges("outbox_oldest_seconds", "Age of the oldest waiting message.", "channel", "lane"),
		owner:         gauges("channel_owner", "1 where this instance sends for the channel.", "channel"),
		PollLag:       gauges("poll_lag_seconds", "Seconds since the channel was last heard.", "channel"),
		steps: prometheus.NewHistogram(prometheus.HistogramOpts{
			Namespace: "cadrebot", Name: "step_seconds", Help: "Time of a dialog's step.",
			Buckets: []float64{1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1},
		}),
	}
	r.MustRegister(m.steps)
	return m
}

func (m *Metrics) eventIn(ev Event) { m.events.WithLabelValues(ev.Channel, string(ev.Kind)).Inc() }
