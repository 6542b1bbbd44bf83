package dialogs

import (
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
)

// A code joins two chats into one person: whoever has it in one chat sends it in
// the other. It works once and not for long, and stands under its own name in
// the store, with whom it leads to.

// linkCode is what the store keeps under a code.
type linkCode struct {
	Person string `json:"p"`
	Until  int64  `json:"u"` // Unix milliseconds
	// Class is the class that an invitation leads into; "" for none.
	Class string `json:"c,omitempty"`
}

// linking is what goes on between a person's platforms.
type linking struct {
	// Code is the person's own, until it is used or over.
	Code  string `json:"c,omitempty"`
	Until int64  `json:"u,omitempty"` // Unix milliseconds
	// Join is a code of somebody else's that waits to be confirmed under Turn.
	Join string `json:"j,omitempty"`
	Turn string `json:"t,omitempty"`
	// Tries counts codes that led nowhere since Since.
	Tries int   `json:"n,omitempty"`
	Since int64 `json:"s,omitempty"` // Unix milliseconds
}

// How long codes are and live, and how often somebody may try one in vain. With 8
// of 31 letters one try in 8.5 thousand million finds one of a hundred live codes;
// five tries a person, and a channel's bound on new people, keep tries few.
const (
	linkCodeLength = 8
	linkWithin     = 10 * time.Minute
	inviteWithin   = 7 * 24 * time.Hour
	linkTries      = 5
)

// asLinkCode reads what may be a code, in any case, with or without a gap.
func asLinkCode(text string) (string, bool) {
	code := strings.ToUpper(phrases.Fold(text))
	code = strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, code)
	if len(code) != linkCodeLength || strings.Trim(code, talk.CodeLetters) != "" {
		return "", false
	}
	return code, true
}

// spaced is a code as people read it: in two halves.
func spaced(code string) string { return code[:len(code)/2] + " " + code[len(code)/2:] }

func codeRef(code string) bot.Ref { return bot.Ref{Kind: bot.CodeRef, ID: code} }

// linkState is the part of the state that codes use.
func (t *step) linkState() *linking {
	if t.state.Link == nil {
		t.state.Link = &linking{}
	}
	return t.state.Link
}

// ownCode is a code that leads to this person: the one there is, or a new one.
func (t *step) ownCode() (code string, until time.Time) {
	l := t.linkState()
	if l.Code != "" && t.Env.Now.Before(talk.FromMillis(l.Until)) {
		return l.Code, talk.FromMillis(l.Until)
	}
	t.dropCode()
	l.Code = t.newLinkCode(linkCode{Person: t.Person.ID}, linkWithin)
	l.Until = t.Env.Now.Add(linkWithin).UnixMilli()
	return l.Code, talk.FromMillis(l.Until)
}

// newLinkCode draws a code that nobody has and puts it into the store, with a
// timer of its person that takes it out again.
func (t *step) newLinkCode(c linkCode, within time.Duration) string {
	code := ""
	for n := 1; ; n++ {
		code = talk.SomeLetters(t.Env.NewID(60+n), linkCodeLength)
		if _, taken := t.Env.Get(codeRef(code)); !taken || n > 8 {
			break
		}
	}
	until := t.Env.Now.Add(within)
	c.Until = until.UnixMilli()
	t.Effects = append(t.Effects, bot.Put{Ref: codeRef(code), Value: c},
		bot.SetWake{Target: bot.Ref{Kind: bot.ConversationRef, ID: c.Person}, Timer: "code:" + code, At: until})
	return code
}

// dropCode takes the person's own code back.
func (t *step) dropCode() {
	l := t.state.Link
	if l == nil || l.Code == "" {
		return
	}
	t.removeCode(l.Code, t.Person.ID)
	l.Code, l.Until = "", 0
}

// removeCode takes a code and its timer away.
func (t *step) removeCode(code, person string) {
	if _, there := t.Env.Get(codeRef(code)); there {
		t.Effects = append(t.Effects, bot.Put{Ref: codeRef(code)},
			bot.SetWake{Target: bot.Ref{Kind: bot.ConversationRef, ID: person}, Timer: "code:" + code})
	}
}

// codeOver takes away a code whose time is over. Who was invited and never came
// is forgotten with it.
func (t *step) codeOver(code string) {
	if l := t.state.Link; l != nil && l.Code == code {
		l.Code, l.Until = "", 0
	}
	if _, there := t.Env.Get(codeRef(code)); there {
		t.Effects = append(t.Effects, bot.Put{Ref: codeRef(code)})
	}
	if len(t.Person.Addresses) == 0 {
		t.Effects = append(t.Effects, bot.Forget{})
	}
}

// findCode looks a code up; it counts how often that was in vain, and too often
// nothing is looked up for a while.
func (t *step) findCode(code string) (c linkCode, found, tired bool) {
	l := t.linkState()
	if t.Env.Now.Sub(time.UnixMilli(l.Since)) > linkWithin {
		l.Tries = 0
	}
	if l.Tries >= linkTries {
		return c, false, true
	}
	if t.Env.Read(codeRef(code), &c) && c.Person != "" && t.Env.Now.UnixMilli() < c.Until {
		return c, true, false
	}
	if l.Tries == 0 {
		l.Since = t.Env.Now.UnixMilli()
	}
	l.Tries++
	return c, false, false
}
