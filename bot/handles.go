package bot

// handleBook knows which message of a chat was sent under which name, as long
// as it is recent, and who waits for a name whose message has not left yet.
type handleBook struct {
	ids     map[string]string
	order   []string
	coming  map[string]int
	waiters map[string][]*line
}

// handlesKept is how many names are kept in memory; the store has them all.
const handlesKept = 10_000

func (h *handleBook) reset() {
	*h = handleBook{ids: map[string]string{}, coming: map[string]int{}, waiters: map[string][]*line{}}
}

// expect notes that a new message will have a name.
func (h *handleBook) expect(it *item) {
	if it.Handle != "" && !it.Edit {
		h.coming[it.Chat+" "+it.Handle]++
	}
}

// pending reports whether an edit has to wait for the message it names, and
// lets its line wait.
func (h *handleBook) pending(it *item, l *line) bool {
	k := it.Chat + " " + it.Handle
	if h.coming[k] == 0 {
		return false
	}
	h.waiters[k] = append(h.waiters[k], l)
	return true
}

// learn notes under which identifier the platform keeps a message, "" if it
// came to nothing. Those who waited for it are left in released.
func (h *handleBook) learn(it *item, message string) {
	if it.Handle == "" || it.Edit {
		return
	}
	k := it.Chat + " " + it.Handle
	if h.coming[k]--; h.coming[k] <= 0 {
		delete(h.coming, k)
	}
	if message == "" {
		return
	}
	if _, known := h.ids[k]; !known {
		h.order = append(h.order, k)
	}
	h.ids[k] = message
	if len(h.order) > handlesKept {
		delete(h.ids, h.order[0])
		h.order = h.order[1:]
	}
}

// released takes out the lines that waited for a name which is known by now.
func (h *handleBook) released() []*line {
	var free []*line
	for k, lines := range h.waiters {
		if h.coming[k] == 0 {
			free = append(free, lines...)
			delete(h.waiters, k)
		}
	}
	return free
}

func (h *handleBook) find(chat, name string) string { return h.ids[chat+" "+name] }
