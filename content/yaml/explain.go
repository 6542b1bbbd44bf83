package yaml

import (
	"errors"
	"strings"

	"github.com/goccy/go-yaml"
)

// explain turns the YAML library's syntax errors into an author's words.
func explain(err error, firstLine int) *Mistake {
	var syntax *yaml.SyntaxError
	if !errors.As(err, &syntax) {
		return &Mistake{Place{Line: firstLine}, "this is not readable as YAML", "compare it with the example in AUTHORS.md"}
	}
	at, said := placeOf(syntax.Token, firstLine), syntax.Message
	for _, e := range explanations {
		if strings.Contains(said, e.part) {
			return &Mistake{at, e.message, e.remedy}
		}
	}
	return &Mistake{at, "YAML says: " + said, "compare it with the example in AUTHORS.md"}
}

var explanations = []struct{ part, message, remedy string }{
	{"mapping value is not allowed", "a second colon makes this text look like a key", "put the text in quotation marks, or check how the next line is indented"},
	{"could not find end character", "a quotation mark is opened here and not closed", "close it, or write “ ” inside the text"},
	{"reserved character", "a text cannot begin with this sign", "put the text in quotation marks"},
	{"escape character", "a backslash means something else between \" \"", "write \\\\, or use ' ' around the text"},
	{"tab character", "a tab stands here", "indent with spaces"},
	{"pre-defined", "something follows the closing quotation mark", "put the whole text between one pair of quotation marks"},
	{"not allowed in this context", "the indentation does not fit the lines above", "put keys that belong together exactly under one another"},
	{"must be specified", "a text that begins with a bracket above is not closed, or is no list", "put the text in quotation marks, or close the bracket"},
	{"end token", "a bracket is opened here and not closed", "close it, or put the text in quotation marks"},
	{"flow map", "a bracket is opened here and not closed", "close it, or put the text in quotation marks"},
	{"non-map value", "a key without a colon, or a text whose next line is not indented", "write key: text, and indent the lines that go on"},
}
