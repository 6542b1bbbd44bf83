package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"cadrebot/content"
)

// contentCmd is for authors: it needs neither a store nor a platform.
type contentCmd struct {
	Lint    contentLintCmd    `cmd:"" help:"Look for mistakes in courses, with file, line, column and what to write instead."`
	Preview contentPreviewCmd `cmd:"" help:"Go through a course as a learner does, in this terminal; files that change are read anew."`
	Stats   contentStatsCmd   `cmd:"" help:"Count lessons, cards and questions of every kind."`
	New     contentNewCmd     `cmd:"" help:"Begin a course: a folder with a lesson and questions to write over."`
	Fmt     contentFmtCmd     `cmd:"" help:"Write the files of courses in the usual way; comments stay."`
	Schema  contentSchemaCmd  `cmd:"" help:"Print the JSON Schema of a kind of file, with which an editor completes its keys."`
}

// courseFolders are the courses that a command is about: those named, else the
// configured ones, else those that come with the program.
func (p *Program) courseFolders(named []string) ([]content.Source, error) {
	if len(named) == 0 {
		named = p.cli.Content
	}
	if len(named) == 0 {
		return []content.Source{content.Starter()}, nil
	}
	var list []content.Source
	for _, dir := range named {
		info, err := os.Stat(dir)
		if err != nil {
			return nil, fmt.Errorf("open the courses: %w", err)
		}
		if !info.IsDir() {
			return nil, fmt.Errorf("%s is a file; name the folder of the course, or of all courses", dir)
		}
		list = append(list, content.Source{Name: filepath.Clean(dir), FS: os.DirFS(dir)})
	}
	return list, nil
}

type contentStatsCmd struct {
	Folders []string `arg:"" optional:"" help:"Folders of courses; without one the configured ones, or those that come with the program."`
}

// Run prints one block of lines a course and language.
func (c contentStatsCmd) Run(p *Program, _ *context.Context) error {
	sources, err := p.courseFolders(c.Folders)
	if err != nil {
		return err
	}
	library, problems := content.Load(sources...)
	for _, s := range library.Stats() {
		p.printStats(s)
	}
	if len(problems) > 0 {
		fmt.Fprintf(p.Stdout, "%d problems; cadrebot content lint lists them\n", len(problems))
	}
	return nil
}

func (p *Program) printStats(s content.Stats) {
	own := ""
	if !s.Own {
		own = ", translated"
	}
	fmt.Fprintf(p.Stdout, "%s (%s%s): %s\n", s.Course.ID, s.Course.Lang, own, s.Course.Title)
	fmt.Fprintf(p.Stdout, "  %d modules, %d lessons (%d minutes), %d cards, of them %d checks and %d cases\n",
		s.Modules, s.Lessons, s.Minutes, s.Cards, s.Checks, s.Cases)
	fmt.Fprintf(p.Stdout, "  %d questions, %d of them taught by a lesson; %d letters in all\n", s.Questions, s.Taught, s.Letters)
	var kinds []string
	for _, k := range content.Kinds {
		if s.Kinds[k] > 0 {
			kinds = append(kinds, fmt.Sprintf("%s %d", k, s.Kinds[k]))
		}
	}
	fmt.Fprintf(p.Stdout, "  kinds: %s\n", strings.Join(kinds, ", "))
	fmt.Fprintf(p.Stdout, "  difficulty: easy %d, medium %d, hard %d\n", s.Difficulty[1], s.Difficulty[2], s.Difficulty[3])
	if s.Kinds[content.Single] > 0 {
		fmt.Fprintf(p.Stdout, "  place of the right option: %s\n", strings.Trim(fmt.Sprint(s.Options), "[]"))
	}
}

type contentFmtCmd struct {
	Paths []string `arg:"" help:"Files, or folders of courses."`
	Check bool     `help:"Write nothing; list the files that would change, and fail if there are any."`
}

// Run writes what changes; a file that can't be written in the usual way is
// told and left alone.
func (c contentFmtCmd) Run(p *Program, _ *context.Context) error {
	changed, failed := 0, 0
	for _, path := range c.Paths {
		err := filepath.WalkDir(path, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			was, now, bad, err := tidied(path)
			for _, problem := range bad {
				fmt.Fprintln(p.Stdout, problem)
				failed++
			}
			if err != nil || string(was) == string(now) {
				return err
			}
			changed++
			fmt.Fprintln(p.Stdout, path)
			if c.Check {
				return nil
			}
			return replaceFile(path, now)
		})
		if err != nil {
			return fmt.Errorf("tidy the courses: %w", err)
		}
	}
	if failed > 0 || c.Check && changed > 0 {
		return quit(1)
	}
	return nil
}

// tidied reads a file as it is and as it should be. The absolute path tells what
// it is, also where it was named from within its course.
func tidied(path string) (was, now []byte, bad []content.Problem, err error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, nil, nil, err
	}
	if !content.Tidies(filepath.ToSlash(full)) {
		return nil, nil, nil, nil
	}
	if was, err = os.ReadFile(path); err != nil {
		return nil, nil, nil, err
	}
	now, bad = content.Tidy(filepath.ToSlash(full), was)
	for i := range bad {
		bad[i].File = path
	}
	return was, now, bad, nil
}

// replaceFile puts a new file in the place of an old one, whole or not at all.
func replaceFile(path string, text []byte) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }() // where it has not become the file
	if _, err = f.Write(text); err == nil {
		err = f.Chmod(info.Mode().Perm())
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
