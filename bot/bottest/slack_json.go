package bottest

import "strconv"

// appendMessage appends a message as the platform words it. The lock must be
// held, or m must be a copy.
func (s *Slack) appendMessage(b []byte, m *slackMessage) []byte {
	b = append(b, `{"type":"message"`...)
	if m.hook {
		b = append(b, `,"subtype":"bot_message"`...)
	}
	if len(m.files) > 0 && m.user != "" {
		b = append(b, `,"subtype":"file_share"`...)
	}
	if m.user != "" {
		b = appendField(b, "user", m.user)
		b = append(append(append(b, `,"client_msg_id":"00000000-0000-4000-8000-`...), digits(m.ts, 12)...), '"')
	} else {
		b = appendField(b, "user", s.opts.BotUserID)
		b = appendField(b, "bot_id", s.opts.BotID)
		b = appendField(b, "app_id", s.opts.AppID)
	}
	b = append(b, `,"text":`...)
	b = appendString(b, m.text)
	b = appendField(b, "team", s.opts.TeamID)
	b = appendField(b, "ts", m.ts)
	b = appendField(b, "thread_ts", m.thread)
	if m.edited != "" {
		b = append(append(append(b, `,"edited":{"user":"`...), s.author(m)...), '"')
		b = append(appendField(b, "ts", m.edited), '}')
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

func (s *Slack) author(m *slackMessage) string {
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

func (s *Slack) appendFile(b []byte, f *slackFile) []byte {
	b = append(append(append(b, `{"id":"`...), f.id...), '"')
	b = appendField(b, "name", f.name)
	b = appendField(b, "title", f.title)
	b = appendField(b, "mimetype", f.mime)
	b = appendField(b, "alt_txt", f.alt)
	b = appendField(b, "url_private", s.fileURL(f))
	b = appendField(b, "url_private_download", s.fileURL(f)+"?download=1")
	b = append(b, `,"mode":"hosted","size":`...)
	b = strconv.AppendInt(b, int64(len(f.data)), 10)
	return append(b, '}')
}

// kind is how the platform calls the type of a channel in events.
func (c *slackChannel) kind() string {
	switch {
	case c.user != nil:
		return "im"
	case c.private:
		return "group"
	}
	return "channel"
}
