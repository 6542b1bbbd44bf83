package dialogs

import (
	"slices"
	"strconv"
	"time"

	"cadrebot/bot"
	"cadrebot/dialogs/talk"
)

// platforms names where the person is reached, each once: a second one on the
// same platform has a number.
func (t *step) platforms() []string {
	var names []string
	for _, a := range t.Person.Addresses {
		name := t.Platform(a)
		for n := 2; slices.Contains(names, name); n++ {
			name = t.Platform(a) + " " + strconv.Itoa(n)
		}
		names = append(names, name)
	}
	return names
}

// addressKey names an address in a standing button, without saying it.
func addressKey(a bot.Address) string { return talk.SomeLetters(a.Channel+":"+a.Chat, linkCodeLength) }

// unlink disconnects one of the person's chats: what was learned stays, and who
// writes there next is somebody new.
func (t *step) unlink(key string) {
	t.Answer("")
	names := t.platforms()
	if len(names) < 2 {
		t.Show(bot.Message{Text: t.Say("unlink.only"), Buttons: [][]bot.Button{bot.Row(t.Button("link.other", "link"), t.BackToSettings())}})
		return
	}
	i := slices.IndexFunc(t.Person.Addresses, func(a bot.Address) bool { return addressKey(a) == key })
	if i < 0 {
		m := bot.Message{Text: t.Say("unlink.which")}
		for i, a := range t.Person.Addresses {
			m.Buttons = talk.InPairs(m.Buttons, bot.Button{Label: names[i], Data: "unlink:" + addressKey(a)})
		}
		m.Buttons = append(m.Buttons, bot.Row(t.BackToSettings()))
		t.Show(m)
		return
	}
	t.dropCode() // whoever had that chat may know it
	gone := t.Person.Addresses[i]
	t.Person.Addresses = slices.Delete(slices.Clone(t.Person.Addresses), i, i+1)
	t.Effects = append(t.Effects, bot.Unlink{Chat: gone})
	if !slices.ContainsFunc(t.Person.Addresses, func(a bot.Address) bool { return a.Channel == t.Person.Prefer }) {
		t.Person.Prefer = ""
	}
	if gone.Channel == t.Ev.Channel && gone.Chat == t.Ev.Chat {
		t.Show(bot.Message{Text: t.Say("unlink.here", "platforms", t.Enumerated(t.platforms())), Buttons: [][]bot.Button{bot.Row(t.Button("stop.back", "start"))}})
		return
	}
	t.Effects = append(t.Effects, bot.Send{To: gone, Message: bot.Message{
		Text: t.Say("unlink.told", "platform", t.Platform(bot.Address{Channel: t.Ev.Channel})), Buttons: [][]bot.Button{bot.Row(t.Button("stop.back", "start"))}}})
	t.Show(bot.Message{Text: t.Say("unlink.done", "platform", names[i]), Buttons: [][]bot.Button{
		bot.Row(t.Button("link.other", "link"), t.BackToSettings())}})
}

// prefer says where what nobody asked for arrives, and changes it.
func (t *step) prefer(channel string) {
	t.Answer("")
	switch {
	case channel == "last":
		t.Person.Prefer = ""
	case slices.ContainsFunc(t.Person.Addresses, func(a bot.Address) bool { return a.Channel == channel }):
		t.Person.Prefer = channel
	default:
		m := bot.Message{Text: t.Say("prefer.ask")}
		for i, a := range t.Person.Addresses {
			if first := slices.IndexFunc(t.Person.Addresses, func(x bot.Address) bool { return x.Channel == a.Channel }); first == i {
				m.Buttons = talk.InPairs(m.Buttons, bot.Button{Label: t.Platform(a), Data: "prefer:" + a.Channel})
			}
		}
		m.Buttons = append(m.Buttons, bot.Row(t.Button("prefer.last", "prefer:last"), t.BackToSettings()))
		t.Show(m)
		return
	}
	text := t.Say("prefer.is_last")
	if t.Person.Prefer != "" {
		text = t.Say("prefer.done", "platform", t.Platform(bot.Address{Channel: channel}))
	}
	t.Show(bot.Message{Text: text, Buttons: t.StepsAndBack()})
}

// minutesUntil is how many minutes are left, at least one.
func minutesUntil(now, until time.Time) int {
	return max(1, int((until.Sub(now)+30*time.Second)/time.Minute))
}
