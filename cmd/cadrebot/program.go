package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"

	"github.com/alecthomas/kong"
)

// Program is one run of the command, free of the process's globals so that
// tests can drive it.
type Program struct {
	Args           []string
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// Listening, where set, is told the address of the HTTP server.
	Listening func(addr string)

	cli cli
	log *slog.Logger
}

// cli is the grammar of the command line.
type cli struct {
	Config `embed:""`

	Chat       chatCmd       `cmd:"" default:"withargs" hidden:"" help:"Talk in this terminal, and serve Telegram where a token is set (the default)."`
	Serve      serveCmd      `cmd:"" help:"Serve all channels that are configured."`
	Talk       talkCmd       `cmd:"" help:"Talk in this terminal."`
	Doctor     doctorCmd     `cmd:"" help:"Check the set-up: Redis, Telegram, Slack, the web chat, content, clock, zones, data folder."`
	Quarantine quarantineCmd `cmd:"" help:"Look after events that could not be handled."`
	Schedule   scheduleCmd   `cmd:"" help:"List all timers with their next fire."`
	Courses    contentCmd    `cmd:"" name:"content" help:"For authors: check, preview, count, begin and tidy courses."`
	Version    versionCmd    `cmd:"" help:"Say which build this is."`
}

// quit ends a run with an exit code and without a further word.
type quit int

func (q quit) Error() string { return fmt.Sprintf("exit %d", int(q)) }

// Run runs the command and returns its exit code: 0 done, 1 failed, 2 not
// understood.
func (p *Program) Run(ctx context.Context) int {
	parsed, code := p.parse()
	if parsed == nil {
		return code
	}
	if err := p.cli.finish(); err != nil {
		fmt.Fprintln(p.Stderr, "cadrebot:", err)
		return 2
	}
	p.log = p.logger(parsed.Command())
	tuneMemory()
	err := parsed.Run(p, &ctx)
	var q quit
	switch {
	case err == nil:
		return 0
	case errors.As(err, &q):
		return int(q)
	}
	fmt.Fprintln(p.Stderr, "cadrebot:", err)
	return 1
}

// parse reads the command line; nil means that it ends here, with that code.
func (p *Program) parse() (parsed *kong.Context, code int) {
	exited := false
	p.cli.Platforms = newPlatforms()
	parser, err := kong.New(&p.cli,
		kong.Name("cadrebot"),
		kong.Description("A chat-bot assistant for trade-union cadres. Without a subcommand it talks in this terminal."),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Configuration(readSettings),
		kong.Writers(p.Stdout, p.Stderr),
		kong.Exit(func(c int) { exited, code = true, c }),
		kong.BindTo(context.Background(), (*context.Context)(nil)),
	)
	if err != nil {
		fmt.Fprintln(p.Stderr, "cadrebot:", err)
		return nil, 2
	}
	parsed, err = parser.Parse(p.Args)
	switch {
	case exited:
		return nil, code
	case err != nil:
		fmt.Fprintln(p.Stderr, "cadrebot:", err)
		fmt.Fprintln(p.Stderr, "cadrebot --help lists what can be set.")
		return nil, 2
	}
	return parsed, 0
}

// logger writes to stderr, quietly while somebody talks in the terminal.
func (p *Program) logger(command string) *slog.Logger {
	level := slog.LevelWarn
	if command == "serve" {
		level = slog.LevelInfo
	}
	if p.cli.LogLevel != "auto" {
		_ = level.UnmarshalText([]byte(p.cli.LogLevel)) // an enum: it can be read
	}
	return slog.New(slog.NewTextHandler(p.Stderr, &slog.HandlerOptions{Level: level}))
}

// tuneMemory lets the collector rest while the process is small, and work when
// it nears the memory that a bot of thousands should need. Whoever sets GOGC or
// GOMEMLIMIT knows better.
func tuneMemory() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(200)
		debug.SetMemoryLimit(64 << 20)
	}
}
