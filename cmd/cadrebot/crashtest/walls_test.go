package crashtest

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestAPlatformIsItsStage: crowds, ledger and ordeals know no platform.
func TestAPlatformIsItsStage(t *testing.T) {
	stages := map[string][]string{
		"telegram_test.go": {"cadrebot/bot/telegram", "cadrebot/bot/telegram/telegramtest"},
		"slack_test.go":    {"cadrebot/bot/slack", "cadrebot/bot/slack/slacktest"},
		"web_test.go":      {"cadrebot/bot/webchat"},
	}
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < len(stages) {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range f.Imports {
			path, _ := strconv.Unquote(i.Path.Value)
			for stage, platform := range stages {
				if slices.ContainsFunc(platform, func(p string) bool { return strings.HasPrefix(path+"/", p+"/") }) && file != stage {
					t.Errorf("%s imports %s, which only %s may", file, path, stage)
				}
			}
		}
	}
}
