package embedded

import (
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
)

// journal is the file that the embedded store lives from: what was appended
// is on the disk before wait returns. All that waits at one moment shares one
// sync. It must never report as written what is not, and after a failure it
// takes nothing more.
type journal struct {
	path string
	disk disk

	appended atomic.Int64 // position behind the last append
	synced   atomic.Int64 // position up to which the disk has everything
	size     atomic.Int64 // the file's length, with what waits to be written

	io   sync.Mutex // held while the file is written or replaced; before mu
	file *journalWriter

	mu      sync.Mutex
	buf     []byte // appended and not yet written
	spare   []byte // an empty buffer to swap with buf
	err     error  // why the journal takes no more
	closing bool
	more    *sync.Cond // buf has something, or closing
	done    *sync.Cond // synced moved, or err
	ended   chan struct{}
}

// newJournal takes over a file that is written up to its end.
func newJournal(path string, d disk, file *journalWriter) *journal {
	j := &journal{path: path, disk: d, file: file, ended: make(chan struct{})}
	j.more, j.done = sync.NewCond(&j.mu), sync.NewCond(&j.mu)
	j.size.Store(file.size)
	go j.run()
	return j
}

// append adds one record of n commands; more than one become a block that a
// replay applies whole or not at all. It returns the position to wait for.
func (j *journal) append(n int, commands []byte) int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err != nil || j.closing {
		// Never reached by the disk, so nobody who waits for it is told so.
		return j.appended.Add(1)
	}
	before := len(j.buf)
	if n > 1 {
		j.buf = appendCommand(j.buf, "MULTI")
	}
	j.buf = append(j.buf, commands...)
	if n > 1 {
		j.buf = appendCommand(j.buf, "EXEC")
	}
	j.more.Signal()
	j.size.Add(int64(len(j.buf) - before))
	return j.appended.Add(int64(len(j.buf) - before))
}

// position is behind everything that was appended so far.
func (j *journal) position() int64 { return j.appended.Load() }

// wait returns when the disk has everything before the position, or the
// reason why it never will.
func (j *journal) wait(position int64) error {
	if j.synced.Load() >= position {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	for j.synced.Load() < position {
		if j.err != nil {
			return j.err
		}
		j.done.Wait()
	}
	return nil
}

// failed is the reason why the journal takes no more, or nil.
func (j *journal) failed() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.err
}

// run writes and syncs whatever has gathered, as one group, again and again.
func (j *journal) run() {
	defer close(j.ended)
	for {
		j.mu.Lock()
		for len(j.buf) == 0 && !j.closing {
			j.more.Wait()
		}
		if len(j.buf) == 0 || j.err != nil {
			j.mu.Unlock()
			return
		}
		j.mu.Unlock()
		j.flush()
	}
}

func (j *journal) flush() {
	j.io.Lock()
	defer j.io.Unlock()
	j.mu.Lock()
	group, position := j.buf, j.appended.Load()
	j.buf = j.spare[:0]
	j.mu.Unlock()

	whole := j.file.size
	err := j.file.write(group)
	if err == nil {
		err = j.file.sync()
	}
	if err != nil {
		// What was refused must not come back at the next start.
		_ = j.file.file.Truncate(whole)
		j.fail(err)
		return
	}
	j.size.Add(j.file.size - whole - int64(len(group)))

	j.mu.Lock()
	defer j.mu.Unlock()
	j.spare = nil
	if cap(group) <= 1<<20 {
		j.spare = group
	}
	j.synced.Store(position)
	j.done.Broadcast()
}

// fail ends the journal's work: everybody who waits, now or later, gets err.
func (j *journal) fail(err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err != nil {
		return
	}
	j.err = err
	slog.Error("the journal cannot be written; no write is taken until a restart", "file", j.path, "error", err)
	j.done.Broadcast()
	j.more.Broadcast()
}

// close writes and syncs what is left and closes the file. Nothing may be
// appended any more.
func (j *journal) close() error {
	j.mu.Lock()
	j.closing = true
	j.more.Broadcast()
	j.mu.Unlock()
	<-j.ended

	j.io.Lock()
	defer j.io.Unlock()
	j.mu.Lock()
	err := j.err
	if err == nil {
		j.err = errors.New("the journal is closed")
	}
	j.done.Broadcast()
	j.mu.Unlock()
	if closed := j.file.file.Close(); err == nil && closed != nil {
		err = fmt.Errorf("close the journal: %w", closed)
	}
	return err
}
