package bottest

import (
	"strconv"
	"unicode/utf8"
)

// Answers and updates are put together by hand: under a benchmark the fake
// shares the machine with the bot that is measured.

const hexDigits = "0123456789abcdef"

// appendString appends s as a JSON string; s must be valid UTF-8.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[from:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		default:
			b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
		from = i + 1
	}
	return append(append(b, s[from:]...), '"')
}

func appendBot(b []byte, id int64, username string) []byte {
	b = append(b, `{"id":`...)
	b = strconv.AppendInt(b, id, 10)
	b = append(b, `,"is_bot":true,"first_name":"Cadre","username":`...)
	return append(appendString(b, username), '}')
}

func appendUser(b []byte, u TelegramUser) []byte {
	b = append(b, `{"id":`...)
	b = strconv.AppendInt(b, u.ID, 10)
	b = append(b, `,"is_bot":false,"first_name":`...)
	b = appendString(b, u.FirstName)
	b = appendField(b, "last_name", u.LastName)
	b = appendField(b, "username", u.Username)
	b = appendField(b, "language_code", u.LanguageCode)
	return append(b, '}')
}

// appendField appends ,"name":"value" unless the value is empty.
func appendField(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	b = append(append(append(b, `,"`...), name...), `":`...)
	return appendString(b, value)
}

func appendPrivateChat(b []byte, u TelegramUser) []byte {
	b = append(b, `{"id":`...)
	b = strconv.AppendInt(b, u.ID, 10)
	b = append(b, `,"type":"private","first_name":`...)
	b = appendString(b, u.FirstName)
	b = appendField(b, "last_name", u.LastName)
	b = appendField(b, "username", u.Username)
	return append(b, '}')
}

func appendGroup(b []byte, id int64, kind, title string) []byte {
	b = append(b, `{"id":`...)
	b = strconv.AppendInt(b, id, 10)
	b = append(append(append(b, `,"type":"`...), kind...), `","title":`...)
	return append(appendString(b, title), '}')
}

// appendMessage appends a message as a bot gets it. The lock must be held, or
// m must be a copy.
func (t *Telegram) appendMessage(b []byte, c *chat, m *message) []byte {
	b = append(b, `{"message_id":`...)
	b = strconv.AppendInt(b, int64(m.id), 10)
	b = append(b, `,"from":`...)
	if m.from != nil {
		b = append(b, m.from.json...)
	} else {
		b = append(b, t.botUser...)
	}
	b = append(b, `,"chat":`...)
	b = append(b, c.json...)
	b = append(b, `,"date":`...)
	b = strconv.AppendInt(b, m.date.Unix(), 10)
	if !m.edited.IsZero() {
		b = append(b, `,"edit_date":`...)
		b = strconv.AppendInt(b, m.edited.Unix(), 10)
	}
	if m.reply != nil {
		b = append(b, `,"reply_to_message":`...)
		b = t.appendMessage(b, c, m.reply)
	}
	b = append(b, m.service...)
	if m.file != nil {
		b = append(b, m.file.json...)
		b = appendField(b, "caption", m.text)
		b = appendEntities(b, "caption_entities", m.entities)
	} else {
		b = appendField(b, "text", m.text)
		b = appendEntities(b, "entities", m.entities)
	}
	if len(m.buttons) > 0 {
		b = append(b, `,"reply_markup":`...)
		b = appendKeyboard(b, m.buttons)
	}
	return append(b, '}')
}

func appendEntities(b []byte, name string, entities []TelegramEntity) []byte {
	if len(entities) == 0 {
		return b
	}
	b = append(append(append(b, `,"`...), name...), `":[`...)
	for i, e := range entities {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, `{"type":"`...), e.Type...), `","offset":`...)
		b = strconv.AppendInt(b, int64(e.Offset), 10)
		b = append(b, `,"length":`...)
		b = strconv.AppendInt(b, int64(e.Length), 10)
		b = appendField(b, "url", e.URL)
		b = appendField(b, "language", e.Language)
		b = appendField(b, "custom_emoji_id", e.EmojiID)
		b = append(b, '}')
	}
	return append(b, ']')
}

func appendKeyboard(b []byte, rows [][]TelegramButton) []byte {
	b = append(b, `{"inline_keyboard":[`...)
	for i, row := range rows {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		for j, button := range row {
			if j > 0 {
				b = append(b, ',')
			}
			b = append(b, `{"text":`...)
			b = appendString(b, button.Text)
			b = appendField(b, "url", button.URL)
			b = appendField(b, "callback_data", button.Data)
			if button.WebApp != "" {
				b = append(b, `,"web_app":{"url":`...)
				b = append(appendString(b, button.WebApp), '}')
			}
			if button.CopyText != "" {
				b = append(b, `,"copy_text":{"text":`...)
				b = append(appendString(b, button.CopyText), '}')
			}
			b = append(b, '}')
		}
		b = append(b, ']')
	}
	return append(b, `]}`...)
}

// utf16Len is the length of s as the platform counts it.
func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n += utf16Width(r)
	}
	return n
}

func utf16Width(r rune) int {
	if r > 0xFFFF && r <= utf8.MaxRune {
		return 2
	}
	return 1
}
