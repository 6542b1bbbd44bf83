package telegramtest

import (
	"cadrebot/bot/bottest"
	"fmt"
	"strconv"
	"strings"
)

// Say has a person write to the bot in the private chat; an unknown person is
// made up. It returns the update's id, or 0 when the bot gets no update of it
// (blocked, or not among the allowed ones).
func (t *Server) Say(userID int64, text string) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.person(userID)
	if c.user.gone || c.status == "kicked" {
		return 0
	}
	c.open = true
	return t.hear(c, &message{from: c.user, text: text, entities: commandEntities(text)})
}

// SayIn has a person write in a group. With privacy mode on the bot hears only
// commands that do not name another bot, and returns 0 for the rest.
func (t *Server) SayIn(groupID, userID int64, text string) int64 {
	return t.ReplyIn(groupID, userID, 0, text)
}

// ReplyIn has a person answer a message of a group. The bot hears it if that
// message was its own.
func (t *Server) ReplyIn(groupID, userID int64, to int, text string) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.groupChat(groupID)
	m := &message{from: t.person(userID).user, text: text, entities: commandEntities(text)}
	if _, original := c.find(to); original != nil {
		stripped := *original
		stripped.reply = nil
		m.reply = &stripped
	}
	if c.status == "left" || c.status == "kicked" {
		return 0
	}
	if !t.hears(c, m) {
		t.post(c, m)
		t.changed()
		return 0
	}
	return t.hear(c, m)
}

func (t *Server) hears(c *chat, m *message) bool {
	if t.opts.SeesAllGroupMessages || c.status == "administrator" {
		return true
	}
	if m.reply != nil && m.reply.from == nil {
		return true
	}
	if len(m.entities) == 0 || m.entities[0].Offset != 0 {
		return false
	}
	_, name, named := strings.Cut(m.text[:m.entities[0].Length], "@")
	return !named || strings.EqualFold(name, t.opts.Username)
}

// hear posts a message and makes it an update.
func (t *Server) hear(c *chat, m *message) int64 {
	t.post(c, m)
	return t.enqueue("message", lineKey{'m', c.id}, func(b []byte) []byte {
		return t.appendMessage(b, c, m)
	})
}

// Press has a person press a button of a message in the private chat. The
// data need not stand on the message, and the message need not exist. It
// returns the update's id, or 0 when the bot gets no update of it.
func (t *Server) Press(userID int64, messageID int, data string) int64 {
	return t.PressIn(userID, userID, messageID, data)
}

// PressIn has a person press a button of a message in any chat.
func (t *Server) PressIn(chatID, userID int64, messageID int, data string) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	who := t.person(userID)
	c := t.chats[chatID]
	if c == nil {
		panic(fmt.Sprintf("telegramtest: no chat %d", chatID))
	}
	if c.kind == private {
		if c.user.gone || c.status == "kicked" {
			return 0
		}
		c.open = true
	}
	return t.enqueue("callback_query", lineKey{'c', userID}, func(b []byte) []byte {
		b = append(append(append(b, `{"id":"`...), t.newQuery(c.id, userID, messageID)...), `","from":`...)
		b = append(append(b, who.user.json...), `,"message":`...)
		if _, m := c.find(messageID); m != nil {
			b = t.appendMessage(b, c, m)
		} else {
			// What the platform sends of a message that it no longer shows.
			b = append(append(b, `{"chat":`...), c.json...)
			b = append(append(b, `,"message_id":`...), itoa(messageID)...)
			b = append(b, `,"date":0}`...)
		}
		b = append(b, `,"chat_instance":"`...)
		b = strconv.AppendInt(b, chatID^0x5bd1e995bd1e995, 10)
		b = append(append(b, `","data":`...), bottest.AppendString(nil, data)...)
		return append(b, '}')
	})
}

// Tap presses the button with that label on the latest message that has one,
// in the private chat; false when none has, or the bot gets no update of it.
func (t *Server) Tap(userID int64, label string) bool {
	messages := t.Messages(userID)
	for i := len(messages) - 1; i >= 0; i-- {
		if button, ok := messages[i].Button(label); ok {
			return t.Press(userID, messages[i].ID, button.Data) != 0
		}
	}
	return false
}

// Block has a person block the bot, Unblock takes it back. Each returns its
// update's id.
func (t *Server) Block(userID int64) int64 { return t.setPrivate(userID, "kicked") }

// Unblock has a person take a block back.
func (t *Server) Unblock(userID int64) int64 { return t.setPrivate(userID, "member") }

func (t *Server) setPrivate(userID int64, status string) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.person(userID)
	c.open = true
	return t.setStatus(c, c.user, status)
}

// Deactivate deletes a person's account; the bot is not told.
func (t *Server) Deactivate(userID int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.person(userID).user.gone = true
}
