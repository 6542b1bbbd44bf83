package embedded

import (
	"fmt"
	"hash/crc32"
	"io"
	"os"
)

// journalHeader opens every journal; it echoes on a server that loads it.
const (
	journalFormat = "cadrebot journal "
	journalHeader = journalFormat + "1"
)

// disk is what the journal needs of a file system; tests make it fail.
type disk struct {
	// open opens a file for appending, creates it where it is missing, and
	// empties it first when fresh.
	open    func(path string, fresh bool) (diskFile, error)
	rename  func(from, to string) error
	remove  func(path string) error
	syncDir func(path string) error
}

type diskFile interface {
	io.WriteCloser
	Sync() error
	Truncate(size int64) error
}

var realDisk = disk{
	open: func(path string, fresh bool) (diskFile, error) {
		flags := os.O_CREATE | os.O_WRONLY | os.O_APPEND
		if fresh {
			flags |= os.O_TRUNC
		}
		return os.OpenFile(path, flags, 0o600)
	},
	rename:  os.Rename,
	remove:  os.Remove,
	syncDir: syncDir,
}

// journalWriter appends to a journal file and sets the marks. It is for one
// goroutine at a time.
type journalWriter struct {
	file diskFile
	size int64  // the file's length
	sum  uint32 // checksum since the last mark
}

// newJournalWriter begins an empty file with the header.
func newJournalWriter(file diskFile) (*journalWriter, error) {
	w := &journalWriter{file: file}
	if err := w.write(appendCommand(nil, "ECHO", journalHeader)); err != nil {
		return nil, err
	}
	return w, nil
}

// write appends whole commands and a mark behind them in one write. It uses
// the capacity of commands.
func (w *journalWriter) write(commands []byte) error {
	if len(commands) == 0 {
		return nil
	}
	sum := crc32.Update(w.sum, castagnoli, commands)
	all := appendCommand(commands, "ECHO", markText(w.size+int64(len(commands)), sum))
	n, err := w.file.Write(all)
	if err == nil && n < len(all) {
		err = io.ErrShortWrite
	}
	if err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	w.size += int64(len(all))
	w.sum = 0
	return nil
}

func (w *journalWriter) sync() error {
	if err := w.file.Sync(); err != nil {
		return fmt.Errorf("sync the journal: %w", err)
	}
	return nil
}
