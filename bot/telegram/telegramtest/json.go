package telegramtest

import (
	"cadrebot/bot/bottest"
	"strconv"
)

// Answers and updates are put together by hand: under a benchmark the fake
// shares the machine with the bot that is measured.

func appendBot(b []byte, id int64, username string) []byte {
	b = append(b, `{"id":`...)
	b = strconv.AppendInt(b, id, 10)
	b = append(b, `,"is_bot":true,"first_name":"Cadre","username":`...)
	return append(bottest.AppendString(b, username), '}')
}

func appendUser(b []byte, u User) []byte {
	b = append(b, `{"id":`...)
	b = strconv.AppendInt(b, u.ID, 10)
	b = append(b, `,"is_bot":false,"first_name":`...)
	b = bottest.AppendString(b, u.FirstName)
	b = bottest.AppendField(b, "last_name", u.LastName)
	b = bottest.AppendField(b, "username", u.Username)
	b = bottest.AppendField(b, "language_code", u.LanguageCode)
	return append(b, '}')
}

func appendPrivateChat(b []byte, u User) []byte {
	b = append(b, `{"id":`...)
	b = strconv.AppendInt(b, u.ID, 10)
	b = append(b, `,"type":"private","first_name":`...)
	b = bottest.AppendString(b, u.FirstName)
	b = bottest.AppendField(b, "last_name", u.LastName)
	b = bottest.AppendField(b, "username", u.Username)
	return append(b, '}')
}

func appendGroup(b []byte, id int64, kind, title string) []byte {
	b = append(b, `{"id":`...)
	b = strconv.AppendInt(b, id, 10)
	b = append(append(append(b, `,"type":"`...), kind...), `","title":`...)
	return append(bottest.AppendString(b, title), '}')
}

// appendMessage appends a message as a bot gets it. The lock must be held, or
// m must be a copy.
func (t *Server) appendMessage(b []byte, c *chat, m *message) []byte {
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
		b = bottest.AppendField(b, "caption", m.text)
		b = appendEntities(b, "caption_entities", m.entities)
	} else {
		b = bottest.AppendField(b, "text", m.text)
		b = appendEntities(b, "entities", m.entities)
	}
	if len(m.buttons) > 0 {
		b = append(b, `,"reply_markup":`...)
		b = appendKeyboard(b, m.buttons)
	}
	return append(b, '}')
}

func appendEntities(b []byte, name string, entities []Entity) []byte {
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
		b = bottest.AppendField(b, "url", e.URL)
		b = bottest.AppendField(b, "language", e.Language)
		b = bottest.AppendField(b, "custom_emoji_id", e.EmojiID)
		b = append(b, '}')
	}
	return append(b, ']')
}

func appendKeyboard(b []byte, rows [][]Button) []byte {
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
			b = bottest.AppendString(b, button.Text)
			b = bottest.AppendField(b, "url", button.URL)
			b = bottest.AppendField(b, "callback_data", button.Data)
			if button.WebApp != "" {
				b = append(b, `,"web_app":{"url":`...)
				b = append(bottest.AppendString(b, button.WebApp), '}')
			}
			if button.CopyText != "" {
				b = append(b, `,"copy_text":{"text":`...)
				b = append(bottest.AppendString(b, button.CopyText), '}')
			}
			b = append(b, '}')
		}
		b = append(b, ']')
	}
	return append(b, `]}`...)
}
