package telegramtest

import (
	"cadrebot/bot/bottest"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Entity marks a stretch of a text; Offset and Length count UTF-16
// units.
type Entity struct {
	Type     string
	Offset   int
	Length   int
	URL      string
	Language string
	EmojiID  string
}

// htmlEntities says what each supported tag becomes.
var htmlEntities = map[string]string{
	"b": "bold", "strong": "bold",
	"i": "italic", "em": "italic",
	"u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
	"tg-spoiler": "spoiler", "span": "spoiler",
	"a": "text_link", "tg-emoji": "custom_emoji",
	"code": "code", "pre": "pre", "blockquote": "blockquote",
}

type htmlTag struct {
	name   string
	value  string // of the attribute that matters: href, emoji-id, class
	at     int    // byte offset of its <
	offset int    // in UTF-16 units of the text
	from   int    // byte offset in the text
	wide   bool   // an expandable quotation
}

type htmlParser struct {
	in       string
	pos      int
	text     strings.Builder
	width    int
	open     []htmlTag
	entities []Entity
}

// parseHTML reads parse_mode HTML as strictly as the platform: a tag that it
// does not know, or one that is not closed in order, is refused.
func parseHTML(in string) (string, []Entity, *refusal) {
	p := &htmlParser{in: in}
	p.text.Grow(len(in))
	for p.pos < len(in) {
		var refused *refusal
		switch c := in[p.pos]; {
		case c == '&':
			p.writeEscape()
		case c != '<':
			r, size := utf8.DecodeRuneInString(in[p.pos:])
			p.write(r)
			p.pos += size
		case strings.HasPrefix(in[p.pos:], "</"):
			refused = p.closeTag()
		default:
			refused = p.openTag()
		}
		if refused != nil {
			return "", nil, refused
		}
	}
	if n := len(p.open); n > 0 {
		return "", nil, cantParse("Can't find end tag corresponding to start tag %q", p.open[n-1].name)
	}
	slices.SortStableFunc(p.entities, func(a, b Entity) int {
		if a.Offset != b.Offset {
			return a.Offset - b.Offset
		}
		return b.Length - a.Length
	})
	return p.text.String(), p.entities, nil
}

// cantParse takes the platform's own words for what is wrong.
func cantParse(format string, args ...any) *refusal {
	return bad("can't parse entities: "+format, args...)
}

func (p *htmlParser) write(r rune) {
	p.text.WriteRune(r)
	p.width += bottest.UTF16Width(r)
}

var htmlEscapes = map[string]rune{"lt": '<', "gt": '>', "amp": '&', "quot": '"'}

// writeEscape writes what stands for an escape, or the ampersand itself where
// none begins.
func (p *htmlParser) writeEscape() {
	r, size := readEscape(p.in[p.pos:])
	p.write(r)
	p.pos += size
}

// readEscape reads the escape at the start of s; it may lack its semicolon.
func readEscape(s string) (r rune, size int) {
	end := 1
	if strings.HasPrefix(s, "&#") {
		end = 2
		base := 10
		if len(s) > 2 && s[2] == 'x' {
			end, base = 3, 16
		}
		from := end
		for end < len(s) && isHexDigit(s[end], base) {
			end++
		}
		v, err := strconv.ParseInt(s[from:end], base, 32)
		if err != nil || v == 0 || !utf8.ValidRune(rune(v)) {
			return '&', 1
		}
		r = rune(v)
	} else {
		for end < len(s) && isLetter(s[end]) {
			end++
		}
		known, ok := htmlEscapes[s[1:end]]
		if !ok {
			return '&', 1
		}
		r = known
	}
	if end < len(s) && s[end] == ';' {
		end++
	}
	return r, end
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

func isHexDigit(c byte, base int) bool {
	if base == 10 {
		return c >= '0' && c <= '9'
	}
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
