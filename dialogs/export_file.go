package dialogs

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// line is one key of an export, with a note for people above it. Its value is a
// text, a number, yes or no, a list of keys ([]line), a list of texts
// ([]string), a list of lists of keys ([][]line), or what is JSON already.
type line struct {
	key   string
	note  string
	value any
}

// sheet writes an export: YAML, with every text in quotation marks as JSON has
// them, so that no text can be taken for something else.
type sheet struct{ bytes.Buffer }

// note writes a text as a comment.
func (s *sheet) note(indent, text string) {
	if text == "" {
		return
	}
	for l := range strings.SplitSeq(text, "\n") {
		s.WriteString(strings.TrimRight(indent+"# "+l, " ") + "\n")
	}
}

// lines writes keys. What is empty is left out.
func (s *sheet) lines(indent string, list []line) {
	for _, l := range list {
		if empty(l.value) {
			continue
		}
		s.note(indent, l.note)
		s.WriteString(indent + l.key + ":")
		s.value(indent+"  ", l.value)
	}
}

func (s *sheet) value(indent string, v any) {
	switch v := v.(type) {
	case []line:
		s.WriteString("\n")
		s.lines(indent, v)
	case []string:
		s.WriteString("\n")
		for _, text := range v {
			s.WriteString(indent + "- " + quoted(text) + "\n")
		}
	case [][]line:
		s.WriteString("\n")
		for _, item := range v {
			s.item(indent, item)
		}
	default:
		s.WriteString(" " + scalar(v) + "\n")
	}
}

// item writes one list of keys of a list.
func (s *sheet) item(indent string, list []line) {
	at := s.Len() + len(indent)
	s.lines(indent+"  ", list)
	if s.Len() > at {
		s.Bytes()[at] = '-'
	}
}

func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return quoted(v)
	case int:
		return strconv.Itoa(v)
	case bool:
		return strconv.FormatBool(v)
	case json.RawMessage:
		return string(v)
	}
	return "null"
}

// quoted is a text in quotation marks; signs of HTML stay as they are.
func quoted(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(text) != nil { // no text fails
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func empty(v any) bool {
	switch v := v.(type) {
	case string:
		return v == ""
	case []line:
		for _, l := range v {
			if !empty(l.value) {
				return false
			}
		}
		return true
	case []string:
		return len(v) == 0
	case [][]line:
		return len(v) == 0
	case json.RawMessage:
		return len(v) == 0
	}
	return v == nil
}
