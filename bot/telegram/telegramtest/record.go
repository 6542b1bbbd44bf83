package telegramtest

import (
	"maps"
	"slices"
	"time"
)

// Call is a call that was accepted and has had its effect.
type Call struct {
	// Seq counts accepted calls from 1 in the order of their effects.
	Seq int64
	At  time.Time
	// Method is spelled as in the platform's documentation.
	Method string
	// ChatID and MessageID are where it took effect; for an answer to a press
	// those of the pressed message.
	ChatID    int64
	MessageID int
	// UserID is who pressed, for an answer to a press.
	UserID int64
	// Text is what a person sees: entities parsed, white space trimmed.
	Text string
	// Formatted says that the text had entities.
	Formatted bool
	Buttons   [][]Button
	// FileName is that of a file; Uploaded says that its bytes came with the call.
	FileName string
	Uploaded bool
	// QueryID and Alert belong to an answer to a press.
	QueryID string
	Alert   bool
	// ReplyTo is the message that a message answers, 0 if none.
	ReplyTo int
	// Lost says that a fault kept the answer from the bot.
	Lost bool
}

// Message is a message as a person sees it now, edits applied.
type Message struct {
	ID int
	// From is the user's id, 0 for the bot.
	From     int64
	Date     time.Time
	EditDate time.Time
	Edits    int
	Text     string
	Entities []Entity
	Buttons  [][]Button
	// Media is photo, audio, video or document, "" without a file. File is what
	// was uploaded, kept with history, FileURL where the platform was to get it.
	Media, FileName, FileURL string
	File                     []byte
	ReplyTo                  int
}

// Button finds a button by its label.
func (m Message) Button(label string) (Button, bool) {
	for _, row := range m.Buttons {
		for _, b := range row {
			if b.Text == label {
				return b, true
			}
		}
	}
	return Button{}, false
}

// Stats are counts since the start.
type Stats struct {
	// Calls counts accepted calls by method, Refused the others by error code.
	Calls   map[string]int
	Refused map[int]int
	TooMany Refusals
	// Updates counts those made, Pending those not yet confirmed, Expired
	// those that nobody fetched in time.
	Updates, Pending, Expired int
	// Deliveries counts webhook posts, FailedDeliveries those not taken.
	Deliveries, FailedDeliveries int
}

// Stats is a copy of the counts.
func (t *Server) Stats() Stats {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.stats
	s.Calls, s.Refused = maps.Clone(s.Calls), maps.Clone(s.Refused)
	s.Pending = len(t.queue) + t.hook.pending()
	return s
}

// OnSend has a function told of every accepted call, before the bot has its
// answer. It runs on the call's own goroutine with no lock held: it must be
// quick, and two calls at a time may come to it in either order. Nil ends it.
func (t *Server) OnSend(listen func(Call)) {
	if listen == nil {
		t.onSend.Store(nil)
		return
	}
	t.onSend.Store(&listen)
}

// accept records a call and words its answer. The lock must be held.
func (t *Server) accept(q *request, call Call, answer []byte) reply {
	t.seq++
	call.Seq, call.At, call.Method, call.Lost = t.seq, t.opts.Now(), q.method, q.lost
	t.stats.Calls[q.method]++
	if !t.opts.NoHistory {
		t.calls = append(t.calls, call)
	}
	t.changed()
	return reply{status: 200, body: answer, call: &call}
}

// Calls are the accepted calls so far, polling aside; none without history.
func (t *Server) Calls() []Call {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.calls)
}

// CallsOf are the accepted calls of one method, in order.
func (t *Server) CallsOf(method string) []Call {
	t.mu.Lock()
	defer t.mu.Unlock()
	var found []Call
	for _, c := range t.calls {
		if c.Method == method {
			found = append(found, c)
		}
	}
	return found
}

// Messages is a chat as a person sees it, oldest first, both sides; without
// history only its last few messages.
func (t *Server) Messages(chatID int64) []Message {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.chats[chatID]
	if c == nil {
		return nil
	}
	seen := make([]Message, len(c.messages))
	for i, m := range c.messages {
		seen[i] = m.view()
	}
	return seen
}

// Last is the newest message that the bot wrote in a chat; false if none.
func (t *Server) Last(chatID int64) (Message, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if c := t.chats[chatID]; c != nil {
		for _, m := range slices.Backward(c.messages) {
			if m.from == nil {
				return m.view(), true
			}
		}
	}
	return Message{}, false
}

func (m *message) view() Message {
	v := Message{
		ID: m.id, Date: m.date, EditDate: m.edited, Edits: m.edits,
		Text: m.text, Entities: m.entities, Buttons: m.buttons,
	}
	if m.from != nil {
		v.From = m.from.ID
	}
	if m.file != nil {
		v.Media, v.FileName, v.FileURL, v.File = m.file.kind, m.file.name, m.file.url, m.file.data
	}
	if m.reply != nil {
		v.ReplyTo = m.reply.id
	}
	return v
}

// Await waits until cond holds, looking again whenever anything has changed,
// and says whether it came to hold within the time-out. The condition may call
// any method of the fake.
func (t *Server) Await(cond func() bool, timeout time.Duration) bool {
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	for {
		t.mu.Lock()
		t.waiters++
		change := t.changes
		t.mu.Unlock()
		held := cond()
		expired := false
		if !held {
			select {
			case <-change:
			case <-timer.C:
				expired = true
			}
		}
		t.mu.Lock()
		t.waiters--
		t.mu.Unlock()
		if held || expired {
			return held || cond()
		}
	}
}

// changed wakes those who await something. The lock must be held.
func (t *Server) changed() {
	if t.waiters > 0 {
		close(t.changes)
		t.changes = make(chan struct{})
	}
}
