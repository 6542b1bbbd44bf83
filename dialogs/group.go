package dialogs

import (
	"slices"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
)

// group answers what happens in a group chat. Words that are not for the bot
// are left alone; what is personal goes on in the private chat.
func (t *talk) group() {
	switch t.ev.Kind {
	case bot.Join, bot.Open:
		t.groupSay("group.hello", "")
	case bot.Press:
		t.answer(t.say("group.private"))
	case bot.Text:
		name, rest, ok := slash(strings.TrimSpace(t.ev.Text))
		if !ok {
			return
		}
		t.groupCommand(name, rest)
	}
}

func (t *talk) groupCommand(name, rest string) {
	code, coded := asCode(rest)
	switch {
	case (name == "class" || name == "start") && t.env.Admin && rest != "" && (coded || t.isOff(rest)):
		t.bind(code, coded)
	case name == "class" && coded:
		t.groupSay("group.go", code)
	case name == "quiz":
		t.groupSay("group.go", "quiz")
	case name == "stop":
		t.stopGroup()
	case name == "start" && t.person.Stopped:
		t.person.Stopped = false
		t.groupSay("group.back", "")
	default:
		t.groupSay("group.go", "start")
	}
}

// isOff tells the words that unbind a group.
func (t *talk) isOff(rest string) bool {
	for _, lang := range content.Langs {
		for _, w := range t.phrases.Words(lang, "group.off_words") {
			if content.Fold(rest) == content.Fold(w) {
				return true
			}
		}
	}
	return false
}

// groupSay says one line, with the way to the private chat where the channel
// has one.
func (t *talk) groupSay(key, payload string, args ...any) {
	m := bot.Message{Text: t.say(key, args...)}
	if link := t.link(payload); payload != "" && link != "" {
		m.Buttons = [][]bot.Button{bot.Row(bot.Button{Label: t.say("group.open"), URL: link})}
	}
	t.effects = append(t.effects, bot.Send{Message: m})
}

// stopGroup is obeyed by everybody's wish or by an admin's: only the latter
// silences a whole group.
func (t *talk) stopGroup() {
	if !t.env.Admin {
		t.groupSay("group.go", "start")
		return
	}
	t.person.Stopped = true
	t.effects = append(t.effects, bot.Withdraw{})
	t.groupSay("group.stopped", "")
}

// bind makes the group a member of a class, in the class's language, or takes
// it out of the one it is in.
func (t *talk) bind(code string, on bool) {
	var c *class
	if on {
		var ok bool
		if c, ok = t.readClass(code); !ok || c.Closed {
			t.groupSay("group.no_class", "", "code", code)
			return
		}
	}
	if on && t.among(code) {
		t.person.Stopped = false
		t.groupSay("group.bound", code, "name", c.Name)
		return
	}
	was := t.unbind()
	if !on {
		if was == "" {
			t.groupSay("group.not_bound", "")
		} else {
			t.groupSay("group.unbound", "", "name", was)
		}
		return
	}
	t.person.Classes, t.person.Stopped = []string{code}, false
	t.person.Lang, t.person.LangChosen, t.person.Zone = string(c.Lang), true, c.Zone
	t.lang = content.ParseLang(t.person.Lang)
	c.Groups = append(slices.Clone(c.Groups), t.person.ID)
	t.putClass(c)
	t.effects = append(t.effects, bot.Member{Audience: c.audience(), Person: t.person.ID})
	t.groupSay("group.bound", code, "name", c.Name)
}

// unbind takes the group out of its class and returns the class's name.
func (t *talk) unbind() (name string) {
	for _, code := range t.person.Classes {
		c, ok := t.readClass(code)
		t.effects = append(t.effects, bot.Member{Audience: c.audience(), Person: t.person.ID, Leave: true})
		if ok {
			name = c.Name
			c.Groups = slices.DeleteFunc(slices.Clone(c.Groups), func(id string) bool { return id == t.person.ID })
			t.putClass(c)
		}
	}
	t.person.Classes = nil
	return name
}
