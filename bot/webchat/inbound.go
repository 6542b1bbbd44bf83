package webchat

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// said is what a form brings: words.
type said struct{ id, text string }

// pressed is what a form brings: a button of a message.
type pressed struct {
	id      string
	message int64
	data    string
}

// opened is what a form brings: somebody looks, by a link with a code perhaps.
type opened struct{ id, code string }

const (
	maxID   = 48
	maxCode = 64
	maxData = 1024
)

// readSay reads words. Those that are none are a refusal that says nothing.
func readSay(form url.Values) (said, error) {
	s := said{form.Get("id"), tidy(form.Get("text"))}
	switch {
	case !isID(s.id):
		return s, refuse(http.StatusBadRequest, "web.stale")
	case s.text == "":
		return s, refuse(http.StatusBadRequest, "web.empty")
	case utf8.RuneCountInString(s.text) > maxText:
		return s, refuse(http.StatusRequestEntityTooLarge, "web.long")
	}
	return s, nil
}

func readPress(form url.Values) (pressed, error) {
	p := pressed{id: form.Get("id"), data: form.Get("data")}
	n, err := strconv.ParseInt(form.Get("message"), 10, 64)
	if p.message = n; err != nil || n < 1 || !isID(p.id) || p.data == "" || len(p.data) > maxData || !utf8.ValidString(p.data) {
		return p, refuse(http.StatusBadRequest, "web.stale")
	}
	return p, nil
}

func readOpen(form url.Values) (opened, error) {
	o := opened{form.Get("id"), form.Get("code")}
	if !isID(o.id) || o.code != "" && !isCode(o.code) {
		return o, refuse(http.StatusBadRequest, "web.stale")
	}
	return o, nil
}

// isID tells the names that a browser gives to what it sends.
func isID(s string) bool { return len(s) <= maxID && isCode(s) }

// isCode tells what may stand in a link.
func isCode(s string) bool {
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != '_' {
			return false
		}
	}
	return s != "" && len(s) <= maxCode
}

// tidy makes what was typed what a person meant: valid, without what can't be
// seen, and with one kind of line's end.
func tidy(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		if r == '\r' {
			return '\n'
		}
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}
