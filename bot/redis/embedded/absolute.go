package embedded

import (
	"strconv"
	"strings"
)

// maxMillis is as late as miniredis can count from 1970, about the year 2262.
const maxMillis = int64(1<<63-1) / 1e6

// absolute turns the times that a command counts from now into points in
// time, and the ids that a stream makes from its clock into ids of this time,
// since neither would be the same when the journal is replayed. A command that
// it cannot read stays as it is and gets its error.
func absolute(words []string, now int64) []string {
	switch name := words[0]; {
	case (name == "EXPIRE" || name == "PEXPIRE") && len(words) >= 3:
		if at, ok := later(words[2], name == "EXPIRE", now); ok {
			return append([]string{"PEXPIREAT", words[1], at}, words[3:]...)
		}
	case (name == "SETEX" || name == "PSETEX") && len(words) == 4:
		if at, ok := later(words[2], name == "SETEX", now); ok && positive(words[2]) {
			return []string{"SET", words[1], words[3], "PXAT", at}
		}
	case name == "SET" && len(words) > 4:
		return absoluteSet(words, now)
	case name == "XADD":
		if i := xaddID(words); i < len(words) && words[i] == "*" {
			words = append([]string(nil), words...)
			words[i] = strconv.FormatInt(now, 10) + "-*"
		}
	}
	return words
}

// absoluteSet rewrites EX and PX among the options of a SET.
func absoluteSet(words []string, now int64) []string {
	for i := 3; i+1 < len(words); i++ {
		o := strings.ToUpper(words[i])
		if o != "EX" && o != "PX" {
			continue
		}
		at, ok := later(words[i+1], o == "EX", now)
		if !ok || !positive(words[i+1]) {
			return words
		}
		out := append([]string(nil), words...)
		out[i], out[i+1] = "PXAT", at
		return out
	}
	return words
}

// later is now plus a number of seconds or milliseconds, in milliseconds.
func later(number string, seconds bool, now int64) (string, bool) {
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return "", false
	}
	unit := int64(1)
	if seconds {
		unit = 1000
	}
	n = max(min(n, maxMillis/unit), -maxMillis/unit)
	return strconv.FormatInt(min(now+n*unit, maxMillis), 10), true
}

func positive(number string) bool {
	return number != "" && number[0] != '-' && strings.Trim(number, "0+") != ""
}
