package slacktest

import (
	"cadrebot/bot/bottest"
	"strconv"
)

// appendMessage appends a message as the platform words it. The lock must be
// held, or m must be a copy.
func (s *Server) appendMessage(b []byte, m *message) []byte {
	b = append(b, `{"type":"message"`...)
	if m.hook {
		b = append(b, `,"subtype":"bot_message"`...)
	}
	if len(m.files) > 0 && m.user != "" {
		b = append(b, `,"subtype":"file_share"`...)
	}
	if m.user != "" {
		b = bottest.AppendField(b, "user", m.user)
		b = append(append(append(b, `,"client_msg_id":"00000000-0000-4000-8000-`...), digits(m.ts, 12)...), '"')
	} else {
		b = bottest.AppendField(b, "user", s.opts.BotUserID)
		b = bottest.AppendField(b, "bot_id", s.opts.BotID)
		b = bottest.AppendField(b, "app_id", s.opts.AppID)
	}
	b = append(b, `,"text":`...)
	b = bottest.AppendString(b, m.text)
	b = bottest.AppendField(b, "team", s.opts.TeamID)
	b = bottest.AppendField(b, "ts", m.ts)
	b = bottest.AppendField(b, "thread_ts", m.thread)
	if m.edited != "" {
		b = append(append(append(b, `,"edited":{"user":"`...), s.author(m)...), '"')
		b = append(bottest.AppendField(b, "ts", m.edited), '}')
	}
	if len(m.blocks) > 0 {
		b = append(append(b, `,"blocks":`...), m.blocks...)
	}
	if len(m.files) > 0 {
		b = append(b, `,"files":[`...)
		for i, f := range m.files {
			if i > 0 {
				b = append(b, ',')
			}
			b = s.appendFile(b, f)
		}
		b = append(b, ']')
	}
	return append(b, '}')
}

func (s *Server) author(m *message) string {
	if m.user != "" {
		return m.user
	}
	return s.opts.BotUserID
}

// digits are the last n digits of a timestamp.
func digits(ts string, n int) string {
	out := make([]byte, 0, len(ts))
	for i := range len(ts) {
		if ts[i] != '.' {
			out = append(out, ts[i])
		}
	}
	return string(out[max(0, len(out)-n):])
}

func (s *Server) appendFile(b []byte, f *file) []byte {
	b = append(append(append(b, `{"id":"`...), f.id...), '"')
	b = bottest.AppendField(b, "name", f.name)
	b = bottest.AppendField(b, "title", f.title)
	b = bottest.AppendField(b, "mimetype", f.mime)
	b = bottest.AppendField(b, "alt_txt", f.alt)
	b = bottest.AppendField(b, "url_private", s.fileURL(f))
	b = bottest.AppendField(b, "url_private_download", s.fileURL(f)+"?download=1")
	b = append(b, `,"mode":"hosted","size":`...)
	b = strconv.AppendInt(b, int64(len(f.data)), 10)
	return append(b, '}')
}

// kind is how the platform calls the type of a channel in events.
func (c *channel) kind() string {
	switch {
	case c.user != nil:
		return "im"
	case c.private:
		return "group"
	}
	return "channel"
}
