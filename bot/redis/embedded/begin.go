package embedded

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/alicebob/miniredis/v2"
	"github.com/alicebob/miniredis/v2/server"
)

// begin starts the server, reads the journal, and then lets everybody in.
func (e *Redis) begin(password string) error {
	if err := e.listen(password); err != nil {
		return err
	}
	if err := e.replay(); err != nil {
		return err
	}
	e.write(func() string { return "" }) // expires what went meanwhile
	if !e.finishErasing() {
		if err := e.compactIdle(); err != nil {
			return err
		}
	}
	e.loading.Store(false)
	return nil
}

// listen starts miniredis, which answers nobody but this package yet.
func (e *Redis) listen(password string) error {
	e.loading.Store(true)
	e.mini = miniredis.NewMiniRedis()
	e.mini.SetTime(still)
	e.mini.RequireAuth(password)
	e.mini.SetError("LOADING the embedded store starts")
	if err := e.mini.StartAddr("127.0.0.1:0"); err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	e.addr, e.srv = e.mini.Addr(), e.mini.Server()
	e.inners = inners{mini: e.mini, known: &e.peers}
	e.root, e.outer, e.changer = server.NewPeer(nil), e.inners.borrow(), e.inners.borrow()
	e.srv.SetPreHook(e.hook)
	if reply := e.outer.run(e.root, "AUTH", password); reply[0] == '-' {
		return fmt.Errorf("log in: %s", reply)
	}
	return nil
}

// replay reads the journal into miniredis and opens it for more.
func (e *Redis) replay() error {
	path := filepath.Join(e.dir, journalName)
	if err := e.disk.remove(filepath.Join(e.dir, journalTmp)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove what a compaction left: %w", err)
	}
	e.now = e.clock().UnixMilli()
	found, err := replayJournal(path, e.repeat)
	if err != nil {
		return err
	}
	if found.torn > 0 {
		slog.Warn("the journal's last record was torn by a crash and is cut off; nobody was answered on it",
			"file", path, "offset", found.whole, "bytes", found.torn)
	}
	file, err := e.disk.open(path, found.fresh)
	if err != nil {
		return fmt.Errorf("open the journal: %w", err)
	}
	w := &journalWriter{file: file, size: found.whole, sum: found.sum}
	switch {
	case found.fresh:
		w, err = newJournalWriter(file)
	case found.torn > 0:
		err = file.Truncate(found.whole)
	}
	if err == nil {
		err = w.sync()
	}
	if err == nil {
		err = e.disk.syncDir(e.dir)
	}
	if err != nil {
		_ = file.Close()
		return fmt.Errorf("open the journal: %w", err)
	}
	e.journal = newJournal(path, e.disk, w)
	return nil
}

// repeat carries out a command of the journal.
func (e *Redis) repeat(words []string) error {
	words[0] = strings.ToUpper(words[0])
	words = absolute(words, e.now)
	r, ok := rules[words[0]]
	if !ok && kindOf(e.srv, words) != passing {
		return errors.New("no command of a journal")
	}
	if reply := e.changer.run(e.root, words...); len(reply) > 0 && reply[0] == '-' {
		return fmt.Errorf("%s", strings.TrimSpace(string(reply[1:])))
	}
	if r.expires {
		if at, ok := e.deadline(words[1]); ok {
			e.deadlines.note(words[1], at)
		}
	}
	return nil
}

// finishErasing lets the journal forget those whose erasure a crash has cut
// short of it, and reports whether there were any.
func (e *Redis) finishErasing() bool {
	var open []string
	for _, k := range e.mini.Keys() {
		if erasing(k) {
			open = append(open, k)
		}
	}
	if len(open) == 0 {
		return false
	}
	if reply := e.rewrite(); reply[0] == '-' {
		slog.Warn("the journal still tells of somebody who was forgotten; that ends when it can be rewritten",
			"dir", e.dir, "error", strings.TrimSpace(reply[1:]))
		return true
	}
	e.write(func() string { return string(e.change(e.root, append([]string{"DEL"}, open...))) })
	return true
}

// compactIdle compacts while nobody waits, when at least half of the journal
// is history.
func (e *Redis) compactIdle() error {
	if e.journal.size.Load() <= idleCompactAt {
		return nil
	}
	live, err := e.liveSize()
	if err != nil {
		return err
	}
	if e.journal.size.Load() > 2*live {
		if err := e.compact(); err != nil {
			slog.Warn("the journal could not be made smaller", "dir", e.dir, "error", err)
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.setCompactAbove(live)
	return nil
}
