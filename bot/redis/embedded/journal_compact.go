package embedded

import (
	"fmt"
	"log/slog"
	"path/filepath"
)

// compaction writes a new journal beside the old one: every key as it is,
// piece by piece, while writers go on. What happens to a key that is already
// written follows behind it; what happens to one that is not will be in it.
// The old journal goes on too, and is replaced at the end, at one stroke.
type compaction struct {
	pending map[string]struct{} // keys not yet written
	text    []byte              // for the new file
}

// follow takes what a write came to.
func (c *compaction) follow(words []string, command []byte) {
	if words[0] == "FLUSHALL" {
		clear(c.pending)
	} else if _, ok := c.pending[words[1]]; ok {
		return
	}
	c.text = append(c.text, command...)
}

// take returns what is to be written and begins anew.
func (c *compaction) take() []byte {
	text := c.text
	c.text = nil
	return text
}

// compactPiece is about how much is dumped before writers get their turn.
const compactPiece = 128 << 10

// compactIfLarge starts a compaction when the journal has grown enough. The
// caller holds mu.
func (e *Redis) compactIfLarge() {
	if e.compactBusy || e.journal.size.Load() <= e.compactAbove {
		return
	}
	e.compactBusy = true
	e.background.Go(func() {
		if err := e.compact(); err != nil {
			slog.Warn("the journal could not be made smaller", "dir", e.dir, "error", err)
		}
		e.mu.Lock()
		defer e.mu.Unlock()
		e.compactBusy = false
		e.setCompactAbove(e.journal.size.Load())
	})
}

// rewrite answers BGREWRITEAOF: unlike a Redis's it is done then, and what is
// not in the store any more is not in the data folder either.
func (e *Redis) rewrite() string {
	if err := e.compact(); err != nil {
		return errorReply("ERR " + err.Error())
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.setCompactAbove(e.journal.size.Load())
	return "+the journal is rewritten\r\n"
}

// setCompactAbove lets the journal double before the next compaction.
func (e *Redis) setCompactAbove(live int64) { e.compactAbove = max(e.compactAt, 2*live) }

// compact replaces the journal by one that holds what lives. Whenever it is
// interrupted, the old journal or the new one is there, whole.
func (e *Redis) compact() error {
	e.rewriting.Lock()
	defer e.rewriting.Unlock()
	tmp := filepath.Join(e.dir, journalTmp)
	file, err := e.disk.open(tmp, true)
	if err != nil {
		return fmt.Errorf("compact the journal: %w", err)
	}
	if err := e.compactInto(file, tmp); err != nil {
		e.mu.Lock()
		e.compacting = nil
		e.mu.Unlock()
		_ = file.Close()
		_ = e.disk.remove(tmp)
		return fmt.Errorf("compact the journal: %w", err)
	}
	return nil
}

func (e *Redis) compactInto(file diskFile, tmp string) error {
	w, err := newJournalWriter(file)
	if err != nil {
		return err
	}
	c, keys := e.beginCompaction()
	for len(keys) > 0 {
		var text []byte
		if text, keys, err = e.compactSome(c, keys); err != nil {
			return err
		}
		if err := w.write(text); err != nil {
			return err
		}
	}
	// Most of the syncing is done while writers go on.
	if err := w.sync(); err != nil {
		return err
	}
	return e.endCompaction(c, w, tmp)
}

func (e *Redis) beginCompaction() (*compaction, []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	keys := e.mini.Keys()
	e.compacting = &compaction{pending: make(map[string]struct{}, len(keys))}
	for _, k := range keys {
		e.compacting.pending[k] = struct{}{}
	}
	return e.compacting, keys
}

// compactSome dumps keys up to the size of a piece, and returns what goes
// into the file and the keys that are left. Readers go on meanwhile.
func (e *Redis) compactSome(c *compaction, keys []string) ([]byte, []string, error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	var err error
	for len(keys) > 0 && len(c.text) < compactPiece {
		key := keys[0]
		keys = keys[1:]
		if _, ok := c.pending[key]; !ok {
			continue
		}
		if c.text, err = e.dump(c.text, key); err != nil {
			return nil, nil, err
		}
		delete(c.pending, key)
	}
	return c.take(), keys, nil
}

// endCompaction writes what has happened meanwhile and puts the new journal
// in the old one's place.
func (e *Redis) endCompaction(c *compaction, w *journalWriter, tmp string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := w.write(c.take()); err != nil {
		return err
	}
	if err := w.sync(); err != nil {
		return err
	}
	if err := e.journal.replace(tmp, w); err != nil {
		return err
	}
	e.compacting = nil
	return nil
}

// replace puts the file that w wrote, at from, in the journal's place. It has
// everything that was appended so far, written or not; the caller sees to it
// that nothing more is appended meanwhile.
func (j *journal) replace(from string, w *journalWriter) error {
	j.io.Lock()
	defer j.io.Unlock()
	if err := j.failed(); err != nil {
		return err
	}
	// Not every system renames open files.
	_ = w.file.Close()
	_ = j.file.file.Close()
	renamed := j.disk.rename(from, j.path)
	file, err := j.disk.open(j.path, false)
	if err != nil {
		err = fmt.Errorf("open the journal again: %w", err)
		j.fail(err)
		return err
	}
	j.file.file = file
	if renamed != nil {
		return renamed
	}
	// Which of the two files a power cut would leave is not known before this.
	if err := j.disk.syncDir(filepath.Dir(j.path)); err != nil {
		err = fmt.Errorf("sync the data folder: %w", err)
		j.fail(err)
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.file = &journalWriter{file: file, size: w.size, sum: w.sum}
	j.buf = j.buf[:0]
	j.size.Store(w.size)
	j.synced.Store(j.appended.Load())
	j.done.Broadcast()
	return nil
}

// liveSize is the length that the journal would have after a compaction.
func (e *Redis) liveSize() (int64, error) {
	var size int64
	var text []byte
	for _, key := range e.mini.Keys() {
		var err error
		if text, err = e.dump(text[:0], key); err != nil {
			return 0, err
		}
		size += int64(len(text))
	}
	return size, nil
}
