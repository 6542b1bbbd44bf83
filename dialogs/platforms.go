package dialogs

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
)

// webChannel is the name of the web chat's channel.
const webChannel = "web"

// known are the platforms that have a name in words.
var platformNames = []string{"telegram", "slack", webChannel, "terminal"}

// chatKey is the chat in which a step speaks, where the person has several; ""
// for who has one only, whose state need not say it.
func (t *talk) chatKey() string {
	if len(t.person.Addresses) < 2 {
		return ""
	}
	if t.ev.Chat != "" {
		return t.ev.Channel + ":" + t.ev.Chat
	}
	a, _ := t.person.Reachable()
	return a.Channel + ":" + a.Chat
}

// elsewhere reports whether what stands in a chat is not in sight here.
func (t *talk) elsewhere(chat string) bool {
	return chat != "" && t.ev.Chat != "" && chat != t.ev.Channel+":"+t.ev.Chat
}

// platform is the name of the platform on which an address is.
func (t *talk) platform(a bot.Address) string {
	name, _, _ := strings.Cut(a.Channel, "-")
	if slices.Contains(platformNames, name) {
		return t.say("platform." + name)
	}
	return a.Channel
}

// platforms names where the person is reached, each once: a second one on the
// same platform has a number.
func (t *talk) platforms() []string {
	var names []string
	for _, a := range t.person.Addresses {
		name := t.platform(a)
		for n := 2; slices.Contains(names, name); n++ {
			name = t.platform(a) + " " + strconv.Itoa(n)
		}
		names = append(names, name)
	}
	return names
}

// enumerated joins things in words.
func (t *talk) enumerated(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	list := names[0]
	for _, name := range names[1:last] {
		list = t.say("list.more", "list", list, "next", name)
	}
	return t.say("list.last", "list", list, "next", names[last])
}

// addressKey names an address in a standing button, without saying it.
func addressKey(a bot.Address) string { return someLetters(a.Channel+":"+a.Chat, linkCodeLength) }

// unlink disconnects one of the person's chats: what was learned stays, and who
// writes there next is somebody new.
func (t *talk) unlink(key string) {
	t.answer("")
	names := t.platforms()
	if len(names) < 2 {
		t.show(bot.Message{Text: t.say("unlink.only"), Buttons: [][]bot.Button{bot.Row(t.button("link.other", "link"), t.backToSettings())}})
		return
	}
	i := slices.IndexFunc(t.person.Addresses, func(a bot.Address) bool { return addressKey(a) == key })
	if i < 0 {
		m := bot.Message{Text: t.say("unlink.which")}
		for i, a := range t.person.Addresses {
			m.Buttons = inPairs(m.Buttons, bot.Button{Label: names[i], Data: "unlink:" + addressKey(a)})
		}
		m.Buttons = append(m.Buttons, bot.Row(t.backToSettings()))
		t.show(m)
		return
	}
	t.dropCode() // whoever had that chat may know it
	gone := t.person.Addresses[i]
	t.person.Addresses = slices.Delete(slices.Clone(t.person.Addresses), i, i+1)
	t.effects = append(t.effects, bot.Unlink{Chat: gone})
	if !slices.ContainsFunc(t.person.Addresses, func(a bot.Address) bool { return a.Channel == t.person.Prefer }) {
		t.person.Prefer = ""
	}
	if gone.Channel == t.ev.Channel && gone.Chat == t.ev.Chat {
		t.show(bot.Message{Text: t.say("unlink.here", "platforms", t.enumerated(t.platforms())), Buttons: [][]bot.Button{bot.Row(t.button("stop.back", "start"))}})
		return
	}
	t.effects = append(t.effects, bot.Send{To: gone, Message: bot.Message{
		Text: t.say("unlink.told", "platform", t.platform(bot.Address{Channel: t.ev.Channel})), Buttons: [][]bot.Button{bot.Row(t.button("stop.back", "start"))}}})
	t.show(bot.Message{Text: t.say("unlink.done", "platform", names[i]), Buttons: [][]bot.Button{
		bot.Row(t.button("link.other", "link"), t.backToSettings())}})
}

// prefer says where what nobody asked for arrives, and changes it.
func (t *talk) prefer(channel string) {
	t.answer("")
	switch {
	case channel == "last":
		t.person.Prefer = ""
	case slices.ContainsFunc(t.person.Addresses, func(a bot.Address) bool { return a.Channel == channel }):
		t.person.Prefer = channel
	default:
		m := bot.Message{Text: t.say("prefer.ask")}
		for i, a := range t.person.Addresses {
			if first := slices.IndexFunc(t.person.Addresses, func(x bot.Address) bool { return x.Channel == a.Channel }); first == i {
				m.Buttons = inPairs(m.Buttons, bot.Button{Label: t.platform(a), Data: "prefer:" + a.Channel})
			}
		}
		m.Buttons = append(m.Buttons, bot.Row(t.button("prefer.last", "prefer:last"), t.backToSettings()))
		t.show(m)
		return
	}
	text := t.say("prefer.is_last")
	if t.person.Prefer != "" {
		text = t.say("prefer.done", "platform", t.platform(bot.Address{Channel: channel}))
	}
	t.show(bot.Message{Text: text, Buttons: t.stepsAndBack()})
}

// minutesUntil is how many minutes are left, at least one.
func minutesUntil(now, until time.Time) int {
	return max(1, int((until.Sub(now)+30*time.Second)/time.Minute))
}
