package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"cadrebot/bot"

	"github.com/go-telegram/bot/models"
)

// kinds are the updates that the bot asks for.
var kinds = []string{models.AllowedUpdateMessage, models.AllowedUpdateCallbackQuery, models.AllowedUpdateMyChatMember}

// Decode makes an event of an update; false where it means nothing to the bot.
// After an error the event still has what is known of the update's identity,
// for the quarantine. Raw is kept, not copied.
func (a *Adapter) Decode(raw []byte) (bot.Event, bool, error) {
	var u update
	err := json.Unmarshal(raw, &u)
	ev := bot.Event{Channel: Name, Seen: identity(u.ID, raw), Raw: raw}
	switch {
	case err != nil:
		return ev, false, fmt.Errorf("telegram: decode an update: %w", err)
	case u.ID <= 0:
		return ev, false, errors.New("telegram: decode an update: it has no identifier")
	}
	var ok bool
	switch {
	case u.Message != nil:
		ok, err = a.message(&ev, u.Message)
	case u.Query != nil:
		ok, err = press(&ev, u.Query)
	case u.Member != nil:
		ok, err = membership(&ev, u.Member)
	}
	if err != nil {
		return ev, false, fmt.Errorf("telegram: decode update %d: %w", u.ID, err)
	}
	return ev, ok, nil
}

var errNoChat = errors.New("it names no chat")

// locate fills in where an event came from; false where the bot has no say.
func locate(ev *bot.Event, c *chat) bool {
	ev.Chat = strconv.FormatInt(c.ID, 10)
	ev.Group = c.ID < 0
	return c.ID != 0 && c.Type != "channel"
}

// identify fills in who acted.
func identify(ev *bot.Event, u *user, c *chat) {
	ev.Sender = ev.Chat
	if u != nil {
		ev.Sender = strconv.FormatInt(u.ID, 10)
		ev.Lang = u.Lang
		ev.Name = strings.TrimSpace(u.First + " " + u.Last)
	}
	if ev.Group {
		ev.Name = ""
		if c != nil {
			ev.Name = c.Title
		}
	}
}

func (a *Adapter) message(ev *bot.Event, m *message) (bool, error) {
	if m.Chat == nil {
		return false, errNoChat
	}
	if !locate(ev, m.Chat) || m.AutoForward {
		return false, nil
	}
	identify(ev, m.From, m.Chat)
	if m.MigrateTo != 0 {
		ev.Kind, ev.Text = bot.Migrate, strconv.FormatInt(m.MigrateTo, 10)
		return true, nil
	}
	switch {
	case m.SenderChat != nil:
		ev.Sender = strconv.FormatInt(m.SenderChat.ID, 10) // an administrator without a name
	case m.From == nil || m.From.Bot:
		return false, nil
	}
	if m.Text == "" && !m.any() {
		return false, nil // a service message
	}
	ev.Kind = bot.Text
	ev.Reply = ev.Group && m.ReplyTo != nil && m.ReplyTo.From != nil && m.ReplyTo.From.ID == a.id
	text, ours := a.command(m.Text, ev.Group)
	ev.Text = text
	return ours && (!ev.Group || ev.Reply || strings.HasPrefix(text, "/")), nil
}

// command takes the bot's own name off a command. It is false where the
// command is meant for another bot, which can only be in a group.
func (a *Adapter) command(text string, group bool) (string, bool) {
	if !strings.HasPrefix(text, "/") {
		return text, true
	}
	end := strings.IndexAny(text, " \t\n")
	if end < 0 {
		end = len(text)
	}
	name, to, named := strings.Cut(text[:end], "@")
	if !named {
		return text, true
	}
	if me := a.Username(); group && me != "" && !strings.EqualFold(to, me) {
		return text, false
	}
	return name + text[end:], true
}

func press(ev *bot.Event, q *query) (bool, error) {
	if q.From == nil || q.ID == "" {
		return false, errors.New("a press by nobody")
	}
	// A message that was sent long ago may come without its chat: in a private
	// chat, the only place where that is seen, the person is the chat.
	c := &chat{ID: q.From.ID}
	if q.Message != nil && q.Message.Chat != nil {
		c = q.Message.Chat
	}
	if !locate(ev, c) {
		return false, nil
	}
	identify(ev, q.From, c)
	ev.Kind, ev.Query, ev.Data = bot.Press, q.ID, q.Data
	if q.Message != nil && q.Message.ID != 0 {
		ev.Message = strconv.FormatInt(q.Message.ID, 10)
	}
	return true, nil // one without data too: who pressed waits for an answer
}

func membership(ev *bot.Event, m *member) (bool, error) {
	if m.Chat == nil {
		return false, errNoChat
	}
	if !locate(ev, m.Chat) {
		return false, nil
	}
	identify(ev, m.From, m.Chat)
	before, now := m.Old.in(), m.New.in()
	if ev.Kind = bot.Gone; now {
		ev.Kind = bot.Join
	}
	// Between other states, as from member to administrator, nothing changes.
	return before != now, nil
}

func (s status) in() bool {
	switch models.ChatMemberType(s.Status) {
	case models.ChatMemberTypeOwner, models.ChatMemberTypeAdministrator, models.ChatMemberTypeMember:
		return true
	case models.ChatMemberTypeRestricted:
		return s.IsMember
	}
	return false
}
