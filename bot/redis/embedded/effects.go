package embedded

import (
	"bufio"
	"bytes"
	"strings"

	"github.com/alicebob/miniredis/v2/server"
)

// What a command did is written down so that it does the same at any time, on
// any Redis, and touches one key: the functions here translate.

func asDel(words []string, _ []byte) [][]string { return [][]string{{"DEL", words[1]}} }

func asDels(words []string, _ []byte) [][]string {
	var out [][]string
	for _, k := range words[1:] {
		out = append(out, []string{"DEL", k})
	}
	return out
}

func asFlush([]string, []byte) [][]string { return [][]string{{"FLUSHALL"}} }

func asSets(words []string, _ []byte) [][]string {
	var out [][]string
	for i := 1; i+1 < len(words); i += 2 {
		out = append(out, []string{"SET", words[i], words[i+1]})
	}
	return out
}

// asSet drops the conditions of a SET that was carried out.
func asSet(words []string, reply []byte) [][]string {
	plain := []string{"SET", words[1], words[2]}
	var nx, xx, get bool
	for i := 3; i < len(words); i++ {
		switch o := strings.ToUpper(words[i]); o {
		case "NX":
			nx = true
		case "XX":
			xx = true
		case "GET":
			get = true
		case "KEEPTTL":
			plain = append(plain, o)
		case "PXAT", "EXAT":
			i++
			plain = append(plain, o, words[i])
		}
	}
	null := isNull(reply)
	if null && !get || nx && !null && get || xx && null {
		return nil
	}
	return [][]string{plain}
}

// The sums of floats are written as their results, whose last digits another
// server might see otherwise.

func asSetText(words []string, reply []byte) [][]string {
	return [][]string{{"SET", words[1], replyText(reply), "KEEPTTL"}}
}

func asHsetText(words []string, reply []byte) [][]string {
	return [][]string{{"HSET", words[1], words[2], replyText(reply)}}
}

func asZaddText(words []string, reply []byte) [][]string {
	return [][]string{{"ZADD", words[1], replyText(reply), words[3]}}
}

func asZadd(words []string, reply []byte) [][]string {
	for _, w := range words[2:] {
		switch strings.ToUpper(w) {
		case "NX", "XX", "GT", "LT", "CH":
			continue
		case "INCR":
			if isNull(reply) {
				return nil
			}
			return [][]string{{"ZADD", words[1], replyText(reply), words[len(words)-1]}}
		}
		break // the options come first
	}
	return [][]string{words}
}

// asMove splits a move between two lists.
func asMove(words []string, reply []byte) [][]string {
	pop, push := "RPOP", "LPUSH"
	if words[0] == "LMOVE" {
		pop, push = words[3][:1]+"POP", words[4][:1]+"PUSH"
	}
	return [][]string{
		{strings.ToUpper(pop), words[1]},
		{strings.ToUpper(push), words[2], replyText(reply)},
	}
}

func asSetMove(words []string, _ []byte) [][]string {
	return [][]string{{"SREM", words[1], words[3]}, {"SADD", words[2], words[3]}}
}

// asSrem names the members that chance took.
func asSrem(words []string, reply []byte) [][]string {
	members := replyTexts(reply)
	if len(members) == 0 {
		return nil
	}
	return [][]string{append([]string{"SREM", words[1]}, members...)}
}

// asXadd puts the id that the entry got in the place of the one asked for.
func asXadd(words []string, reply []byte) [][]string {
	out := append([]string(nil), words...)
	out[xaddID(words)] = replyText(reply)
	return [][]string{out}
}

// xaddID is where the id stands among the words of an XADD.
func xaddID(words []string) int {
	i := 2
	for i < len(words) {
		switch strings.ToUpper(words[i]) {
		case "NOMKSTREAM":
			i++
		case "MAXLEN", "MINID":
			i++
			if i < len(words) && (words[i] == "~" || words[i] == "=") {
				i++
			}
			i++
		default:
			return i
		}
	}
	return i
}

// isNull reports whether a reply says that there is nothing, in either
// version of the protocol.
func isNull(reply []byte) bool {
	s := string(reply)
	return s == replyNull || s == "*-1\r\n" || s == "_\r\n"
}

// isIdle reports whether a reply is the one that a rule calls idle.
func isIdle(idle string, reply []byte) bool {
	if idle == replyNull {
		return isNull(reply)
	}
	return idle != "" && string(reply) == idle
}

// replyText is the text of a reply of one text or number.
func replyText(reply []byte) string {
	if texts := replyTexts(reply); len(texts) == 1 {
		return texts[0]
	}
	return ""
}

// replyTexts are the texts of a reply, of one or of a flat list.
func replyTexts(reply []byte) []string {
	if len(reply) > 3 && (reply[0] == ',' || reply[0] == ':') {
		return []string{string(reply[1 : len(reply)-2])}
	}
	v, err := server.ParseReply(bufio.NewReader(bytes.NewReader(reply)))
	if err != nil {
		return nil
	}
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, one := range v {
			if s, ok := one.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}
