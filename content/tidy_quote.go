package content

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// plainOrQuoted writes a text without quotation marks where it may stand so.
func plainOrQuoted(s *ast.StringNode, inside bool) string {
	quoted := s.Token.Type == token.SingleQuoteType || s.Token.Type == token.DoubleQuoteType
	if !quoted || mayStandPlain(s.Value, inside) {
		return s.Value
	}
	for _, c := range s.Value {
		if c < ' ' || c == 0x7f {
			return s.String() // as the author has escaped it
		}
	}
	return quotedWhereNeeded(s.Value, inside)
}

// quotedWhereNeeded is a text of one line.
func quotedWhereNeeded(s string, inside bool) string {
	if mayStandPlain(s, inside) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

// mayStandPlain reports whether a text means itself without quotation marks. It
// errs on the side of the marks.
func mayStandPlain(s string, inside bool) bool {
	if s == "" || s != strings.TrimSpace(s) || strings.ContainsAny(s, "\n\r\t\"\\") {
		return false
	}
	if strings.ContainsAny(s[:1], "[]{},&*!|>@%-?'`#:=~+.0123456789") || inside && strings.ContainsAny(s, "[]{},") {
		return false
	}
	if strings.Contains(s, ": ") || strings.HasSuffix(s, ":") || strings.Contains(s, " #") {
		return false
	}
	switch strings.ToLower(s) {
	case "true", "false", "yes", "no", "on", "off", "null", "y", "n":
		return false
	}
	return true
}
