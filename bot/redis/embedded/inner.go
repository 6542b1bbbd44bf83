package embedded

import (
	"bufio"
	"bytes"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/alicebob/miniredis/v2/server"
)

// inner runs commands in miniredis on behalf of a connection or of a script
// and keeps the reply, so that it can be read, changed and held back. It is
// for one goroutine at a time.
type inner struct {
	mini *miniredis.Miniredis
	srv  *server.Server
	peer *server.Peer
	out  bytes.Buffer
	w    *bufio.Writer
}

func newInner(mini *miniredis.Miniredis) *inner {
	in := &inner{mini: mini, srv: mini.Server()}
	in.w = bufio.NewWriter(&in.out)
	in.peer = server.NewPeer(in.w)
	return in
}

// run carries out a command as if it had come from the peer. The reply is
// valid until the next run.
func (in *inner) run(as *server.Peer, words ...string) []byte {
	return in.do(as, as.Resp3, words)
}

// ask is run for a reply that stays here, in the older protocol.
func (in *inner) ask(as *server.Peer, words ...string) []byte {
	return in.do(as, false, words)
}

func (in *inner) do(as *server.Peer, resp3 bool, words []string) []byte {
	in.peer.Ctx, in.peer.Resp3 = as.Ctx, resp3
	in.out.Reset()
	in.w.Reset(&in.out)
	in.dispatch(words)
	_ = in.w.Flush() // into memory
	as.Ctx = in.peer.Ctx
	reply := in.out.Bytes()
	if len(reply) > 0 && reply[0] == '-' {
		// miniredis sometimes goes on after an error (XLEN of a list); a second
		// reply would be taken for that of the next command.
		reply = reply[:bytes.IndexByte(reply, '\n')+1]
	}
	return reply
}

// dispatch lets miniredis carry out a command. On some wrong ones it panics
// before it has begun; then it is answered as wrong.
func (in *inner) dispatch(words []string) {
	defer func() {
		fault := recover()
		if fault == nil {
			return
		}
		for range 500 {
			if in.mini.TryLock() {
				in.mini.Unlock()
				in.peer.WriteError("ERR syntax error")
				return
			}
			time.Sleep(time.Millisecond) // a reader may have the lock
		}
		panic(fault) // it had begun and holds the lock itself, or a script had
	}()
	in.srv.Dispatch(in.peer, words)
}

// inners lends out inner peers. The hook knows them by this set.
type inners struct {
	mini  *miniredis.Miniredis
	known *sync.Map // of *server.Peer
	mu    sync.Mutex
	idle  []*inner
}

func (p *inners) borrow() *inner {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.idle); n > 0 {
		in := p.idle[n-1]
		p.idle = p.idle[:n-1]
		return in
	}
	in := newInner(p.mini)
	p.known.Store(in.peer, in)
	return in
}

func (p *inners) giveBack(in *inner) {
	in.peer.Ctx = nil
	if in.out.Cap() > 1<<20 {
		in.out = bytes.Buffer{}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, in)
}
