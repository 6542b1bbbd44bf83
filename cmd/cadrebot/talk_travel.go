package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// travel turns the settings into those of a copy of the data, in a folder that
// is to be removed, and says how far ahead of the real clock it is there.
func travel(c *Config, at string) (ahead time.Duration, scratch string, err error) {
	start := time.Now()
	to, err := parseAt(at, start)
	if err != nil {
		return 0, "", err
	}
	if scratch, err = os.MkdirTemp("", "cadrebot-"); err != nil {
		return 0, "", err
	}
	if c.RedisURL == "" {
		if err := copyJournal(c.Data, scratch); err != nil {
			_ = os.RemoveAll(scratch)
			return 0, "", err
		}
	}
	c.RedisURL, c.Data = "", scratch
	return to.Sub(start), scratch, nil
}

func parseAt(text string, now time.Time) (time.Time, error) {
	if d, err := time.ParseDuration(text); err == nil {
		return now.Add(d), nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02 15:04", time.DateTime, time.DateOnly} {
		if t, err := time.ParseInLocation(layout, text, time.Local); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("--at %q: want a time such as 2026-11-27T08:00, or a distance such as +36h", text)
}

// copyJournal copies what an embedded store has written, which may be running:
// it only ever appends, and what is torn at the end counts for nothing.
func copyJournal(from, to string) error {
	const name = "journal.resp"
	in, err := os.Open(filepath.Join(from, name))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("copy the data: %w", err)
	}
	defer in.Close()
	out, err := os.Create(filepath.Join(to, name))
	if err != nil {
		return fmt.Errorf("copy the data: %w", err)
	}
	if _, err = io.Copy(out, in); err == nil {
		err = out.Close()
	}
	if err != nil {
		return fmt.Errorf("copy the data: %w", err)
	}
	return nil
}
