package bottest

import (
	"slices"
)

func groups(a *adapterTest) {
	anna, bob := a.meet("anna", "en"), a.meet("bob", "vi")
	g := a.rig.Group("Committee", anna.Human, bob.Human)
	g.Type(bob.Human, "just talking")
	g.Type(anna.Human, "/poll now")
	newest := func(text string) (m Seen) {
		a.Helper()
		a.sight("the group", g.See, text, func(all []Seen) bool {
			for _, x := range slices.Backward(all) {
				if x.Text == text {
					m = x
					return true
				}
			}
			return false
		})
		return m
	}
	m := newest(asked)
	a.equal("the buttons", m.Buttons, []string{"Red & <b>", "Blue", "Neither of the two"})
	g.Press(anna.Human, "Blue")
	newest("Votes: 1\nWhich one?")
	g.Press(bob.Human, "Blue")
	newest("Votes: 2\nWhich one?")
	g.Press(bob.Human, "Red & <b>")
	ev := a.dialog.event("/poll now")
	a.until("the last press", func() bool { return len(a.stateOf(ev.Chat).Presses) == 3 })
	if !ev.Group || ev.Chat == "" || ev.Sender == "" || ev.Sender == ev.Chat || ev.Name != "" && ev.Name != "Committee" {
		a.Errorf("%+v", ev)
	}
	h := a.stateOf(ev.Chat)
	a.equal("heard", h.Texts, []string{"/poll now"})
	a.equal("voters", len(h.Votes), 2)
	votes := map[string]bool{}
	for _, v := range h.Votes {
		votes[v] = true
	}
	a.equal("votes", votes, map[string]bool{"blue": true})
	if a.channel.Toasts {
		a.until("who voted twice is told", func() bool { return slices.Contains(bob.Toasts(), "You voted before") })
		a.equal("toasts of the other", slices.Contains(anna.Toasts(), "You voted before"), false)
	}
	a.equal("presses in private", anna.settled().Presses, nil)
	anna.says("in private")
}
