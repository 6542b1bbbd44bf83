package crashtest

import (
	"strings"
)

// act is what a learner does with what is open: presses a button, mostly once,
// or types.
func (c *crowd) act(l *learner, call sight) {
	c.mu.Lock()
	if !l.waits || l.open.Message != call.Message {
		c.mu.Unlock()
		return
	}
	l.waits = false
	c.held.Add(-1)
	var todo []func()
	press := func(message int, data string) {
		todo = append(todo, func() { c.fake.Press(l.id, message, data) })
	}
	var options []string
	for _, row := range call.Buttons {
		for _, b := range row {
			if strings.HasPrefix(b.Data, "a:") {
				options = append(options, b.Data)
			}
		}
	}
	if len(options) == 0 { // a score
		press(call.Message, buttonData(call, "quiz"))
	} else {
		now := turnOf(options[0])
		options, how := sensible(options)
		chosen := options[l.rng.IntN(len(options))]
		chance := l.rng.Float64()
		typing := chance >= 0.08 && chance < 0.16 && how != inSteps || how == byWords && chance >= 0.22
		begun := l.steps[now]
		if !begun && (how == atOnce || how == byWords && !typing) {
			l.answered[now] = true
		} else {
			l.steps[now] = true
		}
		switch {
		case chance < 0.08: // twice, and not quite the same
			press(call.Message, chosen)
			if how != inSteps {
				chosen = options[l.rng.IntN(len(options))]
			}
			press(call.Message, chosen)
		case typing:
			todo = append(todo, func() { c.fake.Say(l.id, "1") })
		case chance < 0.22 && l.old != "" && !begun: // at most once a question
			l.stale++
			press(l.oldID, l.old)
			press(call.Message, chosen)
			l.meant[now] = statementMark(chosen)
		default:
			press(call.Message, chosen)
			l.meant[now] = statementMark(chosen)
		}
		if n := now.n; n == 2 || n == 7 {
			l.old, l.oldID = chosen, call.Message
		} else if n == 5 && c.ask != nil && !begun && !typing { // below help, a number means its first button
			l.asked++
			todo = append([]func(){func() { c.ask(l.id) }}, todo...)
		}
	}
	c.mu.Unlock()
	for _, do := range todo {
		c.presses.Add(1)
		do()
	}
}

// statementMark is what a press makes of a statement, for all of them are true.
func statementMark(data string) string {
	switch data[strings.LastIndex(data, ":")+1:] {
	case "t":
		return "✅"
	case "f":
		return "✗"
	}
	return ""
}

// The ways in which a question is answered.
const (
	atOnce  = iota // by one press, or its number typed
	byWords        // by what is typed for each gap, or one press of “I don’t know”
	inSteps        // by several presses
)

// sensible are the buttons of a question of which one may be pressed next, and
// how the question is answered.
func sensible(options []string) (next []string, how int) {
	ticked, done := false, ""
	for _, data := range options {
		switch rest := data[strings.LastIndex(data, ":")+1:]; {
		case rest == "=": // all is ticked
			how, done = inSteps, data
		case rest == "0": // all is taken back
		case strings.HasPrefix(rest, "-"):
			ticked = true
		case strings.HasPrefix(rest, "?"):
			return options, byWords
		default:
			next = append(next, data)
			if strings.Contains(rest, ".") || len(rest) > 4 { // a pair, or a place and what comes there
				how = inSteps
			}
		}
	}
	if ticked {
		return []string{done}, inSteps
	}
	return next, how
}
