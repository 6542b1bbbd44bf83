package slacktest

import (
	"slices"
	"strings"
)

// Message is a message as a person sees it now, edits applied.
type Message struct {
	TS string
	// User wrote it; empty for the bot.
	User string
	// Text is what a person reads: of the blocks if there are any, formatting
	// and escapes resolved. Raw is the text as it came over the wire.
	Text, Raw string
	// Blocks is the JSON of the blocks, empty without any.
	Blocks []byte
	// Buttons stand in rows, a row for each block that has any.
	Buttons [][]Button
	// Files were shared with the message, or are its image blocks.
	Files []File
	// Edited says that a person sees the mark of an edit; Edits counts them
	// all, for an edit with blocks leaves no mark.
	Edited bool
	Edits  int
	// Ephemeral is who alone sees it; empty when all do.
	Ephemeral string
	// Thread is the message that the thread belongs to.
	Thread string
}

// Button is a button on a message: its label and what it does.
type Button struct {
	Label, ActionID, BlockID, Value, URL, Style string
}

// File is a file of a message: one that was uploaded, with its bytes, or
// an image block.
type File struct {
	ID, Name, Title, URL, Alt string
	Bytes                     []byte
}

// Button finds a button by its label.
func (m Message) Button(label string) (Button, bool) {
	return m.find(func(b Button) bool { return b.Label == label })
}

func (m Message) find(is func(Button) bool) (Button, bool) {
	for _, row := range m.Buttons {
		if i := slices.IndexFunc(row, is); i >= 0 {
			return row[i], true
		}
	}
	return Button{}, false
}

// Messages is a channel as those in it see it, oldest first, both sides, with
// the ephemeral messages of everyone; without history only its last few.
func (s *Server) Messages(channel string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channel]
	if c == nil {
		return nil
	}
	seen := make([]Message, len(c.messages))
	for i, m := range c.messages {
		seen[i] = s.view(m)
	}
	return seen
}

// Message is one message as a person sees it; false when there is none.
func (s *Server) Message(channel, ts string) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channels[channel]; c != nil {
		if _, m := c.find(ts); m != nil {
			return s.view(m), true
		}
	}
	return Message{}, false
}

// Last is the newest message that the bot wrote in a channel; false if none.
func (s *Server) Last(channel string) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channels[channel]; c != nil {
		for _, m := range slices.Backward(c.messages) {
			if m.user == "" {
				return s.view(m), true
			}
		}
	}
	return Message{}, false
}

func (s *Server) view(m *message) Message {
	v := Message{
		TS: m.ts, User: m.user, Text: m.shown.text, Raw: m.text, Blocks: m.blocks,
		Buttons: m.shown.buttons, Files: slices.Clone(m.shown.images),
		Edited: m.edited != "", Edits: m.edits, Ephemeral: m.ephemeral, Thread: m.thread,
	}
	for _, f := range m.files {
		v.Files = append(v.Files, File{
			ID: f.id, Name: f.name, Title: f.title, URL: s.fileURL(f), Alt: f.alt, Bytes: f.data,
		})
	}
	return v
}

// escape is text as the platform carries it.
func escape(text string) string {
	if !strings.ContainsAny(text, "&<>") {
		return text
	}
	return escapes.Replace(text)
}

var (
	escapes   = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	unescapes = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">")
)
