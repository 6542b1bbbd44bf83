package telegramtest

import (
	"cadrebot/bot/bottest"
	"encoding/json"
	"fmt"
	"strconv"
)

// refusal is why a call was not accepted, with what the bot may need to do
// better.
type refusal struct {
	code       int
	text       string
	retryAfter int
	migrateTo  int64
}

func bad(format string, args ...any) *refusal {
	return &refusal{code: 400, text: "Bad Request: " + fmt.Sprintf(format, args...)}
}

func forbidden(text string) *refusal {
	return &refusal{code: 403, text: "Forbidden: " + text}
}

// refuse counts a refusal and words it as an answer.
func (t *Server) refuse(code int, text string) reply {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.deny(&refusal{code: code, text: text})
}

// deny is refuse for who holds the lock.
func (t *Server) deny(r *refusal) reply {
	t.stats.Refused[r.code]++
	t.changed()
	return r.reply()
}

func (r *refusal) reply() reply {
	b := append([]byte(nil), `{"ok":false,"error_code":`...)
	b = strconv.AppendInt(b, int64(r.code), 10)
	b = append(b, `,"description":`...)
	b = bottest.AppendString(b, r.text)
	switch {
	case r.retryAfter > 0:
		b = append(b, `,"parameters":{"retry_after":`...)
		b = strconv.AppendInt(b, int64(r.retryAfter), 10)
		b = append(b, '}')
	case r.migrateTo != 0:
		b = append(b, `,"parameters":{"migrate_to_chat_id":`...)
		b = strconv.AppendInt(b, r.migrateTo, 10)
		b = append(b, '}')
	}
	return reply{status: r.code, body: append(b, '}'), retryAfter: r.retryAfter}
}

var answerTrue = []byte(`{"ok":true,"result":true}`)

// result words any value as an answer; for calls that are rare.
func result(value any) []byte {
	raw, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("telegramtest: marshal an answer: %v", err))
	}
	b := append([]byte(nil), `{"ok":true,"result":`...)
	return append(append(b, raw...), '}')
}
