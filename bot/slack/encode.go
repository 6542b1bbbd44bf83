package slack

import (
	"bytes"
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/bot/wire"
)

// Requests are put together by hand, because they are most of what the bot's
// processor does under load. Every word of a person stands in an element of
// plain text, which knows no mark-up, no mention and no emoji code; the text
// beside the blocks, for notifications and screen readers, is escaped.

// body is a message as the platform is to have it.
type body struct {
	part  bot.Part
	image string // an image block, "" for none
	plain bool   // no blocks at all
}

// Most characters of the text beside the blocks, in a new message and in an
// edit; less than the platform's 40,000 and 4,000.
const (
	postText = 38_000
	editText = 3900
)

// writePost writes the body of chat.postMessage.
func writePost(b *bytes.Buffer, chat string, m body) {
	b.WriteString(`{"channel":`)
	wire.WriteString(b, chat)
	b.WriteString(`,"unfurl_links":false,"unfurl_media":false`)
	writeMessage(b, m, postText)
	b.WriteByte('}')
}

// writeUpdate writes the body of chat.update.
func writeUpdate(b *bytes.Buffer, chat, target string, m body) {
	b.WriteString(`{"channel":`)
	wire.WriteString(b, chat)
	b.WriteString(`,"ts":`)
	wire.WriteString(b, target)
	writeMessage(b, m, editText)
	if m.plain {
		b.WriteString(`,"blocks":[]`) // or the old ones stay
	}
	b.WriteByte('}')
}

// writeReplace writes what replaces the message of a press.
func writeReplace(b *bytes.Buffer, m body) {
	b.WriteString(`{"replace_original":true`)
	writeMessage(b, m, editText)
	b.WriteByte('}')
}

// writeEphemeral writes what only the person who pressed sees: for a
// response_url or, with a chat, for chat.postEphemeral.
func writeEphemeral(b *bytes.Buffer, chat, user, text string) {
	if chat == "" {
		b.WriteString(`{"response_type":"ephemeral","replace_original":false`)
	} else {
		b.WriteString(`{"channel":`)
		wire.WriteString(b, chat)
		b.WriteString(`,"user":`)
		wire.WriteString(b, user)
	}
	writeMessage(b, body{part: bot.Part{Text: text}}, editText)
	b.WriteByte('}')
}

func writeMessage(b *bytes.Buffer, m body, most int) {
	b.WriteString(`,"link_names":false,"mrkdwn":false,"text":"`)
	text := m.part.Text
	if m.plain {
		text = verbatim(text)
	}
	wire.Entities.Write(b, short(text, most))
	b.WriteByte('"')
	if m.plain {
		return
	}
	from := b.Len()
	b.WriteString(`,"blocks":[`)
	first := b.Len()
	if m.image != "" {
		b.WriteString(m.image)
	}
	writeText(b, m.part, first)
	n := 0
	for _, row := range m.part.Buttons {
		if len(row) > 0 {
			separate(b, first)
			n = writeRow(b, row, n)
		}
	}
	if b.Len() == first {
		b.Truncate(from) // an empty list would be refused
		return
	}
	b.WriteByte(']')
}

// separate puts a comma where something stands before in a list.
func separate(b *bytes.Buffer, first int) {
	if b.Len() > first {
		b.WriteByte(',')
	}
}

// writeRow writes a row of buttons, which are numbered through the message.
func writeRow(b *bytes.Buffer, row []bot.Button, n int) int {
	b.WriteString(`{"type":"actions","elements":[`)
	for i, button := range row {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`{"type":"button","action_id":"`)
		if button.URL != "" {
			b.WriteString(opens)
		}
		b.WriteString(strconv.Itoa(n))
		n++
		b.WriteString(`","text":{"type":"plain_text","emoji":false,"text":`)
		wire.WriteString(b, button.Label)
		if button.URL != "" {
			b.WriteString(`},"url":`)
			wire.WriteString(b, button.URL)
		} else {
			b.WriteString(`},"value":`)
			wire.WriteString(b, button.Data)
		}
		b.WriteByte('}')
	}
	b.WriteString(`]}`)
	return n
}

// opens begins the name of a button that opens an address: the platform tells
// of such presses too, but nobody waits for an answer.
const opens = "open."

// imageBlock is a picture with the words for who can't see it: one on the web,
// or one that was uploaded.
func imageBlock(m *bot.Media, file string) string {
	b := wire.Take()
	defer wire.Give(b)
	alt := m.Alt
	if strings.TrimSpace(alt) == "" {
		alt = m.FileName()
	}
	b.WriteString(`{"type":"image","alt_text":`)
	wire.WriteString(b, clip(strings.ToValidUTF8(alt, "\uFFFD"), 900))
	if file != "" {
		b.WriteString(`,"slack_file":{"id":`)
		wire.WriteString(b, file)
		b.WriteByte('}')
	} else {
		b.WriteString(`,"image_url":`)
		wire.WriteString(b, m.URL)
	}
	b.WriteByte('}')
	return b.String()
}
