package crashtest

import "slices"

// sights are the new messages that somebody sees in the lane of replies.
type sights struct {
	seen    []string // the newest, without doubles
	again   int      // how many of them, from the end, are still to come again
	doubles int
	skipped bool // a run of doubles left one out
}

// double takes in a message and reports whether it was seen before. What was in
// flight at a kill comes again as it came: a run of messages up to the newest.
func (s *sights) double(key string) bool {
	at := slices.Index(s.seen, key)
	if at < 0 {
		s.skipped = s.again > 0
		s.again = 0
		s.seen = append(s.seen, key)
		if len(s.seen) > 8 {
			s.seen = s.seen[1:]
		}
		return false
	}
	left := len(s.seen) - at
	s.skipped = s.again > 0 && left < s.again
	s.again = left - 1
	s.doubles++
	return true
}
