package slacktest

import (
	"cadrebot/bot/bottest"
	"encoding/json"
)

const (
	maxText   = 40_000
	maxUpdate = 4000 // of chat.update
)

// compose reads a message of the bot without looking at where it goes.
func (s *Server) compose(p *params, most int) (*message, *refusal) {
	m := &message{text: p.Text, mrkdwn: p.Mrkdwn == nil || *p.Mrkdwn, thread: p.ThreadTS}
	var problem *refusal
	if m.blocks, m.shown, problem = s.readBlocks(p.Blocks); problem != nil {
		return nil, problem
	}
	var attachments []json.RawMessage
	switch {
	case bottest.Decode(p.Attachments, &attachments) != nil:
		return nil, refused("invalid_attachments")
	case p.Text == "" && len(m.blocks) == 0 && len(attachments) == 0:
		return nil, refused("no_text")
	case bottest.UTF16Len(p.Text) > most:
		return nil, refused("msg_too_long")
	}
	s.show(m)
	return m, nil
}

// show works out what a person sees of a message without blocks.
func (s *Server) show(m *message) {
	switch {
	case len(m.blocks) > 0:
	case m.mrkdwn:
		m.shown = shown{text: s.readMrkdwn(m.text)}
	default:
		m.shown = shown{text: s.readLinks(m.text)}
	}
}

// lookUp finds the channel that a call names: by its id, its name or, for a
// new message, the user to write to. The lock must be held.
func (s *Server) lookUp(id string, write bool) (*channel, *refusal) {
	c := s.channels[id]
	switch {
	case id == "":
		return nil, invalidArguments("missing required field: channel")
	case c == nil && write && s.users[id] != nil:
		c = s.dm(id)
	case c == nil && write && id[0] == '#':
		c = s.channels[s.names[id[1:]]]
	}
	if c == nil || c.private && !c.member {
		return nil, refused("channel_not_found")
	}
	return c, nil
}

func (s *Server) postMessage(q *request) reply {
	m, problem := s.compose(&q.params, maxText)
	s.mu.Lock()
	defer s.mu.Unlock()
	c, missing := s.lookUp(q.params.Channel, true)
	switch {
	case missing != nil:
		problem = missing
	case problem != nil:
	default:
		if problem = s.admitPost(c); problem == nil {
			problem = s.writable(c)
		}
	}
	if problem != nil {
		return s.deny(q, problem)
	}
	if m.thread != "" && timeOfTS(m.thread).IsZero() {
		return s.deny(q, refused("invalid_thread_ts"))
	}
	s.post(c, m)
	s.echo(c, m, "", nil)
	b := make([]byte, 0, 256+len(m.text)+len(m.blocks))
	b = append(append(append(b, `{"ok":true,"channel":"`...), c.id...), `","ts":"`...)
	b = append(append(b, m.ts...), `","message":`...)
	b = append(s.appendMessage(b, m), '}')
	return s.accept(q, s.callOf(c, m), b)
}

func (s *Server) callOf(c *channel, m *message) Call {
	call := Call{
		Channel: c.id, TS: m.ts, User: m.ephemeral, Text: m.shown.text,
		Buttons: m.shown.buttons, Thread: m.thread,
	}
	if len(m.files) > 0 {
		call.FileName = m.files[0].name
	}
	return call
}

func (s *Server) postEphemeral(q *request) reply {
	m, problem := s.compose(&q.params, maxText)
	s.mu.Lock()
	defer s.mu.Unlock()
	c, missing := s.lookUp(q.params.Channel, false)
	switch {
	case missing != nil:
		problem = missing
	case problem != nil:
	case q.params.User == "":
		problem = invalidArguments("missing required field: user")
	default:
		if problem = s.admitPost(c); problem == nil {
			problem = s.writable(c)
		}
		u := s.users[q.params.User]
		if problem == nil && (u == nil || u.gone || c.user != nil && c.user != u) {
			problem = refused("user_not_in_channel")
		}
	}
	if problem != nil {
		return s.deny(q, problem)
	}
	m.ephemeral = q.params.User
	s.post(c, m)
	return s.accept(q, s.callOf(c, m), result(map[string]any{"message_ts": m.ts}))
}

// updateMessage edits a message. Blocks that are left out stay only when the
// text is left out too; an edit with blocks shows no mark.
func (s *Server) updateMessage(q *request) reply {
	m, problem := s.compose(&q.params, maxUpdate)
	s.mu.Lock()
	defer s.mu.Unlock()
	c, missing := s.lookUp(q.params.Channel, false)
	switch {
	case missing != nil:
		problem = missing
	case q.params.TS == "":
		problem = invalidArguments("missing required field: ts")
	case problem == nil:
		problem = s.writable(c)
	}
	if problem != nil {
		return s.deny(q, problem)
	}
	_, old := c.find(q.params.TS)
	if old == nil && s.forgotten(c, q.params.TS) {
		old = &message{ts: q.params.TS}
	}
	switch {
	case old == nil, old.ephemeral != "":
		return s.deny(q, refused("message_not_found"))
	case old.user != "":
		return s.deny(q, refused("cant_update_message"))
	}
	s.edit(c, old, m)
	b := make([]byte, 0, 256+len(old.text)+len(old.blocks))
	b = append(append(append(b, `{"ok":true,"channel":"`...), c.id...), `","ts":"`...)
	b = append(append(append(b, old.ts...), `","text":`...), bottest.AppendString(nil, old.text)...)
	b = append(s.appendMessage(append(b, `,"message":`...), old), '}')
	return s.accept(q, s.callOf(c, old), b)
}

// edit puts a new content on a message. The lock must be held.
func (s *Server) edit(c *channel, old, m *message) {
	before := *old
	old.text, old.mrkdwn, old.blocks, old.shown = m.text, m.mrkdwn, m.blocks, m.shown
	old.edits++
	if len(m.blocks) == 0 {
		old.edited = s.newTS()
	}
	s.echo(c, old, "message_changed", &before)
}

func (s *Server) deleteMessage(q *request) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, problem := s.lookUp(q.params.Channel, false)
	if problem != nil {
		return s.deny(q, problem)
	}
	_, m := c.find(q.params.TS)
	switch {
	case m == nil, m.ephemeral != "":
		return s.deny(q, refused("message_not_found"))
	case m.user != "":
		return s.deny(q, refused("cant_delete_message"))
	}
	s.remove(c, m)
	return s.accept(q, Call{Channel: c.id, TS: m.ts},
		result(map[string]any{"channel": c.id, "ts": m.ts}))
}

// remove takes a message away. The lock must be held.
func (s *Server) remove(c *channel, m *message) {
	i, _ := c.find(m.ts)
	c.messages = append(c.messages[:i:i], c.messages[i+1:]...)
	s.echo(c, m, "message_deleted", m)
}
