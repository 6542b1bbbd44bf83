package embedded

import (
	"strings"
	"sync"

	"github.com/alicebob/miniredis/v2/server"
)

// connection is a client's connection. Its replies leave in order, each when
// the journal has what the reply speaks of; meanwhile the commands behind it
// are carried out, so that a pipeline waits for one sync and not for one each.
type connection struct {
	peer    *server.Peer
	journal *journal
	tx      *transaction // between MULTI and EXEC, else nil

	mu      sync.Mutex
	waiting []reply
	sending bool       // a goroutine sends what waits
	sent    *sync.Cond // sending has ended
}

type reply struct {
	position int64 // of the journal
	text     string
}

// maxWaiting bounds the replies of a connection that wait for the journal.
const maxWaiting = 4096

func newConnection(peer *server.Peer, j *journal) *connection {
	c := &connection{peer: peer, journal: j}
	c.sent = sync.NewCond(&c.mu)
	return c
}

// reply sends text once the journal has everything before the position; if
// it never will, an error goes out in its place.
func (c *connection) reply(position int64, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.waiting) >= maxWaiting {
		c.sent.Wait()
	}
	if !c.sending && c.journal.synced.Load() >= position {
		c.peer.WriteRaw(text)
		return
	}
	c.waiting = append(c.waiting, reply{position, text})
	if !c.sending {
		c.sending = true
		go c.send()
	}
}

// send empties the queue.
func (c *connection) send() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.waiting) > 0 {
		batch := c.waiting
		c.waiting = nil
		c.mu.Unlock()
		for _, r := range batch {
			if err := c.journal.wait(r.position); err != nil {
				r.text = refusal(err)
			}
			c.peer.WriteRaw(r.text)
		}
		c.peer.Flush()
		c.mu.Lock()
		c.sent.Broadcast()
	}
	c.sending = false
	c.sent.Broadcast()
}

// settle returns when every reply has left, so that the next one may be
// written past the queue.
func (c *connection) settle() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.sending {
		c.sent.Wait()
	}
}

// refusal is the reply to a command that the journal could not keep. MISCONF
// is what Redis says when it cannot write its own file.
func refusal(err error) string {
	return errorReply("MISCONF the journal takes no writes until a restart: " + err.Error())
}

func errorReply(text string) string {
	return "-" + strings.NewReplacer("\r", " ", "\n", " ").Replace(text) + "\r\n"
}
