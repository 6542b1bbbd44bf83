package slack

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"

	"cadrebot/bot"
	"cadrebot/bot/wire"
)

// blockText is how much text one block holds.
const blockText = 3000

// chunks cuts a text where its lines end, as the blocks can hold it.
var chunks = bot.Channel{Capacity: bot.Capacity{Unit: bot.UTF16, Text: blockText}}

// writeText writes a text as blocks of plain elements, its head bold.
func writeText(b *bytes.Buffer, p bot.Part, first int) {
	if p.Text == "" {
		return
	}
	if len(p.Text) <= blockText { // bytes are never fewer than units
		separate(b, first)
		writeRich(b, p.Text, p.Bold)
		return
	}
	m := bot.Message{Head: p.Text[:p.Bold], Text: strings.TrimPrefix(p.Text[p.Bold:], "\n")}
	for _, chunk := range chunks.Parts(m) {
		if chunk.Text != "" {
			separate(b, first)
			writeRich(b, chunk.Text, chunk.Bold)
		}
	}
}

func writeRich(b *bytes.Buffer, text string, bold int) {
	b.WriteString(`{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[`)
	first := b.Len()
	writeStyled(b, first, text[:bold], true)
	writeStyled(b, first, text[bold:], false)
	b.WriteString(`]}]}`)
}

// address finds what can be opened where a text names it in full. It ends where
// anything but ASCII begins: Chinese puts no space between.
var address = regexp.MustCompile(`https?://[!#-;=?-~]+`)

// writeStyled writes a stretch of text. An address in it is a link to itself:
// what is shown is what is opened.
func writeStyled(b *bytes.Buffer, first int, text string, bold bool) {
	for text != "" {
		from, to := len(text), len(text)
		if strings.Contains(text, "://") {
			from, to = nextAddress(text)
		}
		if from > 0 {
			writeElement(b, first, "text", "text", text[:from], bold)
		}
		if from < to {
			writeElement(b, first, "link", "url", text[from:to], bold)
		}
		text = text[to:]
	}
}

func writeElement(b *bytes.Buffer, first int, kind, field, value string, bold bool) {
	separate(b, first)
	b.WriteString(`{"type":"` + kind + `","` + field + `":`)
	wire.WriteString(b, value)
	if bold {
		b.WriteString(`,"style":{"bold":true}`)
	}
	b.WriteByte('}')
}

// nextAddress is where the first address stands, past the end where there is
// none. What closes a sentence is not a part of it.
func nextAddress(text string) (from, to int) {
	for at := 0; ; {
		found := address.FindStringIndex(text[at:])
		if found == nil {
			return len(text), len(text)
		}
		from, to = at+found[0], at+found[1]
		for strings.ContainsRune(".,;:!?'*_~", rune(text[to-1])) || text[to-1] == ')' && !strings.Contains(text[from:to], "(") {
			to--
		}
		if u, err := url.Parse(text[from:to]); err == nil && u.Host != "" && to-from <= blockText {
			return from, to
		}
		at += found[1]
	}
}

// verbatim keeps codes such as :smile: from becoming a picture in a text
// without blocks, by a mark between that nobody sees.
func verbatim(text string) string {
	if strings.Count(text, ":") < 2 {
		return text
	}
	return code.ReplaceAllString(text, ":\u2060$1")
}

var code = regexp.MustCompile(`:([a-z0-9_+'-]+:)`)

// short cuts a text so that it has at most so many characters when it is
// escaped, the last of them an ellipsis.
func short(text string, most int) string {
	if len(text)+4*(strings.Count(text, "&")+strings.Count(text, "<")+strings.Count(text, ">")) <= most {
		return text
	}
	n, kept := 0, 0
	for i, r := range text {
		if n < most {
			kept = i
		}
		switch {
		case r == '&':
			n += len("&amp;")
		case r == '<', r == '>':
			n += len("&lt;")
		case r > 0xFFFF:
			n += 2
		default:
			n++
		}
		if n > most {
			return text[:kept] + "…"
		}
	}
	return text
}
