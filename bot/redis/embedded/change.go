package embedded

import (
	"strconv"
	"strings"
)

// effects are the commands that one write came to, for the journal.
type effects struct {
	count int
	text  []byte
}

func (f *effects) clear() {
	f.count, f.text = 0, f.text[:0]
	if cap(f.text) > 1<<20 {
		f.text = nil
	}
}

// change carries out a command that writes, and records what it did.
func (e *Redis) change(as peer, words []string) []byte {
	words = absolute(words, e.now)
	if fault := e.fault(as, words); fault != "" {
		return []byte(errorReply(fault))
	}
	reply := e.changer.run(as, words...)
	if len(reply) > 0 && reply[0] == '-' {
		if words[0] == "XADD" && len(words) > 1 {
			reply = append([]byte(nil), reply...)
			e.dropUnusedStream(as, words[1])
		}
		return reply
	}
	r := rules[words[0]]
	if isIdle(r.idle, reply) {
		return reply
	}
	if r.effect == nil {
		e.record(words...)
	} else {
		for _, w := range r.effect(words, reply) {
			e.record(w...)
		}
	}
	if !r.expires {
		return reply
	}
	kept := append([]byte(nil), reply...)
	at, err := strconv.ParseInt(replyText(e.changer.ask(as, "PEXPIRETIME", words[1])), 10, 64)
	switch {
	case err != nil || at < 0:
	case at <= e.now:
		e.changer.run(as, "DEL", words[1])
		e.record("DEL", words[1])
	default:
		e.deadlines.note(words[1], at)
	}
	return kept
}

// fault is what is wrong with a command that miniredis would take, in whole or
// in part, or "".
func (e *Redis) fault(as peer, words []string) string {
	switch {
	case words[0] == "XADD" && e.givenBefore(as, words):
		return "ERR The ID specified in XADD is equal or smaller than the target stream top item"
	case words[0] == "LMOVE" && len(words) == 5 && !(isSide(words[3]) && isSide(words[4])):
		return "ERR syntax error"
	}
	return ""
}

func isSide(word string) bool {
	return strings.EqualFold(word, "LEFT") || strings.EqualFold(word, "RIGHT")
}

// record notes a command for the journal. The caller holds mu.
func (e *Redis) record(words ...string) {
	before := len(e.effects.text)
	e.effects.text = appendCommand(e.effects.text, words...)
	e.effects.count++
	if e.compacting != nil {
		e.compacting.follow(words, e.effects.text[before:])
	}
	if rules[words[0]].grows {
		e.wake(words[1])
	}
}
