// Command cadrebench measures cadrebot against what the platform and the
// database allow: a fake Telegram that keeps the real rules, a real Redis with
// the append-only file always synced, and the cadrebot binary, each in one run
// beside its own floor. It must never be part of a test: figures are for people.
//
//	go run ./cmd/cadrebench            all scenarios, as a Markdown table
//	go run ./cmd/cadrebench -only press,latency -seconds 5
package main

import (
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
)

// scenario is one measurement; it prints its own rows.
type scenario struct {
	name string
	run  func(*lab) error
}

var scenarios = []scenario{
	{"press", press},
	{"webhook", latencyByWebhook},
	{"polling", latencyByPolling},
	{"crowd", crowd},
	{"notice", notice},
	{"fanout", fanout},
	{"memory", memory},
	{"million", million},
}

func main() {
	only := flag.String("only", "", "names of scenarios, with commas between; all of them if empty")
	seconds := flag.Int("seconds", 8, "how long each measurement runs")
	flag.Parse()
	l, err := open(time.Duration(*seconds) * time.Second)
	if err == nil {
		stop := make(chan os.Signal, 1)
		signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
		go func() { <-stop; l.close(); os.Exit(1) }()
		err = measure(l, *only)
		l.close()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "cadrebench:", err)
		os.Exit(1)
	}
}

func measure(l *lab, only string) error {
	fmt.Println("| measured | figure | target | |\n|---|---|---|---|")
	for _, s := range scenarios {
		if only != "" && !slices.Contains(strings.Split(only, ","), s.name) {
			continue
		}
		if err := s.run(l); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return nil
}

// row prints one figure beside its target.
func row(what, figure, target string, met bool) {
	verdict := "met"
	switch {
	case target == "":
		verdict = ""
	case !met:
		verdict = "**missed**"
	}
	fmt.Printf("| %s | %s | %s | %s |\n", what, figure, target, verdict)
}
