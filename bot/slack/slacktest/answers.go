package slacktest

import (
	"cadrebot/bot/bottest"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// refusal is why a call was not accepted.
type refusal struct {
	error      string
	messages   []string
	retryAfter int
}

func refused(code string) *refusal { return &refusal{error: code} }

func invalidArguments(format string, args ...any) *refusal {
	return &refusal{error: "invalid_arguments", messages: []string{"[ERROR] " + fmt.Sprintf(format, args...)}}
}

// reply is an answer on its way to the app.
type reply struct {
	status     int
	body       []byte
	kind       string
	retryAfter int
	hangUp     bool
	call       *Call
}

const (
	jsonType  = "application/json; charset=utf-8"
	plainType = "text/plain; charset=utf-8"
	htmlType  = "text/html; charset=utf-8"
)

func (r *refusal) reply() reply {
	b := append([]byte(nil), `{"ok":false,"error":`...)
	b = bottest.AppendString(b, r.error)
	if len(r.messages) > 0 {
		messages, err := json.Marshal(r.messages)
		if err != nil {
			panic(fmt.Sprintf("slacktest: marshal messages: %v", err))
		}
		b = append(append(b, `,"errors":`...), messages...)
		b = append(append(b, `,"response_metadata":{"messages":`...), messages...)
		b = append(b, '}')
	}
	status := http.StatusOK
	if r.retryAfter > 0 {
		status = http.StatusTooManyRequests
	}
	return reply{status: status, body: append(b, '}'), retryAfter: r.retryAfter}
}

func (a reply) write(w http.ResponseWriter) {
	header := w.Header()
	kind := a.kind
	if kind == "" {
		kind = jsonType
	}
	header["Content-Type"] = []string{kind}
	header["Content-Length"] = []string{strconv.Itoa(len(a.body))}
	if a.retryAfter > 0 {
		header["Retry-After"] = []string{strconv.Itoa(a.retryAfter)}
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body)
}

// result words any value as an answer; for calls that are rare.
func result(fields map[string]any) []byte {
	fields["ok"] = true
	raw, err := json.Marshal(fields)
	if err != nil {
		panic(fmt.Sprintf("slacktest: marshal an answer: %v", err))
	}
	return raw
}
