package slacktest

import (
	"cadrebot/bot/bottest"
	"cmp"
	"fmt"
	"sort"
	"strconv"
	"time"
)

// User is a person.
type User struct {
	// ID begins with U or W.
	ID string
	// Name is the handle, RealName what others see.
	Name, RealName string
	// Locale is such as zh-CN, TZ such as Asia/Shanghai.
	Locale, TZ string
}

// Channel is a channel that the bot may be in.
type Channel struct {
	// ID begins with C, or with G for an old private channel.
	ID, Name string
	Private  bool
	// Member says that the bot is in it already.
	Member bool
}

type user struct {
	User
	gone bool
}

type channel struct {
	id, name string
	private  bool
	user     *user // of a direct message
	member   bool
	archived bool
	messages []*message
	window   bottest.Window
}

type message struct {
	ts        string
	user      string // "" for the bot
	text      string // as on the wire
	mrkdwn    bool
	blocks    []byte
	shown     shown
	files     []*file
	thread    string
	ephemeral string // who alone sees it
	edited    string // ts of the last edit that is marked as one
	edits     int
	hook      bool // came by a response_url
}

// kept is how many messages of a channel are kept without history: the
// pressed question may already have the next ones below it.
const kept = 8

// AddUser makes a person known, or replaces what was known of them, and
// returns the id of their direct message with the bot.
func (s *Server) AddUser(u User) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.addUser(u)
	return s.dm(u.ID).id
}

func (s *Server) addUser(u User) *user {
	if u.ID == "" || u.ID[0] != 'U' && u.ID[0] != 'W' {
		panic(fmt.Sprintf("slacktest: user id %q does not begin with U or W", u.ID))
	}
	u.Name = cmp.Or(u.Name, "user-"+u.ID[1:])
	u.RealName = cmp.Or(u.RealName, "User "+u.ID[1:])
	u.Locale = cmp.Or(u.Locale, "en-US")
	u.TZ = cmp.Or(u.TZ, "Asia/Shanghai")
	known := s.users[u.ID]
	if known == nil {
		known = &user{}
		s.users[u.ID] = known
	}
	known.User = u
	return known
}

// person is a user, who is made up when unknown. The lock must be held.
func (s *Server) person(id string) *user {
	if u := s.users[id]; u != nil {
		return u
	}
	return s.addUser(User{ID: id})
}

// DM is the id of a person's direct message with the bot; an unknown person is
// made up.
func (s *Server) DM(user string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dm(user).id
}

func (s *Server) dm(user string) *channel {
	id := "D" + user[1:]
	c := s.channels[id]
	if c == nil {
		c = &channel{id: id, name: "directmessage", user: s.person(user), member: true}
		c.window.Rate = s.opts.ChannelRate
		s.channels[id] = c
	}
	return c
}

// AddChannel makes a channel; without Member, JoinChannel brings the bot in.
func (s *Server) AddChannel(c Channel) {
	if c.ID == "" || c.ID[0] != 'C' && c.ID[0] != 'G' {
		panic(fmt.Sprintf("slacktest: channel id %q does not begin with C or G", c.ID))
	}
	c.Name = cmp.Or(c.Name, "channel-"+c.ID[1:])
	s.mu.Lock()
	defer s.mu.Unlock()
	made := &channel{id: c.ID, name: c.Name, private: c.Private, member: c.Member}
	made.window.Rate = s.opts.ChannelRate
	s.channels[c.ID] = made
	s.names[c.Name] = c.ID
}

// channel is a known channel; a test that names another is wrong.
func (s *Server) channel(id string) *channel {
	c := s.channels[id]
	if c == nil {
		panic(fmt.Sprintf("slacktest: no channel %q; call AddChannel first", id))
	}
	return c
}

// newTS numbers messages and events: by the clock, and never the same twice in
// the workspace. The lock must be held.
func (s *Server) newTS() string {
	s.lastTS = max(s.opts.Now().UnixMicro(), s.lastTS+1)
	return formatTS(s.lastTS)
}

func formatTS(micro int64) string {
	b := strconv.AppendInt(make([]byte, 0, 20), micro/1e6, 10)
	b = append(b, '.')
	for unit := int64(100_000); unit > 0; unit /= 10 {
		b = append(b, byte('0'+micro/unit%10))
	}
	return string(b)
}

// timeOfTS is the instant that a timestamp names; zero for another string.
func timeOfTS(ts string) time.Time {
	seconds, err := strconv.ParseFloat(ts, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMicro(int64(seconds*1e6 + 0.5))
}

func (s *Server) post(c *channel, m *message) {
	m.ts = s.newTS()
	if s.opts.NoHistory && len(c.messages) == kept {
		copy(c.messages, c.messages[1:])
		c.messages[kept-1] = m
		return
	}
	c.messages = append(c.messages, m)
}

func (c *channel) find(ts string) (int, *message) {
	i := sort.Search(len(c.messages), func(i int) bool { return c.messages[i].ts >= ts })
	if i < len(c.messages) && c.messages[i].ts == ts {
		return i, c.messages[i]
	}
	return 0, nil
}

// forgotten says that a message may have existed and is no longer kept.
func (s *Server) forgotten(c *channel, ts string) bool {
	return s.opts.NoHistory && len(c.messages) == kept && ts != "" && ts < c.messages[0].ts
}

// writable says why the bot may not write to a channel.
func (s *Server) writable(c *channel) *refusal {
	switch {
	case c.user != nil && c.user.gone:
		return refused("user_disabled")
	case c.user != nil && s.opts.MessagesTabDisabled:
		return refused("messages_tab_disabled")
	case c.archived:
		return refused("is_archived")
	case !c.member:
		return refused("not_in_channel")
	}
	return nil
}
