package dialogs

import (
	"slices"
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
)

// pressAnswer takes a pressed option, if its question is the one that is open.
func (t *talk) pressAnswer(rest string) {
	turn, id, _ := strings.Cut(rest, ":")
	q, _ := t.open()
	z := t.state.Quiz
	if q == nil || turn != z.ID+"."+strconv.Itoa(z.N) {
		t.oldQuestion(turn)
		return
	}
	option, ok := q.Option(id)
	if !ok {
		t.answer(t.say("quiz.option.gone"))
		t.askNext("")
		return
	}
	t.answer("")
	t.take(q, option, bot.Edit{Target: t.ev.Message, Handle: t.handle()})
}

// oldQuestion answers a press that came too late, twice, or from elsewhere.
// Nothing else changes.
func (t *talk) oldQuestion(turn string) {
	z := t.state.Quiz
	if z == nil || z.N >= len(z.Items) {
		t.answer(t.say("old.round"))
		return
	}
	round, n, _ := strings.Cut(turn, ".")
	if at, err := strconv.Atoi(n); round == z.ID && err == nil && at == z.N-1 {
		// Pressed twice: the next question stands right below.
		t.answer(t.say("old.question", "n", z.N+1, "total_n", len(z.Items)))
		return
	}
	t.answer("")
	menu, over := t.state.Menu, t.state.Over
	t.send(bot.Message{Text: t.say("old.way", "n", z.N+1, "total_n", len(z.Items)),
		Buttons: [][]bot.Button{bot.Row(t.button("button.go", "go"))}})
	t.state.Menu, t.state.Over = menu, over
}

// typedAnswer takes an option that was typed: its letter, its number or its
// words.
func (t *talk) typedAnswer(folded string) bool {
	if t.state.Over {
		return false
	}
	q, _ := t.open()
	if q == nil {
		return false
	}
	for i, o := range t.shuffled(q) {
		if folded == content.Fold(letter(i)) || folded == strconv.Itoa(i+1) || folded == content.Fold(o.Text) {
			t.take(q, o, bot.Edit{Handle: t.handle()})
			return true
		}
	}
	return false
}

// take marks an answer: the question turns into right or wrong with its
// explanation, then the next one comes.
func (t *talk) take(q *content.Question, chosen content.Option, edit bot.Edit) {
	z := t.state.Quiz
	edit.Message = t.marked(q, chosen)
	t.effects = append(t.effects, edit, bot.Keep{What: "answered", Data: map[string]string{
		"q": q.ID, "o": chosen.ID, "ok": strconv.FormatBool(chosen.Right),
	}})
	t.state.Recent = append(slices.DeleteFunc(t.state.Recent, func(id string) bool { return id == q.ID }), q.ID)
	if chosen.Right {
		t.remember(q, 1)
		z.Right++
	} else {
		t.remember(q, 0)
		z.Wrong = append(z.Wrong, q.ID)
	}
	if n := len(t.state.Recent) - recentKept; n > 0 {
		t.state.Recent = slices.Delete(t.state.Recent, 0, n)
	}
	z.N++
	t.askNext("")
}

// marked is a question once it is answered, readable for ever.
func (t *talk) marked(q *content.Question, chosen content.Option) bot.Message {
	options, letters := t.shuffled(q), true
	name := func(o content.Option) string {
		i := slices.IndexFunc(options, func(x content.Option) bool { return x.ID == o.ID })
		return letter(i)
	}
	line := func(o content.Option) string { return name(o) + " " + o.Text }
	if fitButtons(options) {
		letters = false
		name = func(o content.Option) string { return o.Text }
		line = name
	}
	m := bot.Message{Text: q.Stem}
	place, right := t.place(q), q.Right()
	switch {
	case chosen.Right:
		m.Head = t.say("quiz.right", "place", place)
		m.Text += "\n✅ " + line(chosen)
	case letters:
		m.Head = t.say("quiz.wrong", "place", place, "chosen", name(chosen), "right", name(right))
	default:
		m.Head = t.say("quiz.wrong.words", "place", place)
	}
	if !chosen.Right {
		m.Text += "\n✗ " + line(chosen) + "\n✅ " + line(right)
	}
	m.Text += "\n\n" + q.Explanation
	return m
}

// finish ends a round: the score, what to look at again, one button on.
func (t *talk) finish(before string) {
	z := t.state.Quiz
	if z == nil {
		t.whereAmI()
		return
	}
	total := len(z.Items)
	lines := []string{}
	if before != "" {
		lines = append(lines, before)
	}
	if last := t.state.Last; last != nil && last.Total == total && total > 0 && !z.Daily {
		switch {
		case z.Right > last.Right:
			lines = append(lines, t.say("quiz.better", "n", z.Right-last.Right))
		case z.Right == last.Right:
			lines = append(lines, t.say("quiz.same"))
		default:
			lines = append(lines, t.say("quiz.before", "n", last.Right, "total_n", last.Total))
		}
	}
	lines = append(lines, t.review(z)...)
	if t.dailyOn() && z.Daily {
		lines = append(lines, t.say("daily.until", "time", t.nextDaily()))
	}
	again := "quiz"
	if z.Topic != "" {
		again += ":" + z.Topic
	}
	t.effects = append(t.effects, bot.Keep{What: "completed", Data: map[string]string{
		"right": strconv.Itoa(z.Right), "of": strconv.Itoa(total),
	}})
	if total > 0 {
		t.state.Last = &score{z.Right, total}
		t.state.Done = t.today()
	}
	t.state.Quiz = nil
	t.send(bot.Message{
		Head: t.say("quiz.score", "n", z.Right, "total_n", total),
		Text: strings.Join(lines, "\n"),
		Buttons: [][]bot.Button{bot.Row(
			t.button("button.again", again), t.button("button.topics", "topics"))},
	})
}

// review names the questions to look at again, at most three of them.
func (t *talk) review(z *quiz) []string {
	if len(z.Wrong) == 0 {
		return []string{t.say("quiz.allright")}
	}
	lines := []string{"", t.say("quiz.review", "n", len(z.Wrong))}
	for _, id := range z.Wrong[:min(3, len(z.Wrong))] {
		if q, ok := t.library.Question(t.lang, id); ok {
			lines = append(lines, "🔁 "+q.Stem)
		}
	}
	if rest := len(z.Wrong) - 3; rest > 0 {
		lines = append(lines, t.say("quiz.more", "n", rest))
	}
	return lines
}

// backToQuestion shows the open question again.
func (t *talk) backToQuestion(string) {
	t.answer("")
	if t.state.Quiz == nil {
		t.whereAmI()
		return
	}
	t.askNext("")
}

// leaveQuiz puts the round away that the button names, or the open one where it
// names none; what was answered stays recorded.
func (t *talk) leaveQuiz(round string) {
	z := t.state.Quiz
	if round != "" && (z == nil || z.ID != round) {
		t.answer(t.say("old.round"))
		return
	}
	t.answer("")
	t.state.Quiz = nil
	n := 0
	if z != nil {
		n = z.N
	}
	text := t.say("quiz.left.none")
	if n > 0 {
		text = t.say("quiz.left", "n", n)
	}
	t.send(bot.Message{Text: text, Buttons: t.firstSteps()})
}
