package bot_test

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// walls lists for each folder what of cadrebot its files may import, tests aside.
var walls = map[string][]string{
	".":                      {},
	"engine":                 {"bot"},
	"sender":                 {"bot", "bot/sender/core"},
	"sender/core":            {"bot"},
	"bottest":                {"bot", "bot/engine", "bot/sender"},
	"wire":                   {"bot"},
	"telegram":               {"bot", "bot/wire"},
	"slack":                  {"bot", "bot/wire"},
	"webchat":                {"bot"},
	"terminal":               {"bot"},
	"telegram/telegramtest":  {"bot/bottest"},
	"slack/slacktest":        {"bot/bottest"},
	"redis":                  {"bot", "bot/redis/embedded"},
	"redis/embedded":         {},
	"redis/redistest":        {},
	"../scheduler":           {"bot"},
	"../scheduler/timetable": {},
}

func TestWallsHold(t *testing.T) {
	for folder, may := range walls {
		for file, imports := range importsOf(t, folder) {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			for _, path := range imports {
				if ours, is := strings.CutPrefix(path, "cadrebot/"); is && !slices.Contains(may, ours) {
					t.Errorf("%s imports %s", file, path)
				}
			}
		}
	}
}

// TestEveryFolderHasAWall fails for a new folder that nobody has thought about.
func TestEveryFolderHasAWall(t *testing.T) {
	for _, root := range []string{".", "../scheduler"} {
		err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
			if err != nil || !d.IsDir() {
				return err
			}
			if files, _ := filepath.Glob(filepath.Join(path, "*.go")); len(files) > 0 {
				if _, ok := walls[filepath.ToSlash(path)]; !ok {
					t.Errorf("bot/%s has no line in walls", path)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestNoFakeIsShipped: of the packages that are for tests only tests may know, the
// packages for tests themselves, and what measures.
func TestNoFakeIsShipped(t *testing.T) {
	seen := 0
	err := filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if name := d.Name(); strings.HasPrefix(name, ".") && name != ".." || name == "testdata" || name == "cadrebench" || strings.HasSuffix(name, "test") {
			return filepath.SkipDir
		}
		if files, _ := filepath.Glob(filepath.Join(path, "*.go")); len(files) == 0 {
			return nil
		}
		for file, imports := range importsOf(t, path) {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			seen++
			for _, i := range imports {
				if strings.HasPrefix(i, "cadrebot/") && strings.HasSuffix(i, "test") {
					t.Errorf("%s imports %s", file, i)
				}
			}
		}
		return nil
	})
	if err != nil || seen < 300 {
		t.Fatalf("%d files: %v", seen, err)
	}
}

// TestTheHeartKnowsNoPlatform keeps libraries out, too; and out of the words what
// acts.
func TestTheHeartKnowsNoPlatform(t *testing.T) {
	foreign := []string{"go-redis", "miniredis", "go-telegram", "slack-go", "net/http"}
	for folder, never := range map[string][]string{
		".":            append([]string{"sync", "log/slog", "prometheus", "net", "os"}, foreign...),
		"engine":       foreign,
		"sender":       foreign,
		"../scheduler": foreign,
	} {
		for file, imports := range importsOf(t, folder) {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			for _, path := range imports {
				if slices.ContainsFunc(never, func(name string) bool {
					return path == name || strings.Contains(path, "/"+name)
				}) {
					t.Errorf("%s imports %s", file, path)
				}
			}
		}
	}
}

// TestFakesNameNoOtherPlatform reads the fakes word by word, tests and all.
func TestFakesNameNoOtherPlatform(t *testing.T) {
	for folder, others := range map[string]string{
		"bottest":               "telegram|slack",
		"telegram/telegramtest": "slack",
		"slack/slacktest":       "telegram",
	} {
		other := regexp.MustCompile("(?i)" + others)
		for file := range importsOf(t, folder) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if name := other.Find(text); name != nil {
				t.Errorf("%s names %s", file, name)
			}
		}
	}
}

// importsOf returns what each file of a folder imports.
func importsOf(t *testing.T, folder string) map[string][]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(filepath.FromSlash(folder), "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in %s: %v", folder, err)
	}
	imports := map[string][]string{}
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		imports[file] = nil
		for _, i := range f.Imports {
			path, _ := strconv.Unquote(i.Path.Value)
			imports[file] = append(imports[file], path)
		}
	}
	return imports
}
