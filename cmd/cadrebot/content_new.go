package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"cadrebot/content"
	"cadrebot/content/phrases"
)

type contentNewCmd struct {
	Folder string `arg:"" help:"Folder that is made for the course; its last part is the course's id unless --id says otherwise."`
	Title  string `required:"" help:"What the course is called."`
	Lang   string `enum:"zh,vi,en" default:"zh" help:"The language it is written in: zh, vi or en."`
	ID     string `help:"The course's identifier: 1 to 18 small letters, digits and -. It never changes."`
}

// Run writes the files of a new course; it never writes over anything.
func (c contentNewCmd) Run(p *Program, _ *context.Context) error {
	if c.ID == "" {
		c.ID = filepath.Base(filepath.Clean(c.Folder))
	}
	files, err := content.Scaffold(phrases.Lang(c.Lang), c.ID, c.Title)
	if err != nil {
		return err
	}
	if entries, err := os.ReadDir(c.Folder); err == nil && len(entries) > 0 {
		return fmt.Errorf("%s is not empty; choose a folder that is not there yet", c.Folder)
	} else if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("begin a course: %w", err)
	}
	var paths []string
	for path := range files {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		full := filepath.Join(c.Folder, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return fmt.Errorf("begin a course: %w", err)
		}
		if err := os.WriteFile(full, []byte(files[path]), 0o644); err != nil {
			return fmt.Errorf("begin a course: %w", err)
		}
		fmt.Fprintln(p.Stdout, full)
	}
	fmt.Fprintf(p.Stdout, "Next: write over the texts, and look with\n  cadrebot content preview %s\n  cadrebot content lint %s\n", c.Folder, c.Folder)
	return nil
}
