package telegramtest

import (
	"bytes"
	"cadrebot/bot/bottest"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// update is one event on its way to the bot, as JSON.
type update struct {
	id      int64
	body    []byte
	line    lineKey
	expires time.Time
}

// lineKey names what an update must not overtake in webhook mode. Messages of
// a chat, presses of a user and memberships stand in lines of their own, so
// nothing orders a press and a message.
type lineKey struct {
	kind byte
	id   int64
}

// defaultUpdates are sent as long as the bot has named none.
var defaultUpdates = []string{
	"message", "edited_message", "channel_post", "edited_channel_post",
	"business_connection", "business_message", "edited_business_message",
	"deleted_business_messages", "inline_query", "chosen_inline_result",
	"callback_query", "shipping_query", "pre_checkout_query",
	"purchased_paid_media", "poll", "poll_answer", "my_chat_member",
	"chat_join_request", "chat_boost", "removed_chat_boost",
}

// enqueue makes an update out of what payload appends and returns its id; 0
// when the bot has not allowed its kind. The lock must be held.
func (t *Server) enqueue(kind string, line lineKey, payload func([]byte) []byte) int64 {
	defer t.changed()
	if !slices.Contains(t.allowed, kind) {
		return 0
	}
	id := t.nextUpdate
	t.nextUpdate++
	b := make([]byte, 0, 768)
	b = strconv.AppendInt(append(b, `{"update_id":`...), id, 10)
	b = append(append(append(b, `,"`...), kind...), `":`...)
	b = append(payload(b), '}')
	ttl := t.opts.UpdateTTL
	if kind == "callback_query" {
		ttl = t.opts.CallbackTTL
	}
	t.send(update{id: id, body: b, line: line, expires: t.opts.Now().Add(ttl)})
	return id
}

// send puts an update where the bot gets it from.
func (t *Server) send(u update) {
	t.stats.Updates++
	if !t.opts.NoHistory {
		t.archive[u.id] = u
	}
	if t.hook != nil {
		t.hook.add(u)
		t.pump()
		return
	}
	t.queue = append(t.queue, u)
	t.poll.wakeUp()
}

// Raw sends an update as it stands, whatever kind it may be of, and returns its
// id. It takes an object of JSON and panics on anything else, for the platform
// sends nothing else; an update_id is put in where there is none.
func (t *Server) Raw(object string) int64 {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal([]byte(object), &fields); err != nil {
		panic(fmt.Sprintf("telegramtest: raw update is not an object: %v", err))
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	defer t.changed()
	id := t.nextUpdate
	body := []byte(object)
	if given, ok := fields["update_id"]; ok {
		id = int64(bottest.ParseInt(string(given)))
	} else {
		t.nextUpdate++
		inner := bytes.TrimSpace(body)[1:]
		body = strconv.AppendInt([]byte(`{"update_id":`), id, 10)
		if len(fields) > 0 {
			body = append(body, ',')
		}
		body = append(body, inner...)
	}
	t.send(update{id: id, body: body, line: lineKey{'r', id}, expires: t.opts.Now().Add(t.opts.UpdateTTL)})
	return id
}

// Redeliver sends an update once more, even one that the bot has confirmed:
// with the next poll, or as one more delivery. It needs history; false when
// there is no such update.
func (t *Server) Redeliver(updateID int64) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	u, ok := t.archive[updateID]
	if !ok {
		return false
	}
	defer t.changed()
	if t.hook != nil {
		t.hook.add(u)
		t.pump()
		return true
	}
	t.repeats = append(t.repeats, u)
	t.poll.wakeUp()
	return true
}

// Update is the JSON of an update, as the bot gets it; nil without history.
func (t *Server) Update(updateID int64) []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.archive[updateID].body)
}

// SetNextUpdateID has the numbering of updates go on elsewhere, as the
// platform's may after a quiet week. An offset above every number given since
// then confirms nothing.
func (t *Server) SetNextUpdateID(id int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.nextUpdate = id
}

// Pending is the number of updates that the bot has not confirmed yet.
func (t *Server) Pending() int { return t.Stats().Pending }

// allow keeps the list of updates that the bot wants until it names another;
// an empty list brings the default back.
func (t *Server) allow(raw json.RawMessage) *refusal {
	var kinds []string
	switch err := bottest.Decode(raw, &kinds); {
	case err != nil:
		return bad("can't parse allowed_updates JSON object")
	case kinds == nil:
	case len(kinds) == 0:
		t.allowed = defaultUpdates
	default:
		t.allowed = kinds
	}
	return nil
}
