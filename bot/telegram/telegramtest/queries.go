package telegramtest

import (
	"strconv"
	"time"
)

const maxQueryAnswer = 200 // characters

// query is a press that waits for its answer.
type query struct {
	id        string
	chatID    int64
	userID    int64
	messageID int
	expires   time.Time
}

// newQuery gives a press its id; the oldest that were answered, or that nobody
// answered in time, go.
func (t *Server) newQuery(chatID, userID int64, messageID int) string {
	now := t.opts.Now()
	for len(t.queryAge) > 0 {
		oldest := t.queryAge[0]
		if _, waits := t.queries[oldest.id]; waits && oldest.expires.After(now) {
			break
		}
		delete(t.queries, oldest.id)
		t.queryAge = t.queryAge[1:]
	}
	t.queryNo += 0x10001
	q := query{
		id:     strconv.FormatUint(t.queryNo, 10),
		chatID: chatID, userID: userID, messageID: messageID,
		expires: now.Add(t.opts.CallbackTTL),
	}
	t.queries[q.id] = q
	t.queryAge = append(t.queryAge, q)
	return q.id
}

func (t *Server) answerCallbackQuery(q *request) reply {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len([]rune(q.params.Text)) > maxQueryAnswer {
		return t.deny(bad("MESSAGE_TOO_LONG"))
	}
	asked, known := t.queries[q.params.CallbackQueryID]
	if !known || !asked.expires.After(t.opts.Now()) {
		return t.deny(bad("query is too old and response timeout expired or query ID is invalid"))
	}
	delete(t.queries, asked.id)
	return t.accept(q, Call{
		ChatID: asked.chatID, MessageID: asked.messageID, UserID: asked.userID,
		QueryID: asked.id, Text: q.params.Text, Alert: bool(q.params.ShowAlert),
	}, answerTrue)
}
