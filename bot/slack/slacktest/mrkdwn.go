package slacktest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// shown is what a person sees of a message.
type shown struct {
	text    string
	buttons [][]Button
	images  []File
}

// readMrkdwn is what a person reads of a text with Server's formatting: marks
// gone, escapes and links resolved.
func (s *Server) readMrkdwn(text string) string {
	if !strings.ContainsAny(text, "<&*_~`\u200b\u2060") {
		return text
	}
	return strings.NewReplacer("\u200b", "", "\u2060", "").Replace(s.readLinks(stripMarks(text)))
}

// readLinks resolves links, mentions and escapes, which hold without
// formatting too.
func (s *Server) readLinks(text string) string {
	if !strings.ContainsAny(text, "<&") {
		return text
	}
	var b strings.Builder
	for text != "" {
		open := strings.IndexByte(text, '<')
		end := -1
		if open >= 0 {
			end = strings.IndexByte(text[open:], '>')
		}
		if end < 0 {
			b.WriteString(unescapes.Replace(text))
			break
		}
		b.WriteString(unescapes.Replace(text[:open]))
		b.WriteString(unescapes.Replace(s.readLink(text[open+1 : open+end])))
		text = text[open+end+1:]
	}
	return b.String()
}

func (s *Server) readLink(link string) string {
	target, label, labelled := strings.Cut(link, "|")
	switch {
	case strings.HasPrefix(target, "@"):
		return "@" + s.nameOf(target[1:])
	case labelled:
		return label
	case strings.HasPrefix(target, "!"):
		return "@" + target[1:]
	}
	return target
}

// nameOf is what a mention of a user shows.
func (s *Server) nameOf(id string) string {
	if id == s.opts.BotUserID {
		return "cadre"
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if u := s.users[id]; u != nil {
		return u.RealName
	}
	return id
}

// stripMarks takes the marks of bold, italic, strike and code away where they
// come in pairs at the edges of words, on one line; a fence of code may span
// lines. What stands between < and > is left alone.
func stripMarks(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	stripInto(&b, text, 0)
	return b.String()
}

func stripInto(b *strings.Builder, text string, before rune) {
	for text != "" {
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case strings.HasPrefix(text, "```"):
			if end := strings.Index(text[3:], "```"); end > 0 {
				b.WriteString(text[3 : 3+end])
				text, before = text[6+end:], '`'
				continue
			}
		case r == '<':
			if end := strings.IndexByte(text, '>'); end > 0 {
				b.WriteString(text[:end+1])
				text, before = text[end+1:], '>'
				continue
			}
		case r == '*' || r == '_' || r == '~' || r == '`':
			if end := markEnd(text, before); end > 0 {
				if inner := text[1:end]; r == '`' {
					b.WriteString(inner)
				} else {
					stripInto(b, inner, r)
				}
				text, before = text[end+1:], r
				continue
			}
		}
		b.WriteString(text[:size])
		text, before = text[size:], r
	}
}

// markEnd is where the mark that a text begins with is closed, 0 if nowhere.
func markEnd(text string, before rune) int {
	mark := text[0]
	if isWordRune(before) || len(text) < 3 || text[1] == mark {
		return 0
	}
	if next, _ := utf8.DecodeRuneInString(text[1:]); unicode.IsSpace(next) {
		return 0
	}
	for i := 2; i < len(text) && text[i] != '\n'; i++ {
		if text[i] != mark {
			continue
		}
		last, _ := utf8.DecodeLastRuneInString(text[:i])
		next, _ := utf8.DecodeRuneInString(text[i+1:])
		if !unicode.IsSpace(last) && (i+1 == len(text) || !isWordRune(next)) {
			return i
		}
	}
	return 0
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
