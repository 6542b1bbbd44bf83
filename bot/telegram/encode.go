package telegram

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"cadrebot/bot"
)

// Requests are put together by hand, because they are most of what the bot's
// processor does under load.

// escapes says how a byte stands in JSON, "" as it is. The
// second table is for text that is HTML besides.
var escapes, htmlEscapes [256]string

func init() {
	const digits = "0123456789abcdef"
	for c := range 0x20 {
		escapes[c] = `\u00` + string(digits[c>>4]) + string(digits[c&15])
	}
	escapes['\n'], escapes['\t'], escapes['\r'] = `\n`, `\t`, `\r`
	escapes['"'], escapes['\\'] = `\"`, `\\`
	htmlEscapes = escapes
	htmlEscapes['<'], htmlEscapes['>'], htmlEscapes['&'] = "&lt;", "&gt;", "&amp;"
}

// writeEscaped writes s for the inside of a JSON string. What is not UTF-8
// becomes U+FFFD, for the platform refuses it.
func writeEscaped(b *bytes.Buffer, s string, table *[256]string) {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	from := 0
	for i := 0; i < len(s); i++ {
		if esc := table[s[i]]; esc != "" {
			b.WriteString(s[from:i])
			b.WriteString(esc)
			from = i + 1
		}
	}
	b.WriteString(s[from:])
}

func writeString(b *bytes.Buffer, s string) {
	b.WriteByte('"')
	writeEscaped(b, s, &escapes)
	b.WriteByte('"')
}

// writeID writes an identifier as a number where it is one.
func writeID(b *bytes.Buffer, id string) {
	if _, err := strconv.ParseInt(id, 10, 64); err != nil || id[0] == '+' {
		writeString(b, id)
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
	writeString(b, ref)
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
		writeEscaped(b, p.Text, &escapes)
	case p.Bold > 0:
		b.WriteString("<b>")
		writeEscaped(b, p.Text[:p.Bold], &htmlEscapes)
		b.WriteString("</b>")
		writeEscaped(b, p.Text[p.Bold:], &htmlEscapes)
	default:
		writeEscaped(b, p.Text, &htmlEscapes)
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
			writeString(b, button.Label)
			if button.URL != "" {
				b.WriteString(`,"url":`)
				writeString(b, button.URL)
			} else {
				b.WriteString(`,"callback_data":`)
				writeString(b, button.Data)
			}
			b.WriteByte('}')
		}
		b.WriteByte(']')
	}
	b.WriteString(`]}`)
}
