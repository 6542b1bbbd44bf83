package sender

import "github.com/prometheus/client_golang/prometheus"

// Metrics counts what an operator watches of the outbox. The zero value is not
// usable.
type Metrics struct {
	sends   *prometheus.CounterVec
	unknown *prometheus.CounterVec
	depth   *prometheus.GaugeVec
	oldest  *prometheus.GaugeVec
	held    *prometheus.GaugeVec
	owner   *prometheus.GaugeVec
}

// NewMetrics registers the counters, which all senders of a process share.
func NewMetrics(r prometheus.Registerer) *Metrics {
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
	return &Metrics{
		sends:   counters("sends_total", "Posts to a platform by what became of them.", "channel", "lane", "outcome"),
		unknown: counters("unknown_total", "Messages of which it is not known whether they arrived (each perhaps a double).", "channel"),
		depth:   gauges("outbox_depth", "Messages waiting in the outbox.", "channel", "lane"),
		held:    gauges("outbox_held", "Messages held for a time to come.", "channel"),
		oldest:  gauges("outbox_oldest_seconds", "Age of the oldest waiting message.", "channel", "lane"),
		owner:   gauges("channel_owner", "1 where this instance sends for the channel.", "channel"),
	}
}
