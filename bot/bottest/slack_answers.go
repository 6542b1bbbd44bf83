package bottest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// slackRefusal is why a call was not accepted.
type slackRefusal struct {
	error      string
	messages   []string
	retryAfter int
}

func refused(code string) *slackRefusal { return &slackRefusal{error: code} }

func invalidArguments(format string, args ...any) *slackRefusal {
	return &slackRefusal{error: "invalid_arguments", messages: []string{"[ERROR] " + fmt.Sprintf(format, args...)}}
}

// slackReply is an answer on its way to the app.
type slackReply struct {
	status     int
	body       []byte
	kind       string
	retryAfter int
	hangUp     bool
	call       *SlackCall
}

const (
	slackJSONType  = "application/json; charset=utf-8"
	slackPlainType = "text/plain; charset=utf-8"
	slackHTMLType  = "text/html; charset=utf-8"
)

func (r *slackRefusal) reply() slackReply {
	b := append([]byte(nil), `{"ok":false,"error":`...)
	b = appendString(b, r.error)
	if len(r.messages) > 0 {
		messages, err := json.Marshal(r.messages)
		if err != nil {
			panic(fmt.Sprintf("bottest: marshal messages: %v", err))
		}
		b = append(append(b, `,"errors":`...), messages...)
		b = append(append(b, `,"response_metadata":{"messages":`...), messages...)
		b = append(b, '}')
	}
	status := http.StatusOK
	if r.retryAfter > 0 {
		status = http.StatusTooManyRequests
	}
	return slackReply{status: status, body: append(b, '}'), retryAfter: r.retryAfter}
}

func (a slackReply) write(w http.ResponseWriter) {
	header := w.Header()
	kind := a.kind
	if kind == "" {
		kind = slackJSONType
	}
	header["Content-Type"] = []string{kind}
	header["Content-Length"] = []string{strconv.Itoa(len(a.body))}
	if a.retryAfter > 0 {
		header["Retry-After"] = []string{strconv.Itoa(a.retryAfter)}
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body)
}

// slackResult words any value as an answer; for calls that are rare.
func slackResult(fields map[string]any) []byte {
	fields["ok"] = true
	raw, err := json.Marshal(fields)
	if err != nil {
		panic(fmt.Sprintf("bottest: marshal an answer: %v", err))
	}
	return raw
}
