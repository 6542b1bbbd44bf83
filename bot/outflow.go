package bot

import "time"

// byChannel sorts entries by their channel, keeping their order.
func byChannel(out []Entry) map[string][]*Entry {
	if len(out) == 0 {
		return nil
	}
	parts := make(map[string][]*Entry, 1)
	for i := range out {
		parts[out[i].Channel] = append(parts[out[i].Channel], &out[i])
	}
	return parts
}

// Flow tells an operator how a channel's outbox stands.
type Flow struct {
	Owner   bool
	Waiting [lanes]int
	Oldest  [lanes]time.Duration
	Held    int // for a time to come; not among Waiting
}

// Flow counts what waits in this sender's hands, and publishes it.
func (s *Sender) Flow() Flow {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	f := Flow{Owner: s.may(now)}
	f.Held = len(s.held)
	for _, it := range s.items {
		if it.NotBefore > 0 && s.at(it.NotBefore).After(now) {
			continue
		}
		f.Waiting[it.Lane]++
		f.Oldest[it.Lane] = max(f.Oldest[it.Lane], now.Sub(s.at(it.At)))
	}
	for l, name := range Lanes {
		s.metrics.depth.WithLabelValues(s.channel.Name, name).Set(float64(f.Waiting[l]))
		s.metrics.oldest.WithLabelValues(s.channel.Name, name).Set(f.Oldest[l].Seconds())
	}
	s.metrics.held.WithLabelValues(s.channel.Name).Set(float64(f.Held))
	return f
}
