package telegramtest

import (
	"cadrebot/bot/bottest"
	"fmt"
	"sort"
	"strconv"
	"time"
)

// User is a person.
type User struct {
	ID           int64
	FirstName    string
	LastName     string
	Username     string
	LanguageCode string
	// Started says that the person has opened the chat with the bot before;
	// without it the bot may not write first.
	Started bool
}

// Group is a group that may have the bot in it.
type Group struct {
	// ID is below 0; a supergroup's begins with -100.
	ID         int64
	Title      string
	Supergroup bool
	// BotAdmin makes the bot an administrator, who sees every message.
	BotAdmin bool
	// Admins are the users who may administer the group.
	Admins []int64
}

type chatKind string

const (
	private    chatKind = "private"
	group      chatKind = "group"
	supergroup chatKind = "supergroup"
)

type user struct {
	User
	json []byte
	gone bool // the account was deleted
}

type chat struct {
	id       int64
	kind     chatKind
	json     []byte
	user     *user
	group    Group
	open     bool // private: the bot may write
	status   string
	migrated int64
	messages []*message
	lastID   int
	window   bottest.Window
}

type message struct {
	id       int
	from     *user // nil: the bot
	date     time.Time
	edited   time.Time
	edits    int
	text     string
	entities []Entity
	buttons  [][]Button
	file     *file
	reply    *message
	service  []byte
}

// keptMessages is how many messages of a chat are kept without history: the
// pressed question may already have the next one below it.
const keptMessages = 4

// AddUser makes a person known, or replaces what was known of them.
func (t *Server) AddUser(u User) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.addUser(u)
}

func (t *Server) addUser(u User) *chat {
	if u.ID <= 0 {
		panic(fmt.Sprintf("telegramtest: user id %d is not above 0", u.ID))
	}
	if u.FirstName == "" {
		u.FirstName = "User " + strconv.FormatInt(u.ID, 10)
	}
	known := t.users[u.ID]
	if known == nil {
		known = &user{}
		t.users[u.ID] = known
		t.chats[u.ID] = &chat{
			id: u.ID, kind: private, user: known, status: "member",
			window: bottest.Window{Rate: t.opts.ChatRate},
		}
	}
	known.User = u
	known.json = appendUser(nil, u)
	c := t.chats[u.ID]
	c.json = appendPrivateChat(nil, u)
	c.open = c.open || u.Started
	return c
}

// person is the private chat of a user, who is made up when unknown.
func (t *Server) person(id int64) *chat {
	if c := t.chats[id]; c != nil {
		return c
	}
	return t.addUser(User{ID: id})
}

// AddGroup makes a group without the bot in it; Join brings the bot in.
func (t *Server) AddGroup(g Group) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.addGroup(g)
}

func (t *Server) addGroup(g Group) *chat {
	if g.ID >= 0 {
		panic(fmt.Sprintf("telegramtest: group id %d is not below 0", g.ID))
	}
	c := &chat{
		id: g.ID, kind: group, group: g, status: "left",
		window: bottest.Window{Rate: t.opts.GroupRate},
	}
	if g.Supergroup {
		c.kind = supergroup
	}
	c.json = appendGroup(nil, g.ID, string(c.kind), g.Title)
	t.chats[g.ID] = c
	return c
}

func (t *Server) groupChat(id int64) *chat {
	c := t.chats[id]
	if c == nil || c.kind == private {
		panic(fmt.Sprintf("telegramtest: no group %d; call AddGroup first", id))
	}
	return c
}

// newMessageID numbers messages as the platform does: one row for the bot's
// private chats and basic groups, a row of its own for each supergroup.
func (t *Server) newMessageID(c *chat) int {
	if c.kind == supergroup {
		c.lastID++
		return c.lastID
	}
	t.nextMsg++
	c.lastID = t.nextMsg
	return c.lastID
}

func (t *Server) post(c *chat, m *message) {
	m.id = t.newMessageID(c)
	m.date = t.opts.Now()
	if t.opts.NoHistory && len(c.messages) == keptMessages {
		copy(c.messages, c.messages[1:])
		c.messages[keptMessages-1] = m
		return
	}
	c.messages = append(c.messages, m)
}

func (c *chat) find(id int) (int, *message) {
	i := sort.Search(len(c.messages), func(i int) bool { return c.messages[i].id >= id })
	if i < len(c.messages) && c.messages[i].id == id {
		return i, c.messages[i]
	}
	return 0, nil
}

// forgotten says that a message may have existed and is no longer kept.
func (t *Server) forgotten(c *chat, id int) bool {
	return t.opts.NoHistory && id > 0 && len(c.messages) == keptMessages && id < c.messages[0].id
}

// writable says why the bot may not write to a chat.
func (c *chat) writable() *refusal {
	switch {
	case c.kind == private && c.user.gone:
		return forbidden("user is deactivated")
	case c.kind == private && c.status == "kicked":
		return forbidden("bot was blocked by the user")
	case c.kind == private && !c.open:
		return forbidden("bot can't initiate conversation with a user")
	case c.status == "kicked":
		return forbidden("bot was kicked from the " + string(c.kind) + " chat")
	case c.status == "left":
		return forbidden("bot is not a member of the " + string(c.kind) + " chat")
	}
	return nil
}

// lookUp finds the chat that a call names. The lock must be held.
func (t *Server) lookUp(id bottest.FlexInt) (*chat, *refusal) {
	c := t.chats[int64(id)]
	switch {
	case c == nil:
		return nil, bad("chat not found")
	case c.migrated != 0:
		r := bad("group chat was upgraded to a supergroup chat")
		r.migrateTo = c.migrated
		return nil, r
	}
	return c, nil
}

func itoa(n int) string { return strconv.Itoa(n) }
