package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"
)

// settingsFile resolves flags from a JSON file. What the environment sets is
// left alone, and a name that no flag has is an error rather than a setting
// that silently does nothing.
type settingsFile struct {
	values map[string]any
}

func readSettings(r io.Reader) (kong.Resolver, error) {
	s := settingsFile{}
	d := json.NewDecoder(r)
	d.UseNumber()
	if err := d.Decode(&s.values); err != nil {
		return nil, fmt.Errorf("settings file: %w", err)
	}
	return s, nil
}

// settingName is a flag's name in the file.
func settingName(flag string) string { return strings.ReplaceAll(flag, "-", "_") }

// Validate implements kong.Resolver.
func (s settingsFile) Validate(app *kong.Application) error {
	known := map[string]bool{}
	for _, f := range app.Flags {
		known[settingName(f.Name)] = true
	}
	for name := range s.values {
		if !known[name] || name == "config" || name == "help" {
			return fmt.Errorf("settings file: there is no setting %q", name)
		}
	}
	return nil
}

// Resolve implements kong.Resolver.
func (s settingsFile) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, env := range flag.Envs {
		if _, set := os.LookupEnv(env); set {
			return nil, nil
		}
	}
	switch v := s.values[settingName(flag.Name)].(type) {
	case nil:
		return nil, nil
	case []any:
		words := make([]string, len(v))
		for i, x := range v {
			words[i] = fmt.Sprint(x)
		}
		return strings.Join(words, ","), nil
	default:
		return fmt.Sprint(v), nil
	}
}
