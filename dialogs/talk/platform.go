package talk

import (
	"slices"
	"strings"

	"cadrebot/bot"
)

// WebChannel is the name of the web chat's channel.
const WebChannel = "web"

// known are the platforms that have a name in words.
var platformNames = []string{"telegram", "slack", WebChannel, "terminal"}

// ChatKey is the chat in which a step speaks, where the person has several; ""
// for who has one only, whose state need not say it.
func (t *Talk) ChatKey() string {
	if len(t.Person.Addresses) < 2 {
		return ""
	}
	if t.Ev.Chat != "" {
		return t.Ev.Channel + ":" + t.Ev.Chat
	}
	a, _ := t.Person.Reachable()
	return a.Channel + ":" + a.Chat
}

// Elsewhere reports whether what stands in a chat is not in sight here.
func (t *Talk) Elsewhere(chat string) bool {
	return chat != "" && t.Ev.Chat != "" && chat != t.Ev.Channel+":"+t.Ev.Chat
}

// Platform is the name of the platform on which an address is.
func (t *Talk) Platform(a bot.Address) string {
	name, _, _ := strings.Cut(a.Channel, "-")
	if slices.Contains(platformNames, name) {
		return t.Say("platform." + name)
	}
	return a.Channel
}

// Enumerated joins things in words.
func (t *Talk) Enumerated(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	list := names[0]
	for _, name := range names[1:last] {
		list = t.Say("list.more", "list", list, "next", name)
	}
	return t.Say("list.last", "list", list, "next", names[last])
}
