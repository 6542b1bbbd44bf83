package embedded

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"strconv"
)

// A journal is a file of commands as a Redis client sends them, so that
// redis-cli --pipe loads it. Between the commands stand marks: an ECHO, which
// changes nothing anywhere, that says where it stands and carries the checksum
// of everything since the mark before it.

// maxBulk and maxWords are Redis's own limits for a command.
const (
	maxBulk  = 512 << 20
	maxWords = 1 << 20
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// appendCommand appends a command in RESP to dst. Words may hold any bytes.
func appendCommand(dst []byte, words ...string) []byte {
	dst = append(dst, '*')
	dst = strconv.AppendInt(dst, int64(len(words)), 10)
	dst = append(dst, "\r\n"...)
	for _, w := range words {
		dst = append(dst, '$')
		dst = strconv.AppendInt(dst, int64(len(w)), 10)
		dst = append(dst, "\r\n"...)
		dst = append(dst, w...)
		dst = append(dst, "\r\n"...)
	}
	return dst
}

const (
	markLen    = len("mark 0123456789abcdef 01234567")
	markPrefix = "*2\r\n$4\r\nECHO\r\n$30\r\nmark "
)

// markText is the word that a mark at this offset echoes.
func markText(offset int64, sum uint32) string { return fmt.Sprintf("mark %016x %08x", offset, sum) }

// isMark reports whether a command is a mark, and where it says that it stands
// with which checksum.
func isMark(words []string) (offset int64, sum uint32, ok bool) {
	if len(words) != 2 || words[0] != "ECHO" || len(words[1]) != markLen {
		return 0, 0, false
	}
	n, err := fmt.Sscanf(words[1], "mark %016x %08x", &offset, &sum)
	return offset, sum, n == 2 && err == nil
}

// holdsMark reports whether text, which stands at this offset of a file,
// contains a whole mark that stands about where it says; a text that somebody
// sent, made to look like a mark, could hardly know.
func holdsMark(text []byte, offset int64) bool {
	const about = 4096
	for from := 0; ; {
		i := bytes.Index(text[from:], []byte(markPrefix))
		if i < 0 {
			return false
		}
		from += i + 1
		here := offset + int64(from-1)
		word := text[from-1+len(markPrefix)-len("mark "):]
		if len(word) < markLen+2 || word[markLen] != '\r' || word[markLen+1] != '\n' {
			continue
		}
		there, _, ok := isMark([]string{"ECHO", string(word[:markLen])})
		if ok && there-about < here && here < there+about {
			return true
		}
	}
}

// errTorn says that the file ends inside a command.
var errTorn = errors.New("the file ends inside a command")

// commandReader reads commands one by one and knows where it stands.
type commandReader struct {
	r    *bufio.Reader
	size int64  // of the file
	at   int64  // offset of the next unread byte
	sum  uint32 // checksum of what was read since the last resetSum
}

func newCommandReader(r io.Reader, size int64) *commandReader {
	return &commandReader{r: bufio.NewReaderSize(r, 1<<18), size: size}
}

func (c *commandReader) resetSum() { c.sum = 0 }

// next returns the next command, io.EOF at the end of the file, an error
// that wraps errTorn when the file ends inside the command, and another error
// when the bytes are no command.
func (c *commandReader) next() ([]string, error) {
	if c.at == c.size {
		return nil, io.EOF
	}
	n, err := c.number('*', maxWords)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return nil, errors.New("a command without words")
	}
	words := make([]string, 0, min(n, 64))
	for range n {
		length, err := c.number('$', maxBulk)
		if err != nil {
			return nil, err
		}
		if int64(length)+2 > c.size-c.at {
			return nil, errTorn
		}
		word := make([]byte, length+2)
		if err := c.read(word); err != nil {
			return nil, err
		}
		if word[length] != '\r' || word[length+1] != '\n' {
			return nil, errors.New("a word is longer or shorter than it says")
		}
		words = append(words, string(word[:length]))
	}
	return words, nil
}

// number reads a line of the kind *3 or $12.
func (c *commandReader) number(kind byte, most int) (int, error) {
	line, err := c.r.ReadSlice('\n')
	c.at += int64(len(line))
	c.sum = crc32.Update(c.sum, castagnoli, line)
	switch {
	case err == io.EOF && len(line) <= 12 && (len(line) == 0 || line[0] == kind):
		return 0, errTorn
	case err == io.EOF || errors.Is(err, bufio.ErrBufferFull):
		return 0, fmt.Errorf("%.12q where %q and a number should stand", line, kind)
	case err != nil:
		return 0, fmt.Errorf("read: %w", err)
	}
	if len(line) < 4 || line[0] != kind || line[len(line)-2] != '\r' {
		return 0, fmt.Errorf("%.12q where %q and a number should stand", line, kind)
	}
	n, err := strconv.Atoi(string(line[1 : len(line)-2]))
	if err != nil || n < 0 || n > most {
		return 0, fmt.Errorf("%.12q where %q and a number should stand", line, kind)
	}
	return n, nil
}

func (c *commandReader) read(word []byte) error {
	n, err := io.ReadFull(c.r, word)
	c.at += int64(n)
	c.sum = crc32.Update(c.sum, castagnoli, word[:n])
	if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
		return errTorn
	}
	return err
}
