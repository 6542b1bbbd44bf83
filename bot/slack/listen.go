package slack

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/slack-go/slack/socketmode"
)

// Listen opens a socket and hands in what comes until ctx ends; it returns nil
// then. An envelope is acknowledged only once what it brought is committed or
// in quarantine. A token that Slack does not accept is the one error; any other
// trouble is waited out and shown by Health.
func (a *Adapter) Listen(ctx context.Context, engine Handler) error {
	if !a.sockets {
		return errors.New("slack: Socket Mode needs an app token")
	}
	a.health.listening(true, a.now())
	defer func() { a.health.listening(false, a.now()) }()
	for pause := a.retryPause; ; pause = min(2*pause, a.mostPause) {
		began := a.now()
		var err error
		if a.self() == "" {
			err = a.Start(ctx)
		}
		if err == nil {
			err = a.listen(ctx, engine)
		}
		if a.now().Sub(began) > a.mostPause {
			pause = a.retryPause // it went well for a while
		}
		if ctx.Err() != nil {
			return nil
		}
		a.health.failed(err)
		if errors.Is(err, ErrToken) {
			return err
		}
		a.log.Warn("slack can't be listened to", "again", pause, "error", err)
		if !sleep(ctx, pause) {
			return nil
		}
	}
}

// finishWithin is how long what is under way may take at the end.
const finishWithin = 3 * time.Second

// listen runs a client of the platform's, which opens one socket after another,
// till ctx ends or it gives up.
func (a *Adapter) listen(ctx context.Context, engine Handler) error {
	run, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	l := &listener{a: a, engine: engine, client: socketmode.New(a.rare), room: make(chan struct{}, atOnce)}
	ended := make(chan error, 1)
	go func() { ended <- l.client.RunContext(run) }()
	err := l.loop(ctx, ended)
	l.drain(finishWithin)
	if err == nil {
		l.idle(nil, lastWords)
	}
	if cancel(); err == nil {
		<-ended // it was asked to, and has nothing to say
		return nil
	}
	return fmt.Errorf("slack: Socket Mode: %w", a.remedy(err))
}

// atOnce is how many deliveries are on their way into the engine at a time:
// more wait in the socket, or come again.
const atOnce = 200

// listener takes in what one client hears.
type listener struct {
	a      *Adapter
	engine Handler
	client *socketmode.Client
	room   chan struct{}
	flying sync.WaitGroup
	// alive is the life of the socket that is open now, and a little more: what
	// could not be committed till then comes again through another, except
	// perhaps a press.
	alive context.Context
	close context.CancelFunc
}

// loop runs until ctx ends, without an error, or the client does.
func (l *listener) loop(ctx context.Context, ended chan error) error {
	l.reopen(ctx)
	defer func() { l.close() }()
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-ended:
			if err == nil {
				err = errNoAnswer
			}
			return err
		case ev := <-l.client.Events:
			l.hear(ctx, ev)
		}
	}
}

// lingerFor is how long what came through a socket is still tried when that is
// closed.
const lingerFor = 30 * time.Second

func (l *listener) reopen(ctx context.Context) {
	if l.close != nil {
		time.AfterFunc(lingerFor, l.close)
	}
	l.alive, l.close = context.WithCancel(ctx)
}

// drain waits for what is under way.
func (l *listener) drain(most time.Duration) {
	done := make(chan struct{})
	go func() {
		l.flying.Wait()
		close(done)
	}()
	l.idle(done, most)
}

// lastWords is how long the acknowledgements that were queued last may take to
// leave: the client does not say when they have. One that stays behind only
// brings its envelope again.
const lastWords = 50 * time.Millisecond

// idle waits till done, and not too long. The client is listened to meanwhile,
// or its socket could not be written to.
func (l *listener) idle(done chan struct{}, most time.Duration) {
	t := time.NewTimer(most)
	defer t.Stop()
	for {
		select {
		case <-done:
			return
		case <-t.C:
			return
		case <-l.client.Events:
		}
	}
}
