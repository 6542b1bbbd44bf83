// Package sheet writes what a person takes along: YAML with a note for people
// above each part. It knows neither people nor conversations.
package sheet

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// Line is one key of an export, with a note for people above it. Its value is a
// text, a number, yes or no, a list of keys ([]Line), a list of texts
// ([]string), a list of lists of keys ([][]Line), or what is JSON already.
type Line struct {
	Key   string
	Note  string
	Value any
}

// Sheet writes an export: YAML, with every text in quotation marks as JSON has
// them, so that no text can be taken for something else.
type Sheet struct{ bytes.Buffer }

// Note writes a text as a comment.
func (s *Sheet) Note(indent, text string) {
	if text == "" {
		return
	}
	for l := range strings.SplitSeq(text, "\n") {
		s.WriteString(strings.TrimRight(indent+"# "+l, " ") + "\n")
	}
}

// Lines writes keys. What is empty is left out.
func (s *Sheet) Lines(indent string, list []Line) {
	for _, l := range list {
		if empty(l.Value) {
			continue
		}
		s.Note(indent, l.Note)
		s.WriteString(indent + l.Key + ":")
		s.value(indent+"  ", l.Value)
	}
}

func (s *Sheet) value(indent string, v any) {
	switch v := v.(type) {
	case []Line:
		s.WriteString("\n")
		s.Lines(indent, v)
	case []string:
		s.WriteString("\n")
		for _, text := range v {
			s.WriteString(indent + "- " + Quoted(text) + "\n")
		}
	case [][]Line:
		s.WriteString("\n")
		for _, item := range v {
			s.Item(indent, item)
		}
	default:
		s.WriteString(" " + scalar(v) + "\n")
	}
}

// Item writes one list of keys of a list.
func (s *Sheet) Item(indent string, list []Line) {
	at := s.Len() + len(indent)
	s.Lines(indent+"  ", list)
	if s.Len() > at {
		s.Bytes()[at] = '-'
	}
}

func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return Quoted(v)
	case int:
		return strconv.Itoa(v)
	case bool:
		return strconv.FormatBool(v)
	case json.RawMessage:
		return string(v)
	}
	return "null"
}

// Quoted is a text in quotation marks; signs of HTML stay as they are.
func Quoted(text string) string {
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
	case []Line:
		for _, l := range v {
			if !empty(l.Value) {
				return false
			}
		}
		return true
	case []string:
		return len(v) == 0
	case [][]Line:
		return len(v) == 0
	case json.RawMessage:
		return len(v) == 0
	}
	return v == nil
}
