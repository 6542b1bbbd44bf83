package main

import (
	"context"
	"fmt"
	"time"

	"cadrebot/content"
)

type contentLintCmd struct {
	Folders []string `arg:"" optional:"" help:"Folders of courses; without one the configured ones, or those that come with the program."`
	Today   string   `placeholder:"DATE" help:"The date by which reviews are due, such as 2027-06-30; by default today's."`
}

// Run prints what is wrong, then what is unwise, a line each; it fails where
// there is anything.
func (c contentLintCmd) Run(p *Program, _ *context.Context) error {
	if c.Today == "" {
		c.Today = time.Now().Format(time.DateOnly)
	} else if _, err := time.Parse(time.DateOnly, c.Today); err != nil {
		return fmt.Errorf("--today %q: want a date such as 2027-06-30", c.Today)
	}
	sources, err := p.courseFolders(c.Folders)
	if err != nil {
		return err
	}
	library, wrong := content.Load(sources...)
	unwise := content.Lint(library, c.Today)
	for _, problem := range append(wrong, unwise...) {
		fmt.Fprintln(p.Stdout, problem)
	}
	courses, lessons, questions := library.Size()
	fmt.Fprintf(p.Stderr, "%d courses, %d lessons, %d questions: %d mistakes, %d pieces of advice\n",
		courses, lessons, questions, len(wrong), len(unwise))
	if len(wrong)+len(unwise) > 0 {
		return quit(1)
	}
	return nil
}
