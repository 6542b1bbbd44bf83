package embedded

import (
	"github.com/alicebob/miniredis/v2/server"
)

type peer = *server.Peer

// hook sees every command before miniredis does and returns true when it has
// answered it: those of the connections, those that a script makes, and those
// that this package makes itself.
func (e *Redis) hook(c peer, name string, args ...string) bool {
	who, known := e.peers.Load(c)
	if _, own := who.(*inner); !own && e.loading.Load() {
		c.WriteError("LOADING the embedded store is reading its journal")
		return true
	}
	if !known && c.Ctx == nil {
		// Only a connection's first command comes without a context.
		conn := newConnection(c, e.journal)
		e.peers.Store(c, conn)
		c.OnDisconnect(func() { e.peers.Delete(c) })
		who, known = conn, true
	}
	words := make([]string, 0, 1+len(args))
	words = append(append(words, name), args...)
	if !known {
		return e.nested(c, words)
	}
	if conn, ok := who.(*connection); ok {
		return e.answer(conn, words)
	}
	return false
}

// answer carries out a connection's command. Its reply leaves when the journal
// has everything that the command did or saw.
func (e *Redis) answer(c *connection, words []string) bool {
	k := kindOf(e.srv, words)
	if c.tx != nil && k != transacting && words[0] != "QUIT" {
		c.reply(0, c.tx.queue(k, words))
		return true
	}
	switch k {
	case passing:
		// As in Redis, a PING fails too, so that whoever watches is told.
		if err := e.journal.failed(); err != nil && words[0] == "PING" {
			c.reply(0, refusal(err))
			return true
		}
		c.settle()
		return false
	case reading:
		e.read(c, words)
	case writing, running:
		c.reply(e.write(func() string { return e.apply(c.peer, k, words) }))
	case popping:
		e.pop(c, words)
	case transacting:
		e.transact(c, words)
	case rewriting:
		c.reply(0, e.rewrite())
	case refused:
		c.reply(0, refuse(words[0]))
	}
	return true
}

// read answers a command that only looks. What it sees may not be in the
// journal yet; then the reply waits, as everything that follows from it must.
func (e *Redis) read(c *connection, words []string) {
	if now := e.clock().UnixMilli(); now >= e.deadlines.next.Load() {
		e.write(func() string { return "" }) // it expires what is due
	}
	in := e.inners.borrow()
	defer e.inners.giveBack(in)
	e.mu.RLock()
	reply := e.look(in, c.peer, words)
	position := e.journal.position()
	e.mu.RUnlock()
	c.reply(position, reply)
}

func (e *Redis) look(in *inner, as peer, words []string) string {
	if reply, ok := e.timeReply(as, words); ok {
		return reply
	}
	if reply, ok := e.entryReply(words); ok {
		return reply
	}
	return string(in.run(as, words...))
}

// write lets do change things, alone, and appends what it recorded to the
// journal. It returns the position to wait for and do's reply.
func (e *Redis) write(do func() string) (int64, string) {
	if err := e.journal.failed(); err != nil {
		return 0, refusal(err)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.now = e.clock().UnixMilli()
	e.expire(e.now)
	reply := do()
	if e.effects.count == 0 {
		return e.journal.position(), reply
	}
	position := e.journal.append(e.effects.count, e.effects.text)
	e.effects.clear()
	e.compactIfLarge()
	return position, reply
}

// apply carries out one command within write.
func (e *Redis) apply(as peer, k kind, words []string) string {
	switch k {
	case writing:
		return string(e.change(as, words))
	case reading:
		return e.look(e.outer, as, words)
	case popping:
		if reply, ok := e.tryPop(as, words); ok {
			return reply
		}
		return "*-1\r\n"
	default:
		return string(e.outer.run(as, words...))
	}
}

// nested answers a command that a script makes.
func (e *Redis) nested(c peer, words []string) bool {
	switch k := kindOf(e.srv, words); k {
	case writing:
		c.WriteRaw(string(e.change(c, words)))
		return true
	case reading:
		reply, ok := e.timeReply(c, words)
		if ok {
			c.WriteRaw(reply)
		}
		return ok
	case popping, rewriting, refused:
		c.WriteRaw(refuse(words[0]))
		return true
	default:
		return false // miniredis refuses what a script may not do
	}
}
