package bot

// Kept counts what a sender keeps in memory: entries, lines, chats, names
// waited for, and places in flight.
func (s *Sender) Kept() (entries, lines, chats, waited, flying int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.items), len(s.lines), len(s.chats), len(s.handles.waiters) + len(s.handles.coming), s.flying
}
