package class

import (
	"slices"
	"strings"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
)

// Group answers what happens in a group chat. Words that are not for the bot
// are left alone; what is personal goes on in the private chat.
func (t *Talk) Group() {
	switch t.Ev.Kind {
	case bot.Join, bot.Open:
		t.groupSay("group.hello", "")
	case bot.Press:
		t.Answer(t.Say("group.private"))
	case bot.Text:
		name, rest, ok := talk.Slash(strings.TrimSpace(t.Ev.Text))
		if !ok {
			return
		}
		t.groupCommand(name, rest)
	}
}

func (t *Talk) groupCommand(name, rest string) {
	code, coded := talk.AsCode(rest)
	switch {
	case (name == "class" || name == "start") && t.Env.Admin && rest != "" && (coded || t.isOff(rest)):
		t.bind(code, coded)
	case name == "class" && coded:
		t.groupSay("group.go", code)
	case name == "quiz":
		t.groupSay("group.go", "quiz")
	case name == "stop":
		t.stopGroup()
	case name == "start" && t.Person.Stopped:
		t.Person.Stopped = false
		t.groupSay("group.back", "")
	default:
		t.groupSay("group.go", "start")
	}
}

// isOff tells the words that unbind a group.
func (t *Talk) isOff(rest string) bool { return t.IsWord("group.off_words", rest) }

// groupSay says one line, with the way to the private chat where the channel
// has one.
func (t *Talk) groupSay(key, payload string, args ...any) {
	m := bot.Message{Text: t.Say(key, args...)}
	if link := t.Link(payload); payload != "" && link != "" {
		m.Buttons = [][]bot.Button{bot.Row(bot.Button{Label: t.Say("group.open"), URL: link})}
	}
	t.Effects = append(t.Effects, bot.Send{Message: m})
}

// stopGroup is obeyed by everybody's wish or by an admin's: only the latter
// silences a whole group.
func (t *Talk) stopGroup() {
	if !t.Env.Admin {
		t.groupSay("group.go", "start")
		return
	}
	t.Person.Stopped = true
	t.Effects = append(t.Effects, bot.Withdraw{})
	t.groupSay("group.stopped", "")
}

// bind makes the group a member of a class, in the class's language, or takes
// it out of the one it is in.
func (t *Talk) bind(code string, on bool) {
	var c *Class
	if on {
		var ok bool
		if c, ok = t.ReadClass(code); !ok || c.Closed {
			t.groupSay("group.no_class", "", "code", code)
			return
		}
	}
	if on && t.Among(code) {
		t.Person.Stopped = false
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
	t.Person.Classes, t.Person.Stopped = []string{code}, false
	t.Person.Lang, t.Person.LangChosen, t.Person.Zone = string(c.Lang), true, c.Zone
	t.Lang = phrases.ParseLang(t.Person.Lang)
	c.Groups = append(slices.Clone(c.Groups), t.Person.ID)
	t.putClass(c)
	t.Effects = append(t.Effects, bot.Member{Audience: c.audience(), Person: t.Person.ID})
	t.groupSay("group.bound", code, "name", c.Name)
}

// unbind takes the group out of its class and returns the class's name.
func (t *Talk) unbind() (name string) {
	for _, code := range t.Person.Classes {
		c, ok := t.ReadClass(code)
		t.Effects = append(t.Effects, bot.Member{Audience: c.audience(), Person: t.Person.ID, Leave: true})
		if ok {
			name = c.Name
			c.Groups = slices.DeleteFunc(slices.Clone(c.Groups), func(id string) bool { return id == t.Person.ID })
			t.putClass(c)
		}
	}
	t.Person.Classes = nil
	return name
}
