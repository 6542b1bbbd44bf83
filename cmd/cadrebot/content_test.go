package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cadrebot/content"
)

func TestAnAuthorBeginsTidiesAndCounts(t *testing.T) {
	bare(t)
	dir := filepath.Join(t.TempDir(), "safety")
	out, _ := mustRun(t, "", 0, "content", "new", dir, "--lang", "en", "--title", "Safety")
	if !strings.Contains(out, filepath.Join(dir, "course.yaml")) {
		t.Errorf("new says %q", out)
	}
	if _, errs := mustRun(t, "", 1, "content", "new", dir, "--lang", "en", "--title", "Safety"); !strings.Contains(errs, "not empty") {
		t.Errorf("a second new: %q", errs)
	}
	if out, _ := mustRun(t, "", 0, "content", "fmt", "--check", dir); out != "" {
		t.Errorf("a new course is not tidy: %q", out)
	}
	file := filepath.Join(dir, "questions", "1-first.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	messy := strings.Replace(string(text), "  difficulty: easy\n", "", 1)
	messy = strings.Replace(messy, "  lesson:", "  difficulty:   easy\n  # why\n  lesson:", 1)
	if err := os.WriteFile(file, []byte(messy), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, _ := mustRun(t, "", 1, "content", "fmt", "--check", dir); strings.TrimSpace(out) != file {
		t.Errorf("check: %q", out)
	}
	if out, _ := mustRun(t, "", 0, "content", "fmt", dir); strings.TrimSpace(out) != file {
		t.Errorf("fmt says %q", out)
	}
	tidy, _ := os.ReadFile(file)
	if want := strings.Replace(string(text), "  lesson:", "  # why\n  lesson:", 1); string(tidy) != want {
		t.Errorf("tidied:\n%s", tidy)
	}
	if info, _ := os.Stat(file); info.Mode().Perm() != 0o600 {
		t.Errorf("rights became %v", info.Mode())
	}
	if out, _ := mustRun(t, "", 0, "content", "stats", dir); !strings.Contains(out, "3 questions, 3 of them taught by a lesson") {
		t.Errorf("stats say %q", out)
	}
	if out, errs := mustRun(t, "", 0, "content", "lint", dir); out != "" || !strings.Contains(errs, "1 courses, 1 lessons, 3 questions: 0 mistakes, 0 pieces") {
		t.Errorf("lint of a new course says %q %q", out, errs)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(messy, "stem: In which", "steem: In which", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, _ := mustRun(t, "", 1, "content", "lint", dir); !strings.Contains(out, "1-first.yaml:28:3: ") || !strings.Contains(out, "did you mean stem?") {
		t.Errorf("lint says %q", out)
	}
}

func TestAnEditorLearnsTheKeys(t *testing.T) {
	bare(t)
	for _, kind := range content.SchemaKinds {
		out, _ := mustRun(t, "", 0, "content", "schema", kind)
		if !json.Valid([]byte(out)) || !strings.Contains(out, `"title": "cadrebot `+kind+`"`) {
			t.Errorf("%s: %.100q", kind, out)
		}
	}
	mustRun(t, "", 2, "content", "schema", "poem")
}
