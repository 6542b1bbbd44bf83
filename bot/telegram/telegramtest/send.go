package telegramtest

import (
	"cadrebot/bot/bottest"
	"slices"
	"time"
)

// deleteWithin is how long the bot may delete a message.
const deleteWithin = 48 * time.Hour

func (t *Server) sendMessage(q *request) reply {
	f, refused := readText(q.params.Text, q.params.ParseMode, "message")
	if refused != nil {
		return t.refuse(refused.code, refused.text)
	}
	return t.deliver(q, &message{text: f.text, entities: f.entities})
}

// deliver posts a message of the bot, its text already read.
func (t *Server) deliver(q *request, m *message) reply {
	buttons, refused := readKeyboard(q.params.ReplyMarkup)
	var answers struct {
		MessageID bottest.FlexInt  `json:"message_id"`
		Anyway    bottest.FlexBool `json:"allow_sending_without_reply"`
	}
	if refused == nil && bottest.Decode(q.params.ReplyParameters, &answers) != nil {
		refused = bad("can't parse reply parameters JSON object")
	}
	if refused == nil && q.params.MessageThreadID != 0 {
		refused = bad("message thread not found") // no chat here is a forum
	}
	if refused != nil {
		return t.refuse(refused.code, refused.text)
	}
	m.buttons = buttons

	t.mu.Lock()
	defer t.mu.Unlock()
	c, refused := t.lookUp(q.params.ChatID)
	if refused == nil {
		refused = t.admit(c, false)
	}
	if refused == nil {
		refused = c.writable()
	}
	if refused != nil {
		return t.deny(refused)
	}
	if id := int(answers.MessageID); id != 0 {
		if _, original := c.find(id); original != nil {
			stripped := *original
			stripped.reply = nil
			m.reply = &stripped
		} else if !bool(answers.Anyway) && !t.forgotten(c, id) {
			return t.deny(bad("message to be replied not found"))
		}
	}
	t.post(c, m)
	call := Call{
		ChatID: c.id, MessageID: m.id, Text: m.text,
		Formatted: len(m.entities) > 0, Buttons: buttons, ReplyTo: int(answers.MessageID),
	}
	if m.file != nil {
		call.FileName, call.Uploaded = m.file.name, len(q.params.files) > 0
	}
	return t.accept(q, call, t.messageAnswer(c, m))
}

func (t *Server) messageAnswer(c *chat, m *message) []byte {
	b := make([]byte, 0, 320+2*len(m.text)+96*len(m.buttons))
	b = t.appendMessage(append(b, `{"ok":true,"result":`...), c, m)
	return append(b, '}')
}

// editMessage edits the text, the caption or only the buttons. An edit
// without buttons takes those that were there away, as on the platform.
func (t *Server) editMessage(q *request) reply {
	var f formatted
	var refused *refusal
	switch q.method {
	case "editMessageText":
		f, refused = readText(q.params.Text, q.params.ParseMode, "message")
	case "editMessageCaption":
		f, refused = readText(q.params.Caption, q.params.ParseMode, "message caption")
	}
	var buttons [][]Button
	if refused == nil {
		buttons, refused = readKeyboard(q.params.ReplyMarkup)
	}
	if refused != nil {
		return t.refuse(refused.code, refused.text)
	}

	t.mu.Lock()
	defer t.mu.Unlock()
	c, refused := t.lookUp(q.params.ChatID)
	if refused == nil {
		refused = t.admit(c, true)
	}
	if refused == nil {
		refused = c.writable()
	}
	if refused != nil {
		return t.deny(refused)
	}
	id := int(q.params.MessageID)
	_, m := c.find(id)
	if m == nil && t.forgotten(c, id) {
		m = &message{id: id, date: t.opts.Now()}
		if q.method == "editMessageCaption" {
			m.file = &file{}
		}
	}
	if m != nil && q.method == "editMessageReplyMarkup" {
		f = formatted{text: m.text, entities: m.entities}
	}
	if refused := m.editable(q.method, f, buttons); refused != nil {
		return t.deny(refused)
	}
	m.text, m.entities, m.buttons = f.text, f.entities, buttons
	m.edited = t.opts.Now()
	m.edits++
	call := Call{
		ChatID: c.id, MessageID: m.id, Text: m.text,
		Formatted: len(m.entities) > 0, Buttons: buttons,
	}
	return t.accept(q, call, t.messageAnswer(c, m))
}

func (m *message) editable(method string, f formatted, buttons [][]Button) *refusal {
	switch {
	case m == nil:
		return bad("message to edit not found")
	case m.from != nil:
		return bad("message can't be edited")
	case method == "editMessageText" && m.file != nil:
		return bad("there is no text in the message to edit")
	case method == "editMessageCaption" && m.file == nil:
		return bad("there is no caption in the message to edit")
	case m.text == f.text && slices.Equal(m.entities, f.entities) && sameKeyboard(m.buttons, buttons):
		return bad("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	return nil
}

func (t *Server) deleteMessage(q *request) reply {
	t.mu.Lock()
	defer t.mu.Unlock()
	c, refused := t.lookUp(q.params.ChatID)
	if refused != nil {
		return t.deny(refused)
	}
	i, m := c.find(int(q.params.MessageID))
	switch {
	case m == nil:
		return t.deny(bad("message to delete not found"))
	case t.opts.Now().Sub(m.date) > deleteWithin, m.from != nil && c.kind != private && c.status != "administrator":
		return t.deny(bad("message can't be deleted for everyone"))
	}
	c.messages = slices.Delete(c.messages, i, i+1)
	return t.accept(q, Call{ChatID: c.id, MessageID: m.id}, answerTrue)
}

func (t *Server) sendChatAction(q *request) reply {
	t.mu.Lock()
	defer t.mu.Unlock()
	c, refused := t.lookUp(q.params.ChatID)
	if refused == nil {
		refused = c.writable()
	}
	if refused == nil && q.params.Action == "" {
		refused = bad("wrong parameter action in request")
	}
	if refused != nil {
		return t.deny(refused)
	}
	return t.accept(q, Call{ChatID: c.id, Text: q.params.Action}, answerTrue)
}
