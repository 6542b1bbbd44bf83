package redis

import (
	"bufio"
	"bytes"
	"strconv"
	"strings"

	"github.com/alicebob/miniredis/v2/server"
)

// givenBefore reports whether an XADD asks for an id that its stream has passed.
// Redis refuses that even when the entries are gone, miniredis does not, and a
// journal with such an entry would not load elsewhere.
func (e *Embedded) givenBefore(as peer, words []string) bool {
	i := xaddID(words)
	if i >= len(words) || strings.Contains(words[i], "*") {
		return false
	}
	id, ok := parseStreamID(words[i])
	if !ok {
		return false // miniredis says so
	}
	last, ok := parseStreamID(lastStreamID(e.changer, as, words[1]))
	return ok && (id[0] < last[0] || id[0] == last[0] && id[1] <= last[1])
}

// dropUnusedStream removes the stream that miniredis makes for an XADD before
// it finds out that the XADD is wrong.
func (e *Embedded) dropUnusedStream(as peer, key string) {
	if string(e.changer.ask(as, "TYPE", key)) == "+stream\r\n" && lastStreamID(e.changer, as, key) == "" {
		e.changer.run(as, "DEL", key)
	}
}

// lastStreamID is the last id that a stream gave, or "".
func lastStreamID(in *inner, as peer, key string) string {
	info, err := server.ParseReply(bufio.NewReader(bytes.NewReader(in.ask(as, "XINFO", "STREAM", key))))
	if err != nil {
		return ""
	}
	fields, _ := info.([]any)
	for i := 0; i+1 < len(fields); i += 2 {
		if fields[i] == "last-generated-id" {
			id, _ := fields[i+1].(string)
			return id
		}
	}
	return ""
}

func parseStreamID(id string) (parts [2]uint64, ok bool) {
	ms, seq, two := strings.Cut(id, "-")
	var err error
	if parts[0], err = strconv.ParseUint(ms, 10, 64); err != nil {
		return parts, false
	}
	if two {
		parts[1], err = strconv.ParseUint(seq, 10, 64)
	}
	return parts, err == nil
}
