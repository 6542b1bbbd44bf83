// Package audience is what goes to many: who they are, a message on its way to
// them, what is held for those at rest, and how far it is. It knows no
// conversation.
package audience

import (
	"slices"
	"strings"

	"cadrebot/bot"
)

// Class begins the names of the audiences that are a class.
const Class = "class:"

// ClassOf is the code of the class that an audience is.
func ClassOf(audience string) (code string, ok bool) {
	return strings.CutPrefix(audience, Class)
}

// Members counts the audience of a class or of everyone.
func (t *Reach) Members(audience string) bot.Members {
	var m bot.Members
	t.Env.Read(bot.Ref{Kind: bot.MembersRef, ID: audience}, &m)
	return m
}

// Among tells whether the person is in a class.
func (t *Reach) Among(code string) bool { return slices.Contains(t.Person.Classes, code) }

// Everyone is the audience of all people whom the bot has met. A group chat is
// reached through its class.
const Everyone = "everyone"

// InAudience tells whether the person still belongs to those whom a fan-out is
// for.
func (t *Reach) InAudience(audience string) bool {
	if code, ok := ClassOf(audience); ok {
		return t.Among(code)
	}
	return true
}
