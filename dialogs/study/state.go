package study

// State is the part of a conversation's state that is about learning.
type State struct {
	Quiz *Quiz `json:"q,omitempty"`
	// Check is the question that a lesson asks; Checking tells that it was
	// asked later than the open question of the round.
	Check    *Quiz `json:"qc,omitempty"`
	Checking bool  `json:"qk,omitempty"`
	// Last is the score of the last round that was finished.
	Last *score `json:"l,omitempty"`
	// Done is the person's own date on which a round was last finished, Off
	// the one on which the daily quiz was last declined.
	Done string `json:"d,omitempty"`
	Off  string `json:"df,omitempty"`
	// Later is until when the day's questions were put off (Unix milliseconds).
	Later int64 `json:"dl,omitempty"`
	// Fresh are the answers that are not in memory yet.
	Fresh freshList `json:"f,omitempty"`
	// Lessons are the lessons under way, the one touched last at the end, and
	// Finished those gone through; Turn counts what was shown of lessons.
	Lessons  []reading `json:"ls,omitempty"`
	Finished finished  `json:"fi,omitempty"`
	Turn     int       `json:"t,omitempty"`
	// Streak is the row of days on which the person has practised.
	Streak streak `json:"st,omitzero"`
}

// Sound drops what can't be gone on with.
func (s *State) Sound() { s.Quiz, s.Check = s.Quiz.sound(), s.Check.sound() }
