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

// scenario is one measurement; it prints its own rows. One that only computes
// gets no lab.
type scenario struct {
	name     string
	run      func(*lab) error
	computes bool
}

var scenarios = []scenario{
	{name: "press", run: press},
	{name: "webhook", run: latencyByWebhook},
	{name: "polling", run: latencyByPolling},
	{name: "crowd", run: crowd},
	{name: "notice", run: notice},
	{name: "fanout", run: fanout},
	{name: "memory", run: memory},
	{name: "million", run: million},
	{name: "recall", run: recallOfLearners, computes: true},
	{name: "lesson", run: lesson},
	{name: "remember", run: remember},
	{name: "start", run: start},
	{name: "adapters", run: adapters},
	{name: "slack", run: slackLatency},
	{name: "pages", run: pages},
}

func main() {
	only := flag.String("only", "", "names of scenarios, with commas between; all of them if empty")
	seconds := flag.Int("seconds", 8, "how long each measurement runs")
	flag.Parse()
	chosen := slices.DeleteFunc(scenarios, func(s scenario) bool {
		return *only != "" && !slices.Contains(strings.Split(*only, ","), s.name)
	})
	if err := measure(chosen, time.Duration(*seconds)*time.Second); err != nil {
		fmt.Fprintln(os.Stderr, "cadrebench:", err)
		os.Exit(1)
	}
}

func measure(chosen []scenario, span time.Duration) error {
	var l *lab
	if slices.ContainsFunc(chosen, func(s scenario) bool { return !s.computes }) {
		var err error
		if l, err = open(span); err != nil {
			return err
		}
		defer l.close()
		stop := make(chan os.Signal, 1)
		signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
		go func() { <-stop; l.close(); os.Exit(1) }()
	}
	fmt.Println("| measured | figure | target | |\n|---|---|---|---|")
	for _, s := range chosen {
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
