package embedded

import (
	"bytes"
	"io"
	"slices"
	"testing"
)

func FuzzCommandsAreReadAsTheyWereWritten(f *testing.F) {
	f.Add("SET", "k\r\n", "*3\r\n$3\r\n")
	f.Add("", "\x00", "công đoàn")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		text := appendCommand(appendCommand(nil, a, b, c), c)
		r := newCommandReader(bytes.NewReader(text), int64(len(text)))
		first, err := r.next()
		if err != nil || !slices.Equal(first, []string{a, b, c}) {
			t.Fatalf("%q, %v", first, err)
		}
		second, err := r.next()
		if err != nil || !slices.Equal(second, []string{c}) {
			t.Fatalf("%q, %v", second, err)
		}
		if _, err := r.next(); err != io.EOF {
			t.Fatalf("at the end: %v", err)
		}
	})
}

// Whatever a file holds, it is read to an end or an error, without a panic
// and without believing a length.
func FuzzAnyBytesAreReadOrRefused(f *testing.F) {
	f.Add([]byte("*2\r\n$4\r\nECHO\r\n$536870912\r\nx"))
	f.Add([]byte("*1048576\r\n$-1\r\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		r := newCommandReader(bytes.NewReader(text), int64(len(text)))
		for {
			words, err := r.next()
			if err != nil {
				return
			}
			if len(words) == 0 || r.at > int64(len(text)) {
				t.Fatalf("%q at %d of %d", words, r.at, len(text))
			}
		}
	})
}
