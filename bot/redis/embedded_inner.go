package redis

import (
	"bufio"
	"bytes"
	"sync"

	"github.com/alicebob/miniredis/v2/server"
)

// inner runs commands in miniredis on behalf of a connection or of a script
// and keeps the reply, so that it can be read, changed and held back. It is
// for one goroutine at a time.
type inner struct {
	srv  *server.Server
	peer *server.Peer
	out  bytes.Buffer
	w    *bufio.Writer
}

func newInner(srv *server.Server) *inner {
	in := &inner{srv: srv}
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
	in.srv.Dispatch(in.peer, words)
	_ = in.w.Flush() // into memory
	as.Ctx = in.peer.Ctx
	return in.out.Bytes()
}

// inners lends out inner peers. The hook knows them by this set.
type inners struct {
	srv   *server.Server
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
	in := newInner(p.srv)
	p.known.Store(in.peer, in)
	return in
}

func (p *inners) giveBack(in *inner) {
	in.peer.Ctx = nil
	if in.out.Cap() > 1<<20 {
		in.out = bytes.Buffer{}
		in.w.Reset(&in.out)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, in)
}
