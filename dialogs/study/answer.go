package study

import (
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/question"
	"cadrebot/dialogs/talk"
)

// posed is a question of a round, or of a lesson, that waits for its answer.
type posed struct {
	*Talk
	z     *Quiz
	q     *content.Question
	asked *question.Asked
}

// pose makes a question one that waits for an answer.
func (t *Talk) pose(z *Quiz, q *content.Question) *posed {
	return &posed{t, z, q, question.Ask(t.Talk, t.grader, q, &z.Open, z.ID, z.turn())}
}

// message is the question as it stands.
func (o *posed) message() bot.Message { return o.asked.Message(o.place()) }

// place is "3/10 · topic"; of a check "3/7 · lesson".
func (o *posed) place() string {
	if o.z.Lesson != "" {
		return o.checkPlace(o.z.Lesson, o.q)
	}
	return o.Say("quiz.place", "n", o.z.N+1, "total_n", len(o.z.Items), "topic", o.topicOf(o.q))
}

// pressAnswer takes a press on a question, if it is one that is open and still
// reads as it did.
func (t *Talk) pressAnswer(rest string) {
	turn, rest, _ := strings.Cut(rest, ":")
	print, data, _ := strings.Cut(rest, ":")
	z := t.roundOf(turn)
	if z == nil {
		t.oldQuestion(turn)
		return
	}
	q, note := t.openIn(z)
	switch {
	case note != "":
		t.Answer("")
		t.goOnAfter(z, note)
		return
	case turn != z.turn() || q == nil:
		t.oldQuestion(turn)
		return
	}
	o := t.pose(z, q)
	if !o.asked.Known(print) {
		t.Answer("")
		o.again(t.Say("quiz.revised"))
		return
	}
	o.play(o.asked.Press(data))
}

// roundOf is the round, or the check of a lesson, to which a turn belongs; nil
// where it is over.
func (t *Talk) roundOf(turn string) *Quiz {
	id, _, _ := strings.Cut(turn, ".")
	for _, z := range []*Quiz{t.state.Quiz, t.state.Check} {
		if z != nil && z.ID == id {
			return z
		}
	}
	return nil
}

// goOnAfter goes on where a question was taken out.
func (t *Talk) goOnAfter(z *Quiz, note string) {
	if z.Lesson == "" {
		t.askNext(note)
		return
	}
	t.state.Check = nil
	t.Send(bot.Message{Text: note, Buttons: t.afterCheck(z.Lesson)})
}

// oldQuestion answers a press that came too late, twice, or from elsewhere.
// Nothing else changes.
func (t *Talk) oldQuestion(turn string) {
	z := t.state.Quiz
	switch {
	case strings.HasPrefix(turn, checkMark):
		t.Answer(t.Say("old.button"))
		return
	case z == nil:
		t.Answer(t.Say("old.round"))
		return
	}
	round, n, _ := strings.Cut(turn, ".")
	if at, err := strconv.Atoi(n); round == z.ID && err == nil && at == z.N+z.Gone-1 {
		// Pressed twice: the next question stands right below.
		t.Answer(t.Say("old.question", "n", z.N+1, "total_n", len(z.Items)))
		return
	}
	t.Answer("")
	menu, over := t.State.Menu, t.State.Over
	t.Send(bot.Message{Text: t.Say("old.way", "n", z.N+1, "total_n", len(z.Items)),
		Buttons: [][]bot.Button{bot.Row(t.Button("button.go", "go"))}})
	t.State.Menu, t.State.Over = menu, over
}

// TypedAnswer takes an answer that was typed. It reports false where the words
// were not meant for the open question.
func (t *Talk) TypedAnswer(text string) bool {
	z := t.state.Quiz
	if t.state.Checking && t.state.Check != nil {
		z = t.state.Check
	}
	if z == nil {
		return false
	}
	q, note := t.openIn(z)
	if q == nil || note != "" {
		if note != "" {
			t.goOnAfter(z, note)
		}
		return note != ""
	}
	if _, other := t.TypedChoice(phrases.Fold(text)); other && t.State.Over {
		return false
	}
	o := t.pose(z, q)
	m := o.asked.Typed(text)
	if m.How == question.Passed {
		return false
	}
	switch {
	case z.Print != "" && !o.asked.Known(z.Print):
		o.again(t.Say("quiz.revised"))
		return true
	case t.Elsewhere(z.At): // what is in sight here may be another question
		o.again("")
		return true
	}
	o.play(m)
	return true
}

// play does what an input has made of the question.
func (o *posed) play(m question.Move) {
	switch m.How {
	case question.Passed: // a button that the question has no more
		o.Answer("")
		o.again(o.Say("quiz.revised"))
	case question.Still:
		if o.Talk.Answer(""); o.Ev.Kind != bot.Press {
			o.again("")
		}
	case question.Unclear:
		o.Talk.Answer(m.Note)
	case question.Drafted:
		o.Talk.Answer("")
		o.again("")
	case question.Answered:
		o.Talk.Answer("")
		o.take(m.Answer)
	}
}

// again shows the question anew: in its own message where a button of it was
// pressed, else in a new one.
func (o *posed) again(note string) {
	m := above(note, o.message())
	if o.Ev.Kind == bot.Press && o.Ev.Message != "" && o.Env.Channel.Edits {
		o.Effects = append(o.Effects, bot.Edit{Target: o.Ev.Message, Message: m})
		return
	}
	o.sendQuestion(o.z, m)
}

// take marks an answer: the question turns into right or wrong with its
// explanation, then the next one comes.
func (o *posed) take(a question.Answer) {
	t, z, q := o.Talk, o.z, o.q
	t.replace(bot.Edit{Handle: z.handle(), Message: o.marked(a)})
	t.Effects = append(t.Effects, bot.Keep{What: "answered", Data: map[string]string{
		"q": q.ID, "o": a.Given, "credit": strconv.FormatFloat(a.Credit, 'f', 2, 64),
	}})
	o.tally(a)
	t.remember(q, a.Credit)
	switch {
	case a.Credit == 1:
		z.Right++
	case a.Credit > 0:
		z.Part++
	}
	if a.Credit < 1 {
		z.Wrong = append(z.Wrong, q.ID)
	}
	z.N, z.Print, z.Draft = z.N+1, "", nil
	if z.Lesson != "" {
		t.state.Check = nil
		t.Menu(bot.Message{Buttons: t.afterCheck(z.Lesson)})
		return
	}
	t.askNext("")
	if l := o.lessonButton(); l != nil && t.state.Quiz != nil {
		t.State.Menu = []talk.Choice{{Label: l[0].Label, Data: l[0].Data}}
	}
}

// replace edits a message, the pressed one where there is one; where nothing can
// be edited it sends the new text.
func (t *Talk) replace(edit bot.Edit) {
	if !t.Env.Channel.Edits {
		t.Effects = append(t.Effects, bot.Send{Message: edit.Message})
		return
	}
	if t.Ev.Kind == bot.Press {
		edit.Target = t.Ev.Message
	}
	t.Effects = append(t.Effects, edit)
}
