package study

import (
	"slices"
	"strconv"
	"strings"

	"cadrebot/bot"
)

// finish ends a round: the score and how it compares, what to look at again with
// the lesson to go back to, and one button on.
func (t *Talk) finish(before string) {
	z := t.state.Quiz
	if z == nil {
		t.WhereAmI()
		return
	}
	total := len(z.Items)
	var lines []string
	if before != "" {
		lines = append(lines, before)
	}
	if z.Part > 0 {
		lines = append(lines, t.Say("quiz.parts", "n", z.Part))
	}
	if line := t.beside(z); line != "" {
		lines = append(lines, line)
	}
	again, lesson := t.review(z)
	lines = append(lines, again...)
	if t.state.Done != t.Today() && total > 0 {
		t.state.Done = t.Today()
		lines = append(lines, t.streakLines()...)
	}
	if t.DailyOn() && z.Daily {
		lines = append(lines, t.Say("daily.until", "time", t.NextDaily()))
	}
	t.Effects = append(t.Effects, bot.Keep{What: "completed", Data: map[string]string{
		"right": strconv.Itoa(z.Right), "of": strconv.Itoa(total),
	}})
	t.tallyScore(z)
	if total > 0 {
		t.state.Last = &score{z.Right, total}
	}
	t.state.Quiz = nil
	more := "quiz"
	if z.Topic != "" {
		more += ":" + z.Topic
	}
	on := t.Button("button.topics", "topics")
	if t.learning() {
		on = t.Button("button.goon", "learn")
	}
	buttons := [][]bot.Button{bot.Row(t.Button("button.again", more), on)}
	if lesson != "" {
		buttons = slices.Insert(buttons, 0, bot.Row(t.Button("button.review", "lesson:"+lesson)))
	}
	m := bot.Message{Head: t.Say("quiz.score", "n", z.Right, "total_n", total), Text: strings.Join(lines, "\n"), Buttons: buttons}
	if len(lines) == 0 {
		m.Head, m.Text = "", m.Head
	}
	t.Send(m)
	if total > 0 {
		t.people.GetToKnow()
	}
}

// beside places a round: beside the class where it is not below it, else
// beside the person's own last one.
func (t *Talk) beside(z *Quiz) string {
	total := len(z.Items)
	if middle := t.placing(z.Right, total); middle != "" {
		return middle
	}
	last := t.state.Last
	if last == nil || last.Total != total || total == 0 || z.Daily {
		return ""
	}
	switch {
	case z.Right > last.Right:
		return t.Say("quiz.better", "n", z.Right-last.Right)
	case z.Right == last.Right && 2*z.Right < total:
		return ""
	case z.Right == last.Right:
		return t.Say("quiz.same")
	}
	return t.Say("quiz.before", "n", last.Right, "total_n", last.Total)
}

// fewItems is how many questions say something of a part, and not of one question.
const fewItems = 3

// review names the questions to look at again, at most three of them, and the
// lesson that teaches most of them.
func (t *Talk) review(z *Quiz) (lines []string, lesson string) {
	if len(z.Wrong) == 0 {
		if len(z.Items) < fewItems {
			return nil, ""
		}
		return []string{t.Say("quiz.allright")}, ""
	}
	lines = []string{"", t.Say("quiz.review", "n", len(z.Wrong))}
	taught := map[string]int{}
	for i, id := range z.Wrong {
		q, ok := t.Library.Question(t.Lang, id)
		if !ok {
			continue
		}
		if i < 3 {
			lines = append(lines, "🔁 "+q.Stem)
		}
		if _, ok := t.Library.Lesson(t.Lang, q.Lesson); ok {
			if taught[q.Lesson]++; lesson == "" || taught[q.Lesson] > taught[lesson] {
				lesson = q.Lesson
			}
		}
	}
	if rest := len(z.Wrong) - 3; rest > 0 {
		lines = append(lines, t.Say("quiz.more", "n", rest))
	}
	if l, ok := t.Library.Lesson(t.Lang, lesson); ok {
		lines = append(lines, t.Say("quiz.lesson", "title", l.Title))
	}
	return lines, lesson
}

// backToQuestion shows the open question again.
func (t *Talk) backToQuestion(string) {
	t.Answer("")
	if t.state.Quiz == nil {
		t.WhereAmI()
		return
	}
	t.askNext("")
}

// leaveQuiz puts the round away that the button names, or the open one where it
// names none; what was answered stays recorded.
func (t *Talk) leaveQuiz(round string) {
	z := t.state.Quiz
	if round != "" && (z == nil || z.ID != round) {
		t.Answer(t.Say("old.round"))
		return
	}
	t.Answer("")
	t.state.Quiz = nil
	n := 0
	if z != nil {
		n = z.N
	}
	text := t.Say("quiz.left.none")
	if n > 0 {
		text = t.Say("quiz.left", "n", n)
	}
	t.Send(bot.Message{Text: text, Buttons: t.FirstSteps()})
}
