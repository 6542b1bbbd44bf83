// Command cadrebot is the assistant: configuration and wiring, a file a
// subcommand. It holds no rule of a conversation, and must never print or log a
// token, a password or a secret.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	goredis "github.com/redis/go-redis/v9"
)

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first signal asks for a clean end; with it the handler goes, so the
	// second one ends the process at once.
	context.AfterFunc(ctx, cancel)
	goredis.SetLogger(silent{})
	p := &Program{Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}
	code := p.Run(ctx)
	os.Exit(code)
}

// silent keeps the Redis client from writing lines of its own: what fails comes
// back as an error, and is logged once.
type silent struct{}

// Printf implements the client's logging.
func (silent) Printf(context.Context, string, ...any) {}
