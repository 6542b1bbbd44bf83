package slacktest

import (
	"cadrebot/bot/bottest"
	"net/url"
)

// press sends a press to the app. The lock must be held.
func (s *Server) press(user string, c *channel, ts string, m *message, button Button) int {
	u := s.person(user)
	if u.gone || s.revoked {
		return 0
	}
	at := s.newTS()
	ephemeral := m != nil && m.ephemeral != ""
	b := append(make([]byte, 0, 1024), `{"type":"block_actions","token":"deprecated-token"`...)
	b = append(b, `,"user":{"id":`...)
	b = bottest.AppendField(bottest.AppendString(b, u.ID), "username", u.Name)
	b = bottest.AppendField(bottest.AppendField(b, "name", u.Name), "team_id", s.opts.TeamID)
	b = bottest.AppendField(append(b, '}'), "api_app_id", s.opts.AppID)
	b = append(b, `,"container":{"type":"message","message_ts":`...)
	b = bottest.AppendField(bottest.AppendString(b, ts), "channel_id", c.id)
	if m != nil && m.thread != "" {
		b = bottest.AppendField(b, "thread_ts", m.thread)
	}
	b = append(b, `,"is_ephemeral":`...)
	if ephemeral {
		b = append(b, `true}`...)
	} else {
		b = append(b, `false}`...)
	}
	b = bottest.AppendField(b, "trigger_id", digits(at, 10)+"."+digits(at, 8)+".fake")
	b = append(append(b, `,"team":{"id":`...), bottest.AppendString(nil, s.opts.TeamID)...)
	b = append(b, `,"domain":"cadre-fake"},"enterprise":null,"is_enterprise_install":false,"channel":{"id":`...)
	b = append(bottest.AppendField(bottest.AppendString(b, c.id), "name", c.name), '}')
	if m != nil && !ephemeral {
		b = s.appendMessage(append(b, `,"message":`...), m)
	}
	b = append(b, `,"state":{"values":{}}`...)
	b = bottest.AppendField(b, "response_url", s.newResponse("actions", c, user, ts))
	b = append(b, `,"actions":[{"type":"button"`...)
	b = bottest.AppendField(b, "action_id", button.ActionID)
	b = bottest.AppendField(b, "block_id", button.BlockID)
	b = bottest.AppendString(append(b, `,"text":{"type":"plain_text","emoji":true,"text":`...), button.Label)
	b = append(b, '}')
	b = bottest.AppendField(b, "value", button.Value)
	b = bottest.AppendField(b, "url", button.URL)
	b = bottest.AppendField(b, "style", button.Style)
	b = append(bottest.AppendField(b, "action_ts", at), `}]}`...)
	return s.enqueue(&delivery{
		Delivery: Delivery{Kind: Interactive, User: user, Channel: c.id, Body: b},
		line:     c.id,
	})
}

// Command has a person give a slash command in a channel, or in their direct
// message when the channel is empty; the bot need not be in it. The command
// begins with a slash. It returns the delivery's number.
func (s *Server) Command(user, channel, command, text string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.person(user)
	c := s.dm(user)
	if channel != "" {
		c = s.channel(channel)
	}
	if u.gone || s.revoked {
		return 0
	}
	at := s.newTS()
	name := c.name
	if c.private {
		name = "privategroup"
	}
	form := url.Values{}
	b := []byte(`{"token":"deprecated-token"`)
	for _, field := range [][2]string{
		{"team_id", s.opts.TeamID},
		{"team_domain", "cadre-fake"},
		{"channel_id", c.id},
		{"channel_name", name},
		{"user_id", u.ID},
		{"user_name", u.Name},
		{"command", command},
		{"text", text},
		{"api_app_id", s.opts.AppID},
		{"is_enterprise_install", "false"},
		{"response_url", s.newResponse("commands", c, user, "")},
		{"trigger_id", digits(at, 10) + "." + digits(at, 8) + ".fake"},
	} {
		b = append(append(append(b, `,"`...), field[0]...), `":`...)
		if field[0] == "is_enterprise_install" {
			b = append(b, field[1]...)
		} else {
			b = bottest.AppendString(b, field[1])
		}
		form.Set(field[0], field[1])
	}
	form.Set("token", "deprecated-token")
	return s.enqueue(&delivery{
		Delivery: Delivery{Kind: Commands, User: user, Channel: c.id, Body: append(b, '}')},
		line:     c.id,
		form:     []byte(form.Encode()),
		answer:   &response{channel: c, user: user},
	})
}

// OpenHome has a person open the app, at the tab "messages" or "home", and
// returns the delivery's number.
func (s *Server) OpenHome(user, tab string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.dm(user)
	if c.user.gone || s.revoked {
		return 0
	}
	b := []byte(`{"type":"app_home_opened"`)
	b = bottest.AppendField(b, "user", user)
	b = bottest.AppendField(b, "channel", c.id)
	b = bottest.AppendField(b, "tab", tab)
	return s.sendEvent(c.id, user, c.id, append(bottest.AppendField(b, "event_ts", s.newTS()), '}'))
}
