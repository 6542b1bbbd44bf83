package wire

import (
	"bytes"
	"sync"
)

// buffers hold requests and answers.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Take returns an empty buffer.
func Take() *bytes.Buffer { return buffers.Get().(*bytes.Buffer) }

// Give gives a buffer back, whose contents must not be looked at any more.
func Give(b *bytes.Buffer) {
	if b.Cap() > 64<<10 {
		return // one long answer is not worth its memory for ever
	}
	b.Reset()
	buffers.Put(b)
}
