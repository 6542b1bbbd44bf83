package study

// streak is how many days in a row somebody has practised. Days are the
// person's own dates, so it counts nights and no hours: a day of 23 hours is a
// day, and a zone further east may leave a date out.
//
// A day counts on which at least one question was answered. The row goes on
// over a missed day if none of the six days before it was missed: of any seven
// days running one is forgiven. A pause is no missed day, and neither is a day
// on which the daily quiz had nothing to ask.
type streak struct {
	// Day is the last day of the row, N how many of its days count.
	Day int `json:"d,omitempty"`
	N   int `json:"n,omitempty"`
	// Missed is the last day that was forgiven; 0 for none.
	Missed int `json:"m,omitempty"`
	// Idle tells that Day had nothing to ask, and does not count itself.
	Idle bool `json:"i,omitempty"`
}

// forgiven is how many days there are at least from one missed day to the next.
const forgiven = 7

// practised counts a day. A day before the last one, as a journey west brings
// it, counts no second time.
func (s *streak) practised(day int, paused func(int) bool) {
	switch {
	case s.N == 0:
		*s = streak{Day: day, N: 1}
	case day < s.Day || day == s.Day && !s.Idle:
	case day == s.Day:
		s.N, s.Idle = s.N+1, false
	default:
		missed, ok := s.reaches(day, paused)
		if !ok {
			*s = streak{Day: day, N: 1}
			return
		}
		*s = streak{Day: day, N: s.N + 1, Missed: missed}
	}
}

// idle holds the row over a day on which there was nothing to ask.
func (s *streak) idle(day int, paused func(int) bool) {
	if s.N == 0 || day <= s.Day {
		return
	}
	if missed, ok := s.reaches(day, paused); ok {
		s.Day, s.Missed, s.Idle = day, missed, true
	}
}

// days is how long the row is that a day finds: 0 once it is broken.
func (s *streak) days(day int, paused func(int) bool) int {
	if day <= s.Day {
		return s.N
	}
	if _, ok := s.reaches(day, paused); !ok {
		return 0
	}
	return s.N
}

// reaches reports whether the row goes on to a later day, and which missed day
// is then the last.
func (s *streak) reaches(day int, paused func(int) bool) (missed int, ok bool) {
	missed = s.Missed
	for d := s.Day + 1; d < day; d++ {
		if paused(d) {
			continue
		}
		if missed != 0 && d-missed < forgiven {
			return missed, false
		}
		missed = d
	}
	return missed, true
}

// joined is the row of somebody who practised here and there: one goes on over
// the other's days, and no day counts twice.
func (s streak) joined(o streak) streak {
	if o.N == 0 || s.N > 0 && o.Day < s.Day {
		s, o = o, s
	}
	if s.N == 0 { // o ends later, or is all there is
		return o
	}
	from, oFrom := s.Day-s.N+1, o.Day-o.N+1
	if o.Idle {
		oFrom--
	}
	if o.Missed != 0 { // its days lie further apart, by how much is not known
		oFrom -= (o.N + forgiven - 2) / (forgiven - 1)
	}
	if oFrom > s.Day+1 { // a gap: they are two rows, and the later one counts
		return o
	}
	o.N += min(s.N, max(oFrom-from, 0))
	if o.Day == s.Day {
		o.Idle = o.Idle && s.Idle
		o.N = max(o.N, s.N)
	}
	o.Missed = max(o.Missed, s.Missed)
	return o
}

// StreakDays is how many days in a row the person has practised, as of today.
func (t *learner) StreakDays() int { return t.state.Streak.days(t.Day(), t.PausedOn) }
