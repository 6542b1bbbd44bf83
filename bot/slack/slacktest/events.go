package slacktest

import (
	"cadrebot/bot/bottest"
	"strconv"
)

// sendEvent wraps an event as the Events API does and sends it to the app.
// Line is what it must not overtake. It returns the delivery's number. The
// lock must be held.
func (s *Server) sendEvent(line, user, channel string, event []byte) int {
	id := s.newID("Ev")
	return s.enqueue(&delivery{
		Delivery: Delivery{
			Kind: Events, EventID: id, User: user, Channel: channel,
			Body: s.appendOuter(nil, id, event),
		},
		line: line, event: event,
	})
}

func (s *Server) appendOuter(b []byte, id string, event []byte) []byte {
	b = append(b, `{"type":"event_callback","token":"deprecated-token"`...)
	b = bottest.AppendField(b, "team_id", s.opts.TeamID)
	b = bottest.AppendField(b, "api_app_id", s.opts.AppID)
	b = bottest.AppendField(b, "event_id", id)
	b = append(b, `,"event_time":`...)
	b = strconv.AppendInt(b, s.opts.Now().Unix(), 10)
	b = append(b, `,"authorizations":[{"enterprise_id":null,"is_bot":true,"is_enterprise_install":false`...)
	b = bottest.AppendField(b, "team_id", s.opts.TeamID)
	b = bottest.AppendField(b, "user_id", s.opts.BotUserID)
	b = append(b, `}],"is_ext_shared_channel":false,"event_context":"4-fake","event":`...)
	return append(append(b, event...), '}')
}

// messageEvent is the event of a message under the given type.
func (s *Server) messageEvent(kind string, c *channel, m *message) []byte {
	b := s.appendMessage(make([]byte, 0, 512), m)
	b = append(append(append([]byte(`{"type":"`), kind...), '"'), b[len(`{"type":"message"`):len(b)-1]...)
	b = bottest.AppendField(b, "channel", c.id)
	if kind == "message" {
		b = bottest.AppendField(b, "channel_type", c.kind())
	}
	return append(bottest.AppendField(b, "event_ts", m.ts), '}')
}

// hears says whether the app gets the messages of a channel.
func (s *Server) hears(c *channel) bool {
	return c.member && !s.revoked && (c.user != nil || s.opts.ListensToChannels)
}

// echo sends the bot what became of its own message, if the app gets that:
// a subtype names an edit or a deletion.
func (s *Server) echo(c *channel, m *message, subtype string, before *message) {
	if s.opts.Echo && m.user == "" && m.ephemeral == "" && s.hears(c) {
		s.tellOf(c, m, subtype, before)
	}
}

func (s *Server) tellOf(c *channel, m *message, subtype string, before *message) int {
	if subtype == "" {
		return s.sendEvent(c.id, m.user, c.id, s.messageEvent("message", c, m))
	}
	ts := s.newTS()
	b := append([]byte(`{"type":"message","hidden":true,"subtype":"`), subtype...)
	b = append(b, '"')
	if subtype == "message_deleted" {
		b = bottest.AppendField(b, "deleted_ts", m.ts)
	} else {
		b = s.appendMessage(append(b, `,"message":`...), m)
	}
	b = s.appendMessage(append(b, `,"previous_message":`...), before)
	b = bottest.AppendField(b, "channel", c.id)
	b = bottest.AppendField(b, "channel_type", c.kind())
	b = bottest.AppendField(b, "ts", ts)
	return s.sendEvent(c.id, m.user, c.id, append(bottest.AppendField(b, "event_ts", ts), '}'))
}
