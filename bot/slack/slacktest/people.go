package slacktest

import (
	"slices"
	"strings"
)

// Say has a person write to the bot in the direct message; an unknown person
// is made up. It returns the message's timestamp, or "" when the person is
// gone.
func (s *Server) Say(user, text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hear(s.dm(user), user, "", text, nil)
}

// SayIn has a person write in a channel. The app gets a message event if it
// listens to channels, and another event, of a mention, if the text has
// "<@" + BotUserID() + ">".
func (s *Server) SayIn(channel, user, text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hear(s.channel(channel), user, "", text, nil)
}

// Mention is SayIn with a mention of the bot in front of the text.
func (s *Server) Mention(channel, user, text string) string {
	return s.SayIn(channel, user, "<@"+s.opts.BotUserID+"> "+text)
}

// Reply has a person write in the thread below a message, in a channel or in
// their direct message.
func (s *Server) Reply(channel, user, thread, text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hear(s.channel(channel), user, thread, text, nil)
}

// SendFile has a person share a file, with words, in a channel or in their
// direct message.
func (s *Server) SendFile(channel, user, name string, data []byte, text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := &file{id: s.newID("F"), name: name, title: name, mime: mimeOf(name), data: data}
	s.files[f.id] = f
	return s.hear(s.channel(channel), user, "", text, f)
}

func (s *Server) hear(c *channel, user, thread, text string, f *file) string {
	if s.person(user).gone || c.archived {
		return ""
	}
	mention := "<@" + s.opts.BotUserID + ">"
	parts := strings.Split(text, mention)
	mentioned := len(parts) > 1 && c.user == nil
	for i, part := range parts {
		parts[i] = escape(part)
	}
	m := &message{user: user, thread: thread, text: strings.Join(parts, mention), mrkdwn: true}
	m.shown.text = strings.ReplaceAll(text, mention, "@cadre")
	if f != nil {
		m.files = []*file{f}
	}
	s.post(c, m)
	if s.hears(c) {
		s.tellOf(c, m, "", nil)
	}
	if mentioned && c.member && !s.revoked {
		s.sendEvent(c.id, user, c.id, s.messageEvent("app_mention", c, m))
	}
	s.changed()
	return m.ts
}

// Edit has a person change a message of theirs; false when there is none.
func (s *Server) Edit(channel, ts, text string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channel(channel)
	_, m := c.find(ts)
	if m == nil || m.user == "" {
		return false
	}
	before := *m
	m.text, m.shown.text, m.edited = escape(text), text, s.newTS()
	m.edits++
	if s.hears(c) {
		s.tellOf(c, m, "message_changed", &before)
	}
	s.changed()
	return true
}

// Delete has a person take a message of theirs back; false when there is none.
func (s *Server) Delete(channel, ts string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channel(channel)
	_, m := c.find(ts)
	if m == nil || m.user == "" {
		return false
	}
	s.remove(c, m)
	if s.hears(c) {
		s.tellOf(c, m, "message_deleted", m)
	}
	s.changed()
	return true
}

// Press has a person press a button of a message, named by its action id or by
// its label, and returns the delivery's number; 0 when there is no such button
// that they can press.
func (s *Server) Press(user, channel, ts, button string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channel(channel)
	_, m := c.find(ts)
	if m == nil || m.ephemeral != "" && m.ephemeral != user {
		return 0
	}
	found, ok := s.view(m).find(func(b Button) bool { return b.ActionID == button })
	if !ok {
		found, ok = s.view(m).Button(button)
	}
	if !ok {
		return 0
	}
	return s.press(user, c, ts, m, found)
}

// PressStale has a person press a button that need not stand on the message
// any more; the message need not exist either. Slow screens do that.
func (s *Server) PressStale(user, channel, ts string, button Button) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channel(channel)
	_, m := c.find(ts)
	return s.press(user, c, ts, m, button)
}

// Tap presses the button with that label on the latest message of a channel
// that has one; false when none has.
func (s *Server) Tap(user, channel, label string) bool {
	for _, m := range slices.Backward(s.Messages(channel)) {
		if b, ok := m.Button(label); ok && (m.Ephemeral == "" || m.Ephemeral == user) {
			return s.PressStale(user, channel, m.TS, b) != 0
		}
	}
	return false
}
