package embedded

import (
	"strconv"
	"strings"
)

// transaction gathers the commands between MULTI and EXEC. They are carried
// out here and not by miniredis, which would not show them to the hook.
type transaction struct {
	commands []queued
	spoilt   bool
}

type queued struct {
	kind  kind
	words []string
}

// queue answers a command within a transaction.
func (t *transaction) queue(k kind, words []string) string {
	if k == refused || k == rewriting || k == passing && strings.Contains(words[0], "SUBSCRIBE") {
		t.spoilt = true
		return refuse(words[0])
	}
	if k == popping && len(words) < 3 {
		t.spoilt = true
		return wrongNumber(words[0])
	}
	t.commands = append(t.commands, queued{k, words})
	return "+QUEUED\r\n"
}

func (e *Redis) transact(c *connection, words []string) {
	name, tx := words[0], c.tx
	switch {
	case name == "MULTI" && tx != nil:
		c.reply(0, errorReply("ERR MULTI calls can not be nested"))
	case name == "MULTI":
		c.tx = &transaction{}
		c.reply(0, "+OK\r\n")
	case tx == nil:
		c.reply(0, errorReply("ERR "+name+" without MULTI"))
	case name == "DISCARD":
		c.tx = nil
		c.reply(0, "+OK\r\n")
	case tx.spoilt:
		c.tx = nil
		c.reply(0, errorReply("EXECABORT Transaction discarded because of previous errors."))
	default:
		c.tx = nil
		c.reply(e.write(func() string { return e.exec(c.peer, tx) }))
	}
}

func (e *Redis) exec(as peer, tx *transaction) string {
	var out strings.Builder
	out.WriteString("*" + strconv.Itoa(len(tx.commands)) + "\r\n")
	for _, q := range tx.commands {
		out.WriteString(e.apply(as, q.kind, q.words))
	}
	return out.String()
}
