package dialogs

import (
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
)

// invite lets a coordinator make a personal way in for somebody who is on no
// platform yet: "/invite 王芳", with a class's code behind the name where they
// are to be in that class at once.
func (t *talk) invite(rest string) {
	t.answer("")
	if !t.env.Admin {
		t.send(t.withSteps(t.say("invite.admins")))
		return
	}
	if rest == "" {
		t.send(bot.Message{Text: t.say("invite.whom"), Buttons: [][]bot.Button{bot.Row(t.button("settings.back", "set"))}})
		t.state.Ask = "invite"
		return
	}
	t.typeInvite(unfolded(t.ev.Text, rest))
}

// unfolded is how the rest behind plain words was written: a name keeps its
// capitals.
func unfolded(text, rest string) string {
	for i := range text {
		if text[i] == ' ' && content.Fold(text[i:]) == content.Fold(rest) {
			return strings.TrimSpace(text[i:])
		}
	}
	return rest
}

// nameMost is how long somebody's name may be, in letters.
const nameMost = 60

// typeInvite takes the name, and perhaps the class, of whom to invite.
func (t *talk) typeInvite(text string) {
	t.state.Ask = ""
	if !t.env.Admin {
		t.send(t.withSteps(t.say("invite.admins")))
		return
	}
	name, class := strings.Join(strings.Fields(text), " "), ""
	if at := strings.LastIndexByte(name, ' '); at > 0 {
		if code, ok := asCode(name[at+1:]); ok {
			if c, ok := t.readClass(code); ok && !c.Closed {
				name, class = name[:at], code
			}
		}
	}
	if letters := []rune(name); len(letters) > nameMost {
		name = string(letters[:nameMost])
	}
	p := bot.Person{ID: t.env.NewID(59), Name: name, Lang: string(t.lang), Zone: t.person.Zone}
	code := t.newLinkCode(linkCode{Person: p.ID, Class: class}, inviteWithin)
	until := t.env.Now.Add(inviteWithin)
	t.effects = append(t.effects, bot.Put{Ref: bot.Ref{Kind: bot.PersonRef, ID: p.ID}, Value: p})
	lines := []string{t.say("invite.code", "code", spaced(code))}
	if link := t.webLink(code, until); link != "" {
		lines = []string{t.say("invite.link"), link, "", t.say("invite.or_code", "code", spaced(code))}
	}
	lines = append(lines, t.say("invite.until", "date", content.Date(t.lang, until.In(t.zone()))))
	m := bot.Message{Head: t.say("invite.head", "name", name), Text: strings.Join(lines, "\n")}
	m.Buttons = [][]bot.Button{bot.Row(t.button("invite.more", "invite"), t.button("settings.back", "set"))}
	t.send(m)
}

// webLink opens the web chat as whom a code leads to; "" where there is none.
func (t *talk) webLink(code string, until time.Time) string {
	return strings.ReplaceAll(t.env.Web, "TOKEN", t.env.Seal.Token(code, until))
}
