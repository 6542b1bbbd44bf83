package redis

import (
	"strconv"
)

// words builds KEYS and ARGV of the commit script.
type words struct {
	keys  []string
	index map[string]int
	argv  []any
}

func (w *words) key(k string) string {
	if i, ok := w.index[k]; ok {
		return strconv.Itoa(i)
	}
	if w.index == nil {
		w.index = make(map[string]int, 16)
	}
	w.keys = append(w.keys, k)
	w.index[k] = len(w.keys)
	return strconv.Itoa(len(w.keys))
}

func (w *words) add(args ...any) { w.argv = append(w.argv, args...) }

// do adds any write command on one key.
func (w *words) do(k, command string, args ...any) {
	w.add("do", w.key(k), len(args), command)
	w.add(args...)
}
