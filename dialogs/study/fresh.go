package study

import (
	"math"
	"strconv"
	"strings"

	"cadrebot/dialogs/recall"
)

// fresh is one thing that is not in memory yet: an answer, or a question to be
// learned.
type fresh struct {
	ID       string
	Day      int
	Answered bool
	recall.Answer
}

// into puts it into memory.
func (f fresh) into(m *recall.Memory) {
	if f.Answered {
		m.Answer(model, f.ID, f.Day, f.Answer)
	} else {
		m.Plant(f.ID, f.Day)
	}
}

// freshList is kept as one string, which a press reads faster than a list:
// "zh-direction-3:20778:100:25:25 zh-direction-4:20778", with credit and what
// guessing earns in percent.
type freshList []fresh

// MarshalText implements encoding.TextMarshaler.
func (l freshList) MarshalText() ([]byte, error) {
	var out []byte
	for i, f := range l {
		if i > 0 {
			out = append(out, ' ')
		}
		out = append(out, f.ID...)
		out = append(out, ':')
		out = strconv.AppendInt(out, int64(f.Day), 10)
		if f.Answered {
			for _, x := range []float64{f.Credit, f.Guess.Right, f.Guess.Credit} {
				out = append(out, ':')
				out = strconv.AppendInt(out, int64(math.Round(x*100)), 10)
			}
		}
	}
	return out, nil
}

// UnmarshalText implements encoding.TextUnmarshaler. What can't be read is left
// out.
func (l *freshList) UnmarshalText(text []byte) error {
	*l = nil
	for one := range strings.FieldsSeq(string(text)) {
		parts := strings.Split(one, ":")
		if len(parts) != 2 && len(parts) != 5 {
			continue
		}
		var n [4]int
		ok := true
		for i, p := range parts[1:] {
			x, err := strconv.Atoi(p)
			n[i], ok = x, ok && err == nil
		}
		if !ok {
			continue
		}
		*l = append(*l, fresh{ID: parts[0], Day: n[0], Answered: len(parts) == 5, Answer: recall.Answer{
			Credit: float64(n[1]) / 100, Guess: recall.Guess{Right: float64(n[2]) / 100, Credit: float64(n[3]) / 100}}})
	}
	return nil
}
