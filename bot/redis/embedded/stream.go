package embedded

import (
	"bufio"
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/alicebob/miniredis/v2"
	"github.com/alicebob/miniredis/v2/server"
)

// givenBefore reports whether an XADD asks for an id that its stream has passed.
// Redis refuses that even when the entries are gone, miniredis does not, and a
// journal with such an entry would not load elsewhere.
func (e *Redis) givenBefore(as peer, words []string) bool {
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
func (e *Redis) dropUnusedStream(as peer, key string) {
	if string(e.changer.ask(as, "TYPE", key)) == "+stream\r\n" && lastStreamID(e.changer, as, key) == "" {
		e.changer.run(as, "DEL", key)
	}
}

// entryReply answers an XRANGE for one entry, which miniredis would look for by
// reading the stream from its beginning.
func (e *Redis) entryReply(words []string) (string, bool) {
	if len(words) != 4 || words[0] != "XRANGE" || words[2] != words[3] || !strings.Contains(words[2], "-") {
		return "", false
	}
	id, ok := parseStreamID(words[2])
	if !ok {
		return "", false
	}
	entries, err := e.mini.Stream(words[1])
	if err != nil {
		return "", false // miniredis says so
	}
	i, found := slices.BinarySearchFunc(entries, id, func(entry miniredis.StreamEntry, id [2]uint64) int {
		at, _ := parseStreamID(entry.ID) // always a proper one
		return slices.Compare(at[:], id[:])
	})
	if !found {
		return replyEmpty, true
	}
	b := fmt.Appendf(nil, "*1\r\n*2\r\n$%d\r\n%s\r\n", len(entries[i].ID), entries[i].ID)
	return string(appendCommand(b, entries[i].Values...)), true
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
