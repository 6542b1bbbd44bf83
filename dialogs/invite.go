package dialogs

import (
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
)

// invite lets a coordinator make a personal way in for somebody who is on no
// platform yet: "/invite 王芳", with a class's code behind the name where they
// are to be in that class at once.
func (t *step) invite(rest string) {
	t.Answer("")
	if !t.Env.Admin {
		t.Send(t.WithSteps(t.Say("invite.admins")))
		return
	}
	if rest == "" {
		t.Send(bot.Message{Text: t.Say("invite.whom"), Buttons: [][]bot.Button{bot.Row(t.Button("settings.back", "set"))}})
		t.State.Ask = "invite"
		return
	}
	t.typeInvite(unfolded(t.Ev.Text, rest))
}

// unfolded is how the rest behind plain words was written: a name keeps its
// capitals.
func unfolded(text, rest string) string {
	for i := range text {
		if text[i] == ' ' && phrases.Fold(text[i:]) == phrases.Fold(rest) {
			return strings.TrimSpace(text[i:])
		}
	}
	return rest
}

// nameMost is how long somebody's name may be, in letters.
const nameMost = 60

// typeInvite takes the name, and perhaps the class, of whom to invite.
func (t *step) typeInvite(text string) {
	t.State.Ask = ""
	if !t.Env.Admin {
		t.Send(t.WithSteps(t.Say("invite.admins")))
		return
	}
	name, class := strings.Join(strings.Fields(text), " "), ""
	if at := strings.LastIndexByte(name, ' '); at > 0 {
		if code, ok := talk.AsCode(name[at+1:]); ok {
			if _, _, ok := t.class.Named(code); ok {
				name, class = name[:at], code
			}
		}
	}
	if letters := []rune(name); len(letters) > nameMost {
		name = string(letters[:nameMost])
	}
	p := bot.Person{ID: t.Env.NewID(59), Name: name, Lang: string(t.Lang), Zone: t.Person.Zone}
	code := t.newLinkCode(linkCode{Person: p.ID, Class: class}, inviteWithin)
	until := t.Env.Now.Add(inviteWithin)
	t.Effects = append(t.Effects, bot.Put{Ref: bot.Ref{Kind: bot.PersonRef, ID: p.ID}, Value: p})
	lines := []string{t.Say("invite.code", "code", spaced(code))}
	if link := t.webLink(code, until); link != "" {
		lines = []string{t.Say("invite.link"), link, "", t.Say("invite.or_code", "code", spaced(code))}
	}
	lines = append(lines, t.Say("invite.until", "date", phrases.Date(t.Lang, until.In(t.Zone()))))
	m := bot.Message{Head: t.Say("invite.head", "name", name), Text: strings.Join(lines, "\n")}
	m.Buttons = [][]bot.Button{bot.Row(t.Button("invite.more", "invite"), t.Button("settings.back", "set"))}
	t.Send(m)
}

// webLink opens the web chat as whom a code leads to; "" where there is none.
func (t *step) webLink(code string, until time.Time) string {
	return strings.ReplaceAll(t.Env.Web, "TOKEN", t.Env.Seal.Token(code, until))
}
