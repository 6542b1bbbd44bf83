package crashtest

import (
	"strconv"
	"strings"
)

// cardShown holds a card against where the presses have led, and chooses the
// next press.
func (rs *readers) cardShown(r *reader, call sight, step string) func() {
	lesson, turn := cardTurn(call)
	switch was := r.shown[call.Message]; {
	case turn < was:
		rs.fault(r, "message %d goes back from turn %d to %d, %s", call.Message, was, turn, step)
		return nil
	case turn == was: // sent again after a kill
		return nil
	case r.round || r.at.ended || lesson != r.at.lesson || step != r.at.step():
		rs.fault(r, "at %s of %s, but %s of %s is shown", r.at.step(), r.at.lesson, step, lesson)
		return nil
	}
	r.up = true
	r.shown[call.Message] = turn
	return rs.turns(r, call, turn)
}

// turns counts what has been shown of lessons: each press that moves the reader
// counts one, and nothing else does.
func (rs *readers) turns(r *reader, call sight, turn int) func() {
	if r.turn++; turn != r.turn {
		rs.fault(r, "%d presses have moved the reader to %s, but %d were counted", r.turn, r.at.step(), turn)
	}
	return func() { rs.turnPage(r, call) }
}

// turnPage presses a button of a card, sometimes twice, or an old one first.
func (rs *readers) turnPage(r *reader, call sight) {
	rs.mu.Lock()
	var pressed []string
	list := r.at.buttons()
	button := list[r.rng.IntN(len(list))]
	data := moveData(call, button)
	if data == "" {
		rs.fault(r, "at %s the button %q is missing among %q", r.at.step(), button, dataOf(call))
	}
	r.at = r.at.after(button)
	oldMessage, old := 0, ""
	switch chance := r.rng.Float64(); {
	case chance < 0.15: // twice
		pressed = []string{data, data}
	case chance < 0.25: // twice, and not the same
		pressed = []string{data, moveData(call, list[r.rng.IntN(len(list))])}
	case chance < 0.35 && r.old.data != "":
		oldMessage, old, r.old.data = r.old.message, r.old.data, ""
		r.stale++
		pressed = []string{data}
	default:
		pressed = []string{data}
	}
	if r.turn%7 == 3 {
		r.old.message, r.old.data = call.Message, data
	}
	rs.mu.Unlock()
	if old != "" {
		rs.press(r, oldMessage, old)
	}
	for _, p := range pressed {
		rs.press(r, call.Message, p)
	}
}

// moveData finds the button of a move or of a choice's words.
func moveData(call sight, button string) string {
	for _, row := range call.Buttons {
		for _, b := range row {
			if strings.HasPrefix(b.Data, "card:") && (strings.HasSuffix(b.Data, ":"+button) || b.Text == button) {
				return b.Data
			}
		}
	}
	return ""
}

// lessonEnds goes on to a round on the lesson.
func (rs *readers) lessonEnds(r *reader, call sight) func() {
	if r.ends[call.Message] { // sent again after a kill
		return nil
	}
	r.ends[call.Message] = true
	if data := buttonData(call, "few:"); r.round || !r.at.ended || data != "few:"+r.at.lesson {
		rs.fault(r, "%s ends at %s, with %q", r.at.lesson, r.at.step(), data)
		return nil
	}
	r.round, r.score, r.of = true, 0, 0
	r.lessons = append(r.lessons, r.at.lesson)
	data := buttonData(call, "few:")
	return func() { rs.press(r, call.Message, data) }
}

// roundEnds checks the score and goes on to the next lesson.
func (rs *readers) roundEnds(r *reader, call sight) func() {
	m := scoreHead.FindStringSubmatch(call.Text)
	right, _ := strconv.Atoi(m[1])
	total, _ := strconv.Atoi(m[2])
	if want := len(drillQuestions[r.at.lesson]); !r.round || right != r.score || total != want || r.of != want {
		rs.fault(r, "a score of %d/%d after %d right answers of %d", right, total, r.score, r.of)
	}
	r.rounds = append(r.rounds, roundDone{right: right, total: total, firsts: r.firsts(r.of)})
	return rs.open(r)
}

// firsts is how many of the last answers were the first ones to their questions.
func (r *reader) firsts(last int) (n int) {
	known := map[string]bool{}
	for i, a := range r.answers {
		if !known[a.item] && i >= len(r.answers)-last {
			n++
		}
		known[a.item] = true
	}
	return n
}
