package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"cadrebot/content"
)

type contentPreviewCmd struct {
	Folders []string `arg:"" optional:"" help:"Folders of courses; without one the configured ones, or those that come with the program."`
	Lang    string   `placeholder:"zh|vi|en" help:"The language to preview; by default that of the first course."`
}

// Run talks in this terminal over the named courses alone, on a store that is
// thrown away.
func (c contentPreviewCmd) Run(p *Program, ctx *context.Context) error {
	cfg := p.cli.Config
	var err error
	if cfg.only, err = p.courseFolders(c.Folders); err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "cadrebot-")
	if err != nil {
		return fmt.Errorf("preview: %w", err)
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	cfg.RedisURL, cfg.Data, cfg.Admins = "", scratch, nil
	db, err := openDatabase(&cfg, true)
	if err != nil {
		return err
	}
	a, err := newApp(&cfg, db, time.Now, p.log)
	if err != nil {
		return err
	}
	defer func() { _ = a.close() }()
	if c.Lang == "" {
		c.Lang = firstLang(a.library.Load())
	}
	running, stop := context.WithCancel(*ctx)
	defer stop()
	a.reread = func(problems []content.Problem) {
		fmt.Fprintf(p.Stdout, "· %s  read anew, %d problems\n", time.Now().Format(time.TimeOnly), len(problems))
		for _, problem := range problems {
			fmt.Fprintln(p.Stdout, "·", problem)
		}
	}
	return a.run(running, a.sit(p, operator, c.Lang, stop))
}

// firstLang is the language of the first course.
func firstLang(l *content.Library) string {
	for _, s := range l.Stats() {
		if s.Own {
			return string(s.Course.Lang)
		}
	}
	return ""
}
