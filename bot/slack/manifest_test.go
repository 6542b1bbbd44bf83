package slack

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// The manifest makes the app that the adapter is written for, no less and no
// more.
func TestManifest(t *testing.T) {
	raw, err := os.ReadFile("../../deploy/slack-manifest.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Display struct {
			Name        string `yaml:"name"`
			Description string `yaml:"description"`
		} `yaml:"display_information"`
		Features struct {
			Home struct {
				Home     bool `yaml:"home_tab_enabled"`
				Messages bool `yaml:"messages_tab_enabled"`
				ReadOnly bool `yaml:"messages_tab_read_only_enabled"`
			} `yaml:"app_home"`
			Bot struct {
				Name string `yaml:"display_name"`
			} `yaml:"bot_user"`
			Commands []struct {
				Command     string `yaml:"command"`
				Description string `yaml:"description"`
			} `yaml:"slash_commands"`
		} `yaml:"features"`
		OAuth struct {
			Scopes struct {
				Bot  []string `yaml:"bot"`
				User []string `yaml:"user"`
			} `yaml:"scopes"`
		} `yaml:"oauth_config"`
		Settings struct {
			Events struct {
				Bot []string `yaml:"bot_events"`
			} `yaml:"event_subscriptions"`
			Interactivity struct {
				On bool `yaml:"is_enabled"`
			} `yaml:"interactivity"`
			Sockets  bool `yaml:"socket_mode_enabled"`
			Rotation bool `yaml:"token_rotation_enabled"`
		} `yaml:"settings"`
	}
	if err := yaml.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	want(t, "scopes", strings.Join(m.OAuth.Scopes.Bot, " "), strings.Join(Scopes, " "))
	want(t, "scopes of people", len(m.OAuth.Scopes.User), 0)
	want(t, "events", strings.Join(m.Settings.Events.Bot, " "), strings.Join(Subscribed, " "))
	if !slices.IsSorted(Scopes) || !slices.IsSorted(Subscribed) {
		t.Error("the lists are not in order")
	}
	want(t, "buttons", m.Settings.Interactivity.On, true)
	want(t, "Socket Mode", m.Settings.Sockets, true)
	want(t, "tokens that change", m.Settings.Rotation, false)
	want(t, "people can write", m.Features.Home.Messages && !m.Features.Home.ReadOnly && !m.Features.Home.Home, true)
	if len(m.Features.Commands) != 1 || m.Features.Commands[0].Command != "/cadre" || m.Features.Commands[0].Description == "" {
		t.Errorf("commands: %+v", m.Features.Commands)
	}
	if m.Display.Name == "" || len(m.Display.Name) > 35 || len(m.Display.Description) > 140 || m.Features.Bot.Name == "" {
		t.Errorf("names: %+v", m.Display)
	}
}

// Every event that the app is subscribed to is decoded, and what is called has
// its scope.
func TestListsAreUsed(t *testing.T) {
	strs := literals(t)
	for _, name := range Subscribed {
		kind, _, _ := strings.Cut(name, ".")
		if !slices.Contains(strs["decode.go"], kind) {
			t.Errorf("nothing is made of %q", kind)
		}
	}
	needs := map[string][]string{
		"chat.postMessage": {"chat:write"}, "chat.update": {"chat:write"}, "chat.postEphemeral": {"chat:write"},
	}
	for _, method := range hot {
		for _, scope := range needs[method] {
			if !slices.Contains(Scopes, scope) {
				t.Errorf("%s needs %s", method, scope)
			}
		}
		want(t, method, len(needs[method]) > 0, true)
	}
}

// literals are the strings in each of the package's files, apart from those of
// the lists themselves.
func literals(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok && (spec.Names[0].Name == "Subscribed" || spec.Names[0].Name == "Scopes") {
				return false
			}
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil {
					all[file] = append(all[file], s)
				}
			}
			return true
		})
	}
	return all
}
