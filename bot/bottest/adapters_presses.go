package bottest

import (
	"slices"

	"cadrebot/bot"
)

const asked = "Question 1 <of> 2\nWhich one?"

// ask has a person be asked the question, with all its buttons.
func (s *someone) ask() Seen {
	s.a.Helper()
	s.Type("ask")
	m := s.sees(asked)
	s.a.equal("the buttons", m.Buttons, []string{"Red & <b>", "Blue", "Neither of the two"})
	return m
}

func buttonsPress(a *adapterTest) {
	anna := a.meet("anna", "en")
	anna.ask()
	anna.Press("Blue")
	anna.sees("You chose blue")
	a.equal("pressed", anna.settled().Presses, []string{"c:blue"})
	a.dialog.teach("open", bot.Message{Text: "Read this", Buttons: [][]bot.Button{
		{{Label: "The law", URL: "https://example.org/law?a=1&b=2"}}, {{Label: "Read", Data: "read"}},
	}})
	anna.Type("open")
	anna.sees("Read this")
	anna.Press("Read")
	anna.sees("Pressed read")
}

func numbersAreWords(a *adapterTest) {
	anna := a.meet("anna", "en")
	anna.ask()
	a.dialog.teach("how many", bot.Message{Text: "How many?", Words: true, Buttons: [][]bot.Button{{{Label: "No idea", Data: "c:none"}}}})
	anna.Type("how many")
	anna.sees("How many?")
	anna.says("1")
	a.equal("pressed", anna.settled().Presses, nil)
}

func editsInPlace(a *adapterTest) {
	anna := a.meet("anna", "en")
	anna.ask()
	before := len(anna.See())
	anna.Press("Red & <b>")
	m := anna.sees("You chose red")
	a.equal("the buttons", m.Buttons, []string{"Again"})
	a.equal("edited", m.Edited, true)
	if a.rig.Reprints {
		before++
	} else {
		a.equal("the question as it was", anna.times(asked), 0)
	}
	a.equal("messages", len(anna.See()), before)
	anna.Press("Again")
	anna.sees("Pressed again")
}

func editsFollow(a *adapterTest) {
	anna := a.meet("anna", "en")
	anna.Type("progress")
	anna.sees("Done")
	anna.says("and now")
	anna.settled()
	all := anna.See()
	last := slices.IndexFunc(all, func(m Seen) bool { return m.Text == "Done" })
	for i, m := range all {
		if m.Text == "Begun" && !a.rig.Reprints || m.Text == "Half done" && i > last {
			a.Errorf("%q stands there in the end: %+v", m.Text, all)
		}
	}
	a.equal("the buttons", all[last].Buttons, nil)
}

func doubledPresses(a *adapterTest) {
	anna := a.meet("anna", "en")
	anna.ask()
	anna.Press("Blue")
	a.rig.PressGone(anna.Human, "Blue")
	anna.sees("You chose blue")
	a.until("both presses", func() bool { return len(anna.state().Presses) == 2 })
	anna.says("next")
	anna.settled()
	a.equal("chosen", anna.times("You chose blue"), 1)
}

func oldButtons(a *adapterTest) {
	anna := a.meet("anna", "en")
	anna.ask()
	anna.Type("series 8")
	anna.sees("Still 1")
	a.dialog.teach("other", bot.Message{Text: "Another", Buttons: [][]bot.Button{{{Label: "Other", Data: "other"}}}})
	anna.Type("other")
	anna.sees("Another")
	anna.Press("Neither of the two")
	anna.sees("You chose none")
	a.equal("pressed", anna.settled().Presses, []string{"c:none"})
}

func goneButtons(a *adapterTest) {
	anna := a.meet("anna", "en")
	anna.ask()
	anna.Press("Blue")
	anna.sees("You chose blue")
	a.rig.PressGone(anna.Human, "Red & <b>")
	a.until("both presses", func() bool { return len(anna.state().Presses) == 2 })
	a.equal("pressed", anna.settled().Presses, []string{"c:blue", "c:red"})
	if a.channel.Toasts {
		a.until("a kind answer", func() bool { return slices.Contains(anna.Toasts(), "Answered before") })
	}
	anna.sees("You chose blue")
}

func toasts(a *adapterTest) {
	anna := a.meet("anna", "en")
	anna.ask()
	anna.Press("Blue")
	a.until("the answer to the press", func() bool { return slices.Contains(anna.Toasts(), "Noted: blue") })
	anna.sees("You chose blue")
	a.equal("toasts", anna.Toasts(), []string{"Noted: blue"})
}
