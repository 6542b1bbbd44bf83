package embedded

import (
	"fmt"
	"slices"
	"strconv"
)

// A dumped value comes in commands of at most this many words and about this
// many bytes, so that a server that loads them is never long at one.
const (
	dumpWords = 256
	dumpBytes = 64 << 10
)

// dumper writes a key as the commands that make it.
type dumper struct {
	text []byte
	head []string // a command and its key
	tail []string // what follows, gathered up to the bounds
	size int
}

func (d *dumper) begin(head ...string) { d.head = head }

// add puts words that belong together behind the head.
func (d *dumper) add(words ...string) {
	size := 0
	for _, w := range words {
		size += len(w)
	}
	if len(d.tail) > 0 && (len(d.tail)+len(words) > dumpWords || d.size+size > dumpBytes) {
		d.end()
	}
	d.tail = append(d.tail, words...)
	d.size += size
}

func (d *dumper) end() {
	if len(d.tail) > 0 {
		d.text = appendCommand(d.text, slices.Concat(d.head, d.tail)...)
	}
	d.tail, d.size = d.tail[:0], 0
}

// dump appends the commands that make a key as it is now. The caller keeps
// writers out.
func (e *Redis) dump(text []byte, key string) ([]byte, error) {
	d := &dumper{text: text}
	var err error
	switch kind := e.mini.Type(key); kind {
	case "": // gone
		return text, nil
	case "string":
		err = e.dumpString(d, key)
	case "hash":
		var fields []string
		fields, err = e.mini.HKeys(key)
		d.begin("HSET", key)
		for _, f := range fields {
			d.add(f, e.mini.HGet(key, f))
		}
	case "list":
		var values []string
		values, err = e.mini.List(key)
		d.begin("RPUSH", key)
		for _, v := range values {
			d.add(v)
		}
	case "set":
		var members []string
		members, err = e.mini.SMembers(key)
		d.begin("SADD", key)
		for _, m := range members {
			d.add(m)
		}
	case "zset":
		var scores map[string]float64
		scores, err = e.mini.SortedSet(key)
		d.begin("ZADD", key)
		for m, score := range scores {
			d.add(strconv.FormatFloat(score, 'g', -1, 64), m)
		}
	case "stream":
		err = e.dumpStream(d, key)
	default:
		err = fmt.Errorf("it is a %s", kind)
	}
	if err != nil {
		return nil, fmt.Errorf("dump %q: %w", key, err)
	}
	d.end()
	if at, ok := e.deadline(key); ok {
		d.text = appendCommand(d.text, "PEXPIREAT", key, strconv.FormatInt(at, 10))
	}
	return d.text, nil
}

// dumpString writes a long string in pieces.
func (e *Redis) dumpString(d *dumper, key string) error {
	value, err := e.mini.Get(key)
	if err != nil {
		return err
	}
	const piece = 16 * dumpBytes
	d.text = appendCommand(d.text, "SET", key, value[:min(len(value), piece)])
	for at := piece; at < len(value); at += piece {
		d.text = appendCommand(d.text, "APPEND", key, value[at:min(len(value), at+piece)])
	}
	return nil
}

// dumpStream writes the entries and the last id, which a stream keeps when
// its last entries are deleted, so that no id is given twice.
func (e *Redis) dumpStream(d *dumper, key string) error {
	entries, err := e.mini.Stream(key)
	if err != nil {
		return err
	}
	last := ""
	for _, entry := range entries {
		d.text = appendCommand(d.text, slices.Concat([]string{"XADD", key, entry.ID}, entry.Values)...)
		last = entry.ID
	}
	in := e.inners.borrow()
	defer e.inners.giveBack(in)
	if id := lastStreamID(in, e.root, key); id != "" && id != last {
		d.text = appendCommand(d.text, "XADD", key, id, "gone", "")
		d.text = appendCommand(d.text, "XDEL", key, id)
	}
	return nil
}
