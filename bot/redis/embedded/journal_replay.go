package embedded

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// DamagedError says that the journal holds something that no crash leaves
// behind. The embedded store does not start on such a file, because it cannot
// know what is missing.
type DamagedError struct {
	File   string
	Offset int64 // everything before it is whole
	Reason string
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("journal %s is damaged at byte %d (%s): put back a copy of the file, "+
		"or keep only what was written before that: truncate -s %[2]d %[1]s", e.File, e.Offset, e.Reason)
}

var (
	errMark  = errors.New("what follows does not fit the mark")
	errNewer = errors.New("a newer version of cadrebot wrote it")
)

// replayed is what a journal held.
type replayed struct {
	commands int
	whole    int64  // the length up to the last whole record
	torn     int64  // bytes behind it that a crash left
	sum      uint32 // checksum since the last mark
	fresh    bool   // there is no journal yet, or an empty one
}

// replayJournal hands every command of a journal to apply, the commands of a
// block only when the block is whole. A file that ends inside a record, or in
// zeros, was torn by a crash; any other fault is a *DamagedError.
func replayJournal(path string, apply func(words []string) error) (replayed, error) {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return replayed{fresh: true}, nil
	}
	if err != nil {
		return replayed{}, fmt.Errorf("open the journal: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return replayed{}, fmt.Errorf("open the journal: %w", err)
	}
	r := &replay{commandReader: newCommandReader(file, info.Size()), apply: apply}
	err = r.run()
	r.fresh = r.whole == 0
	if err == nil {
		return r.replayed, nil
	}
	damage := &DamagedError{File: path, Offset: r.whole, Reason: err.Error()}
	switch {
	case errors.Is(err, errNewer):
		return r.replayed, fmt.Errorf("read the journal %s: %w", path, err)
	case errors.Is(err, errMark):
		damage.Offset = r.trusted
		return r.replayed, damage
	case !r.inFile:
		return r.replayed, damage
	}
	torn, readErr := tornTail(file, r.whole, r.at, info.Size(), errors.Is(err, errTorn))
	if readErr != nil {
		return r.replayed, fmt.Errorf("read the journal: %w", readErr)
	}
	if !torn {
		return r.replayed, damage
	}
	r.torn = info.Size() - r.whole
	return r.replayed, nil
}

type replay struct {
	*commandReader
	replayed
	apply   func([]string) error
	block   [][]string // between MULTI and EXEC
	inBlock bool
	trusted int64 // offset behind the last mark that was right
	inFile  bool  // the error is one of the bytes, not of what they mean
}

func (r *replay) run() error {
	for {
		at, sum := r.at, r.commandReader.sum
		words, err := r.next()
		if err == io.EOF && !r.inBlock {
			return nil
		}
		if err == io.EOF {
			err = errTorn
		}
		if err != nil {
			r.inFile = true
			return err
		}
		if err := r.take(words, at, sum); err != nil {
			return err
		}
		if !r.inBlock {
			r.whole, r.replayed.sum = r.at, r.commandReader.sum
		}
	}
}

// take applies a command that stands at this offset; before is the checksum
// of what stands before it.
func (r *replay) take(words []string, at int64, before uint32) error {
	switch name := strings.ToUpper(words[0]); {
	case name == "MULTI" && r.inBlock, name == "EXEC" && !r.inBlock:
		return fmt.Errorf("an unexpected %s", name)
	case name == "MULTI":
		r.inBlock = true
	case name == "EXEC":
		for _, w := range r.block {
			if err := r.one(w); err != nil {
				return err
			}
		}
		r.inBlock, r.block = false, r.block[:0]
	case name == "ECHO":
		return r.echo(words, at, before)
	case r.inBlock:
		r.block = append(r.block, words)
	default:
		return r.one(words)
	}
	return nil
}

func (r *replay) one(words []string) error {
	if err := r.apply(words); err != nil {
		return fmt.Errorf("%s: %w", words[0], err)
	}
	r.commands++
	return nil
}

// echo checks a mark or the header; other texts mean nothing.
func (r *replay) echo(words []string, at int64, before uint32) error {
	if there, sum, ok := isMark(words); ok {
		if there != at {
			return fmt.Errorf("%w at byte %d, which says that it stands at byte %d", errMark, at, there)
		}
		if sum != before {
			return fmt.Errorf("%w at byte %d, which has another checksum", errMark, at)
		}
		r.resetSum()
		r.trusted = r.at
		return nil
	}
	if len(words) == 2 && at == 0 && strings.HasPrefix(words[1], journalFormat) && words[1] != journalHeader {
		return fmt.Errorf("%w: it is a %q", errNewer, words[1])
	}
	return nil
}

// tornTail reports whether a file that can be read up to whole, and whose
// fault shows at fault, was torn by a crash: it ends inside its last group of
// records, or in zeros that the file system put there.
func tornTail(file io.ReaderAt, whole, fault, size int64, ends bool) (bool, error) {
	tail, err := io.ReadAll(io.NewSectionReader(file, whole, size-whole))
	if err != nil {
		return false, err
	}
	if ends {
		// A wrong length may swallow records that were synced: their marks tell.
		return !holdsMark(tail, whole), nil
	}
	text := bytes.TrimRight(tail, "\x00")
	return int64(len(text)) < fault-whole && !holdsMark(text, whole), nil
}
