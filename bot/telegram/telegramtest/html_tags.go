package telegramtest

import (
	"strings"
	"unicode/utf8"
)

func (p *htmlParser) openTag() *refusal {
	tag := htmlTag{at: p.pos, offset: p.width, from: p.text.Len()}
	rest := p.in[p.pos+1:]
	end := strings.IndexAny(rest, " \t\r\n>")
	if end < 0 {
		return cantParse("Unclosed start tag at byte offset %d", tag.at)
	}
	tag.name = strings.ToLower(rest[:end])
	if htmlEntities[tag.name] == "" {
		return cantParse("Unsupported start tag %q at byte offset %d", tag.name, tag.at)
	}
	p.pos += 1 + end
	if refused := p.readAttributes(&tag); refused != nil {
		return refused
	}
	if tag.name == "span" && tag.value != "tg-spoiler" {
		return cantParse(`Tag "span" must have class "tg-spoiler" at byte offset %d`, tag.at)
	}
	p.open = append(p.open, tag)
	return nil
}

// readAttributes goes on behind the tag's closing bracket.
func (p *htmlParser) readAttributes(tag *htmlTag) *refusal {
	for {
		for p.pos < len(p.in) && isSpace(p.in[p.pos]) {
			p.pos++
		}
		if p.pos == len(p.in) {
			return cantParse("Unclosed start tag %q at byte offset %d", tag.name, tag.at)
		}
		if p.in[p.pos] == '>' {
			p.pos++
			return nil
		}
		from := p.pos
		for p.pos < len(p.in) && !isSpace(p.in[p.pos]) && p.in[p.pos] != '=' && p.in[p.pos] != '>' {
			p.pos++
		}
		name := strings.ToLower(p.in[from:p.pos])
		if name == "" {
			return cantParse("Empty attribute name in the tag %q at byte offset %d", tag.name, tag.at)
		}
		value := ""
		if p.pos < len(p.in) && p.in[p.pos] == '=' {
			p.pos++
			var ok bool
			if value, ok = p.readValue(); !ok {
				return cantParse("Unclosed start tag at byte offset %d", tag.at)
			}
		}
		switch {
		case tag.name == "a" && name == "href",
			tag.name == "tg-emoji" && name == "emoji-id",
			tag.name == "span" && name == "class",
			tag.name == "code" && name == "class":
			tag.value = value
		case tag.name == "blockquote" && name == "expandable":
			tag.wide = true
		}
	}
}

func (p *htmlParser) readValue() (string, bool) {
	if p.pos == len(p.in) {
		return "", false
	}
	ends := " \t\r\n>"
	quoted := p.in[p.pos] == '"' || p.in[p.pos] == '\''
	if quoted {
		ends = p.in[p.pos : p.pos+1]
		p.pos++
	}
	end := strings.IndexAny(p.in[p.pos:], ends)
	if end < 0 {
		return "", false
	}
	raw := p.in[p.pos : p.pos+end]
	p.pos += end
	if quoted {
		p.pos++
	}
	var value strings.Builder
	for len(raw) > 0 {
		r, size := utf8.DecodeRuneInString(raw)
		if r == '&' {
			r, size = readEscape(raw)
		}
		value.WriteRune(r)
		raw = raw[size:]
	}
	return value.String(), true
}

func (p *htmlParser) closeTag() *refusal {
	at := p.pos
	if len(p.open) == 0 {
		return cantParse("Unexpected end tag at byte offset %d", at)
	}
	end := strings.IndexByte(p.in[at:], '>')
	if end < 0 {
		return cantParse("Unclosed end tag at byte offset %d", at)
	}
	name := strings.ToLower(strings.TrimRight(p.in[at+2:at+end], " \t\r\n"))
	tag := p.open[len(p.open)-1]
	if name != "" && name != tag.name {
		return cantParse("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", at, tag.name, name)
	}
	p.open = p.open[:len(p.open)-1]
	p.pos = at + end + 1
	if p.width > tag.offset {
		p.mark(tag)
	}
	return nil
}

func (p *htmlParser) mark(tag htmlTag) {
	e := Entity{Type: htmlEntities[tag.name], Offset: tag.offset, Length: p.width - tag.offset}
	switch tag.name {
	case "a":
		if e.URL = tag.value; e.URL == "" {
			e.URL = p.text.String()[tag.from:]
		}
		if !strings.Contains(e.URL, ".") && !strings.Contains(e.URL, "://") {
			return
		}
	case "tg-emoji":
		e.EmojiID = tag.value
	case "blockquote":
		if tag.wide {
			e.Type = "expandable_blockquote"
		}
	case "pre":
		// <pre><code class="language-go"> is one block with a language.
		if n := len(p.entities); n > 0 && p.entities[n-1].Type == "code" && p.entities[n-1].Offset == e.Offset && p.entities[n-1].Length == e.Length {
			e.Language = p.entities[n-1].Language
			p.entities = p.entities[:n-1]
		}
	case "code":
		e.Language = strings.TrimPrefix(tag.value, "language-")
	}
	p.entities = append(p.entities, e)
}
