package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestACourseIsReadAnewWhileItIsPreviewed is an author's day: they mend a title
// while the preview runs, then break the file, and the last good version stays.
func TestACourseIsReadAnewWhileItIsPreviewed(t *testing.T) {
	bare(t)
	dir := filepath.Join(t.TempDir(), "safety")
	mustRun(t, "", 0, "content", "new", dir, "--lang", "en", "--title", "Safety")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	in, typed := io.Pipe()
	defer typed.Close()
	var out, errs output
	ended := make(chan int, 1)
	go func() {
		p := &Program{Args: []string{"content", "preview", dir}, Stdin: in, Stdout: &out, Stderr: &errs}
		ended <- p.Run(ctx)
	}()
	await := func(what string) {
		t.Helper()
		if err := soon(ctx, func() bool { return strings.Contains(out.String(), what) }); err != nil {
			t.Fatalf("no %q: %v\n%s\n%s", what, err, out.String(), errs.String())
		}
	}
	say := func(line string) {
		t.Helper()
		if _, err := io.WriteString(typed, line+"\n"); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(dir, "course.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	write := func(to string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(to), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	say("quiz")
	await("The first module")
	better := strings.ReplaceAll(string(text), "The first module", "Helmets")
	write(better)
	await("read anew, 0 problems")
	say("/quiz")
	await("Helmets")
	write(strings.Replace(better, "title: Safety", "titel: Safety", 1))
	await("course.yaml:2:1: ")
	before := strings.Count(out.String(), "Helmets")
	say("/quiz")
	if err := soon(ctx, func() bool { return strings.Count(out.String(), "Helmets") > before }); err != nil {
		t.Fatalf("the last good version does not serve:\n%s", out.String())
	}
	typed.Close()
	if code := <-ended; code != 0 {
		t.Errorf("exit code %d\n%s", code, errs.String())
	}
}

// A picture of a course that was added while people talk is shown.
func TestAPictureOfACourseAddedMeanwhile(t *testing.T) {
	bare(t)
	courses := t.TempDir()
	t.Setenv("CADREBOT_CONTENT", courses)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	in, typed := io.Pipe()
	defer typed.Close()
	var out, errs output
	ended := make(chan int, 1)
	go func() {
		p := &Program{Args: []string{"talk", "--lang", "en"}, Stdin: in, Stdout: &out, Stderr: &errs}
		ended <- p.Run(ctx)
	}()
	say := func(line string) {
		t.Helper()
		if _, err := io.WriteString(typed, line+"\n"); err != nil {
			t.Fatal(err)
		}
	}
	say("/help")
	dir := filepath.Join(courses, "safety")
	mustRun(t, "", 0, "content", "new", dir, "--lang", "en", "--title", "Safety")
	if err := os.MkdirAll(filepath.Join(dir, "media"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "media", "map.png"), []byte("\x89PNG\r\n\x1a\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "lessons", "01-first.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	with := strings.Replace(string(text), "cards:\n", "cards:\n  - picture: media/map.png\n    alt: A map\n", 1)
	if err := os.WriteFile(file, []byte(with), 0o644); err != nil {
		t.Fatal(err)
	}
	answered := func(line string) {
		t.Helper()
		before := len(out.String())
		say(line)
		if err := soon(ctx, func() bool { return len(out.String()) > before }); err != nil {
			t.Fatalf("no answer to %q\n%s\n%s", line, out.String(), errs.String())
		}
	}
	for !strings.Contains(out.String(), "1 lesson, about") {
		answered("/learn Safety")
	}
	say("1")
	err = soon(ctx, func() bool { return strings.Contains(out.String(), "A map") })
	if err != nil || strings.Contains(errs.String(), "can't be sent") {
		t.Errorf("no picture: %v\n%s\n%s", err, out.String(), errs.String())
	}
	typed.Close()
	if code := <-ended; code != 0 {
		t.Errorf("exit code %d\n%s", code, errs.String())
	}
}
