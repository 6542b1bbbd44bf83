package bottest

import (
	"slices"
	"strings"
)

// SlackMessage is a message as a person sees it now, edits applied.
type SlackMessage struct {
	TS string
	// User wrote it; empty for the bot.
	User string
	// Text is what a person reads: of the blocks if there are any, formatting
	// and escapes resolved. Raw is the text as it came over the wire.
	Text, Raw string
	// Blocks is the JSON of the blocks, empty without any.
	Blocks []byte
	// Buttons stand in rows, a row for each block that has any.
	Buttons [][]SlackButton
	// Files were shared with the message, or are its image blocks.
	Files []SlackFile
	// Edited says that a person sees the mark of an edit; Edits counts them
	// all, for an edit with blocks leaves no mark.
	Edited bool
	Edits  int
	// Ephemeral is who alone sees it; empty when all do.
	Ephemeral string
	// Thread is the message that the thread belongs to.
	Thread string
}

// SlackButton is a button on a message: its label and what it does.
type SlackButton struct {
	Label, ActionID, BlockID, Value, URL, Style string
}

// SlackFile is a file of a message: one that was uploaded, with its bytes, or
// an image block.
type SlackFile struct {
	ID, Name, Title, URL, Alt string
	Bytes                     []byte
}

// Button finds a button by its label.
func (m SlackMessage) Button(label string) (SlackButton, bool) {
	return m.find(func(b SlackButton) bool { return b.Label == label })
}

func (m SlackMessage) find(is func(SlackButton) bool) (SlackButton, bool) {
	for _, row := range m.Buttons {
		if i := slices.IndexFunc(row, is); i >= 0 {
			return row[i], true
		}
	}
	return SlackButton{}, false
}

// Messages is a channel as those in it see it, oldest first, both sides, with
// the ephemeral messages of everyone; without history only its last few.
func (s *Slack) Messages(channel string) []SlackMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channel]
	if c == nil {
		return nil
	}
	seen := make([]SlackMessage, len(c.messages))
	for i, m := range c.messages {
		seen[i] = s.view(m)
	}
	return seen
}

// Message is one message as a person sees it; false when there is none.
func (s *Slack) Message(channel, ts string) (SlackMessage, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channels[channel]; c != nil {
		if _, m := c.find(ts); m != nil {
			return s.view(m), true
		}
	}
	return SlackMessage{}, false
}

// Last is the newest message that the bot wrote in a channel; false if none.
func (s *Slack) Last(channel string) (SlackMessage, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channels[channel]; c != nil {
		for _, m := range slices.Backward(c.messages) {
			if m.user == "" {
				return s.view(m), true
			}
		}
	}
	return SlackMessage{}, false
}

func (s *Slack) view(m *slackMessage) SlackMessage {
	v := SlackMessage{
		TS: m.ts, User: m.user, Text: m.shown.text, Raw: m.text, Blocks: m.blocks,
		Buttons: m.shown.buttons, Files: slices.Clone(m.shown.images),
		Edited: m.edited != "", Edits: m.edits, Ephemeral: m.ephemeral, Thread: m.thread,
	}
	for _, f := range m.files {
		v.Files = append(v.Files, SlackFile{
			ID: f.id, Name: f.name, Title: f.title, URL: s.fileURL(f), Alt: f.alt, Bytes: f.data,
		})
	}
	return v
}

// escapeSlack is text as the platform carries it.
func escapeSlack(text string) string {
	if !strings.ContainsAny(text, "&<>") {
		return text
	}
	return slackEscapes.Replace(text)
}

var (
	slackEscapes   = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	slackUnescapes = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">")
)
