package crashtest

import (
	"slices"
)

// question takes a question that is shown, at its beginning or half-way, and
// goes on with it.
func (rs *readers) question(r *reader, call sight, item string) func() {
	now := turnOf(buttonData(call, "a:"))
	looks := call.Text
	if known, ok := r.items[call.Message]; ok && known != now {
		rs.fault(r, "message %d turns from one question into %s", call.Message, item)
	}
	switch {
	case now == r.asked && (looks == r.looks || r.marks[now] != ""): // sent again after a kill
		return nil
	case now == r.asked:
	case r.marks[r.asked] == "" && r.asked != turn{}:
		rs.fault(r, "%s is asked while %s waits", item, r.item)
	case !r.round && (r.at.ended || item != r.at.step()):
		rs.fault(r, "at %s of %s, but %s is asked", r.at.step(), r.at.lesson, item)
	case r.round && !slices.Contains(drillQuestions[r.at.lesson], item):
		rs.fault(r, "%s is asked in a round on %s", item, r.at.lesson)
	default:
		r.asked, r.item, r.done, r.reply = now, item, 0, someReply(item, r.rng)
		if r.round {
			if r.of++; now.n != r.of {
				rs.fault(r, "question %d comes as number %d", r.of, now.n)
			}
		} else {
			r.turn++ // a question is a card, too
		}
	}
	r.looks = looks
	if got, want := draftOf(item, call), r.reply.drafted(r.done); got != want || r.done >= len(r.reply.inputs) {
		rs.fault(r, "%d parts of %s are answered, but %d are to be, by %d inputs of %v", got, item, want, r.done, r.reply.inputs)
		return nil
	}
	return func() { rs.answer(r, call) }
}

// answer presses or types the next part of the answer.
func (rs *readers) answer(r *reader, call sight) {
	rs.mu.Lock()
	in := r.reply.inputs[r.done]
	r.done++
	twice := in.press != "" && r.rng.Float64() < 0.2
	data := ""
	if in.press != "" {
		data = answerData(call, in.press)
		if data == "" {
			rs.fault(r, "%s has no button %q among %q", r.item, in.press, dataOf(call))
		}
	}
	if r.done == len(r.reply.inputs) {
		a := answered{r.item, r.reply.given, r.reply.credit, r.reply.value}
		r.answers = append(r.answers, a)
		r.marks[r.asked] = r.reply.mark()
		if a.credit == "1.00" {
			r.score++
		}
	}
	rs.mu.Unlock()
	if in.words != "" {
		rs.say(r, in.words)
		return
	}
	rs.press(r, call.Message, data)
	if twice {
		rs.press(r, call.Message, data)
	}
}

func answerData(call sight, press string) string {
	for _, data := range answers(call) {
		if len(data) > len(press) && data[len(data)-len(press)-1:] == ":"+press {
			return data
		}
	}
	return ""
}

// marked checks how a question was marked; the question of a lesson has the way
// on below it.
func (rs *readers) marked(r *reader, call sight) func() {
	at, known := r.items[call.Message]
	mark := markHead.FindStringSubmatch(call.Text)[1]
	if !known || r.marks[at] != mark {
		rs.fault(r, "message %d is marked %s, not %s", call.Message, mark, r.marks[at])
		return nil
	}
	_, turn := cardTurn(call)
	if turn == 0 || turn == r.paged { // a round's; sent again, maybe under a question that came twice
		return nil
	}
	r.shown[call.Message], r.paged = turn, turn
	if turn != r.turn {
		rs.fault(r, "%d presses have moved the reader to %s, but %d were counted", r.turn, r.at.step(), turn)
	}
	return func() { rs.turnPage(r, call) }
}
