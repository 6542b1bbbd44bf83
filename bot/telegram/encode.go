package telegram

import (
	"bytes"
	"strconv"

	"cadrebot/bot"
	"cadrebot/bot/wire"
)

// Requests are put together by hand, because they are most of what the bot's
// processor does under load.

// writeID writes an identifier as a number where it is one.
func writeID(b *bytes.Buffer, id string) {
	if _, err := strconv.ParseInt(id, 10, 64); err != nil || id[0] == '+' {
		wire.WriteString(b, id)
		return
	}
	b.WriteString(id)
}

// writePost writes the body of sendMessage. Plain leaves all mark-up out, here
// and below.
func writePost(b *bytes.Buffer, chat string, p bot.Part, plain bool) {
	b.WriteString(`{"chat_id":`)
	writeID(b, chat)
	writeWords(b, "text", p, plain)
	b.WriteString(noPreview)
	writeKeyboard(b, p.Buttons)
	b.WriteByte('}')
}

const noPreview = `,"link_preview_options":{"is_disabled":true}`

// writeEdit writes the body of an edit of a text, of a caption or, where the
// field is "", of the buttons alone.
func writeEdit(b *bytes.Buffer, chat, target, field string, p bot.Part, plain bool) {
	b.WriteString(`{"chat_id":`)
	writeID(b, chat)
	b.WriteString(`,"message_id":`)
	writeID(b, target)
	if field != "" {
		writeWords(b, field, p, plain)
	}
	if field == "text" {
		b.WriteString(noPreview)
	}
	writeKeyboard(b, p.Buttons)
	b.WriteByte('}')
}

// writeMedia writes the body of sendPhoto and its like for a file that the
// platform fetches or has.
func writeMedia(b *bytes.Buffer, chat, field, ref string, p bot.Part, plain bool) {
	b.WriteString(`{"chat_id":`)
	writeID(b, chat)
	b.WriteString(`,"` + field + `":`)
	wire.WriteString(b, ref)
	if p.Text != "" {
		writeWords(b, "caption", p, plain)
	}
	writeKeyboard(b, p.Buttons)
	b.WriteByte('}')
}

// writeWords writes a text with its mark-up.
func writeWords(b *bytes.Buffer, field string, p bot.Part, plain bool) {
	b.WriteString(`,"` + field + `":"`)
	switch {
	case plain:
		wire.JSON.Write(b, p.Text)
	case p.Bold > 0:
		b.WriteString("<b>")
		wire.Entities.Write(b, p.Text[:p.Bold])
		b.WriteString("</b>")
		wire.Entities.Write(b, p.Text[p.Bold:])
	default:
		wire.Entities.Write(b, p.Text)
	}
	b.WriteByte('"')
	if !plain {
		b.WriteString(`,"parse_mode":"HTML"`)
	}
}

// writeKeyboard writes the buttons, if there are any: an edit without them
// takes away those that were there.
func writeKeyboard(b *bytes.Buffer, rows [][]bot.Button) {
	if len(rows) == 0 {
		return
	}
	b.WriteString(`,"reply_markup":{"inline_keyboard":[`)
	for i, row := range rows {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('[')
		for j, button := range row {
			if j > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`{"text":`)
			wire.WriteString(b, button.Label)
			if button.URL != "" {
				b.WriteString(`,"url":`)
				wire.WriteString(b, button.URL)
			} else {
				b.WriteString(`,"callback_data":`)
				wire.WriteString(b, button.Data)
			}
			b.WriteByte('}')
		}
		b.WriteByte(']')
	}
	b.WriteString(`]}`)
}
