package telegramtest

import (
	"slices"
	"strconv"
)

// Join has a user bring the bot into a group. The bot hears of it twice, as
// from the platform: its own membership, and a message about a new member.
func (t *Server) Join(groupID, byUserID int64) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	c, who := t.groupChat(groupID), t.person(byUserID).user
	status := "member"
	if c.group.BotAdmin {
		status = "administrator"
	}
	id := t.setStatus(c, who, status)
	service := append([]byte(`,"new_chat_members":[`), t.botUser...)
	t.hear(c, &message{from: who, service: append(service, ']')})
	return id
}

// Kick has a user throw the bot out of a group.
func (t *Server) Kick(groupID, byUserID int64) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.setStatus(t.groupChat(groupID), t.person(byUserID).user, "kicked")
}

// Migrate turns a basic group into a supergroup and returns its new id. The
// bot hears of it in both; calls that name the old id are refused with the new.
func (t *Server) Migrate(groupID, byUserID int64) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	old, who := t.groupChat(groupID), t.person(byUserID).user
	g := old.group
	g.ID, g.Supergroup = -1_000_000_000_000+groupID, true
	c := t.addGroup(g)
	c.status = old.status
	t.hear(old, &message{from: who, service: strconv.AppendInt([]byte(`,"migrate_to_chat_id":`), c.id, 10)})
	t.hear(c, &message{from: who, service: strconv.AppendInt([]byte(`,"migrate_from_chat_id":`), old.id, 10)})
	old.migrated = c.id
	return c.id
}

// setStatus changes the bot's membership of a chat and tells the bot.
func (t *Server) setStatus(c *chat, by *user, status string) int64 {
	before := c.status
	c.status = status
	return t.enqueue("my_chat_member", lineKey{'s', c.id}, func(b []byte) []byte {
		b = append(append(b, `{"chat":`...), c.json...)
		b = append(append(b, `,"from":`...), by.json...)
		b = strconv.AppendInt(append(b, `,"date":`...), t.opts.Now().Unix(), 10)
		b = appendMember(append(b, `,"old_chat_member":`...), t.botUser, before)
		b = appendMember(append(b, `,"new_chat_member":`...), t.botUser, status)
		return append(b, '}')
	})
}

func appendMember(b, user []byte, status string) []byte {
	b = append(append(append(b, `{"status":"`...), status...), `","user":`...)
	b = append(b, user...)
	if status == "kicked" {
		b = append(b, `,"until_date":0`...)
	}
	return append(b, '}')
}

func (t *Server) getChat(q *request) reply {
	t.mu.Lock()
	defer t.mu.Unlock()
	c, refused := t.lookUp(q.params.ChatID)
	if refused == nil {
		refused = c.writable()
	}
	if refused != nil {
		return t.deny(refused)
	}
	b := append([]byte(`{"ok":true,"result":`), c.json[:len(c.json)-1]...)
	b = append(b, `,"accent_color_id":0,"max_reaction_count":11}}`...)
	return t.accept(q, Call{ChatID: c.id}, b)
}

func (t *Server) getChatMember(q *request) reply {
	t.mu.Lock()
	defer t.mu.Unlock()
	c, refused := t.lookUp(q.params.ChatID)
	if refused != nil {
		return t.deny(refused)
	}
	id := int64(q.params.UserID)
	who := t.users[id]
	status, json := "member", t.botUser
	switch {
	case id == t.botID:
		status = c.status
	case who == nil:
		return t.deny(bad("user not found"))
	default:
		json = who.json
		if slices.Contains(c.group.Admins, id) {
			status = "administrator"
		}
	}
	b := append(appendMember([]byte(`{"ok":true,"result":`), json, status), '}')
	return t.accept(q, Call{ChatID: c.id}, b)
}

func (t *Server) leaveChat(q *request) reply {
	t.mu.Lock()
	defer t.mu.Unlock()
	c, refused := t.lookUp(q.params.ChatID)
	switch {
	case refused != nil:
	case c.kind == private:
		refused = bad("chat member status can't be changed in private chats")
	default:
		refused = c.writable()
	}
	if refused != nil {
		return t.deny(refused)
	}
	c.status = "left"
	return t.accept(q, Call{ChatID: c.id}, answerTrue)
}
