package slacktest

import "cadrebot/bot/bottest"

// JoinChannel has a person bring the bot into a channel and returns the
// delivery's number.
func (s *Server) JoinChannel(channel, inviter string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channel(channel)
	c.member = true
	b := s.memberEvent("member_joined_channel", c)
	return s.sendEvent(c.id, inviter, c.id, append(bottest.AppendField(b, "inviter", s.person(inviter).ID), '}'))
}

// LeaveChannel has a person take the bot out of a channel. The app hears of it
// twice: that a member left, and that it is out.
func (s *Server) LeaveChannel(channel, by string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channel(channel)
	c.member = false
	n := s.sendEvent(c.id, by, c.id, append(s.memberEvent("member_left_channel", c), '}'))
	kind := `{"type":"channel_left"`
	if c.private {
		kind = `{"type":"group_left"`
	}
	b := bottest.AppendField([]byte(kind), "channel", c.id)
	b = bottest.AppendField(b, "actor_id", by)
	s.sendEvent(c.id, by, c.id, append(bottest.AppendField(b, "event_ts", s.newTS()), '}'))
	return n
}

func (s *Server) memberEvent(kind string, c *channel) []byte {
	b := append([]byte(`{"type":"`), kind...)
	b = bottest.AppendField(append(b, '"'), "user", s.opts.BotUserID)
	b = bottest.AppendField(b, "channel", c.id)
	letter := "C"
	if c.private {
		letter = "G"
	}
	b = bottest.AppendField(b, "channel_type", letter)
	b = bottest.AppendField(b, "team", s.opts.TeamID)
	return bottest.AppendField(b, "event_ts", s.newTS())
}

// Archive closes a channel and returns the delivery's number, 0 when the bot
// is not in it.
func (s *Server) Archive(channel, by string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channel(channel)
	c.archived = true
	s.changed()
	if !c.member {
		return 0
	}
	kind := `{"type":"channel_archive"`
	if c.private {
		kind = `{"type":"group_archive"`
	}
	b := bottest.AppendField([]byte(kind), "channel", c.id)
	b = bottest.AppendField(b, "user", by)
	return s.sendEvent(c.id, by, c.id, append(bottest.AppendField(b, "event_ts", s.newTS()), '}'))
}

// Deactivate closes a person's account; the bot is not told.
func (s *Server) Deactivate(user string) { s.setGone(user, true) }

// Reactivate opens it again.
func (s *Server) Reactivate(user string) { s.setGone(user, false) }

func (s *Server) setGone(user string, gone bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.person(user).gone = gone
	s.changed()
}

// Uninstall takes the app out of the workspace: its bot token is revoked, it
// hears of both, and of nothing after that. Reinstall brings it back.
func (s *Server) Uninstall() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = true
	b := []byte(`{"type":"tokens_revoked","tokens":{"oauth":[],"bot":["` + s.opts.BotUserID + `"]}`)
	s.sendEvent("uninstall", "", "", append(bottest.AppendField(b, "event_ts", s.newTS()), '}'))
	b = []byte(`{"type":"app_uninstalled"`)
	s.sendEvent("uninstall", "", "", append(bottest.AppendField(b, "event_ts", s.newTS()), '}'))
}

// Reinstall brings the app back with the same tokens.
func (s *Server) Reinstall() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = false
}
