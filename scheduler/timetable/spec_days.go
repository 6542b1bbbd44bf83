package timetable

import (
	"math/bits"
	"time"
)

// fires tells whether the calendar has any of the days.
func (s *spec) fires() bool {
	if !s.weekday.every {
		return true // a weekday comes in every month, whether or not a day of the month does
	}
	firstDay := bits.TrailingZeros64(s.day.values)
	for month := time.January; month <= time.December; month++ {
		leap := time.Date(2000, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
		if s.month.values>>month&1 == 1 && firstDay <= leap {
			return true
		}
	}
	return false
}

func (s *spec) minutesOfDay() []int {
	var minutes []int
	for m := range minutesPerDay {
		if s.hour.values>>(m/60)&1 == 1 && s.minute.values>>(m%60)&1 == 1 {
			minutes = append(minutes, m)
		}
	}
	return minutes
}

// on tells whether a date is one of the days.
func (s *spec) on(date time.Time) bool {
	if s.month.values>>date.Month()&1 == 0 {
		return false
	}
	day := s.day.values>>date.Day()&1 == 1
	weekday := s.weekday.values>>date.Weekday()&1 == 1
	if s.day.every || s.weekday.every {
		return day && weekday
	}
	return day || weekday
}
