package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

type versionCmd struct{}

// Run prints the build as the compiler knows it.
func (versionCmd) Run(p *Program) error {
	version, revision, changed := "unknown", "", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision":
				revision = " " + s.Value
			case s.Key == "vcs.modified" && s.Value == "true":
				changed = " with changes"
			}
		}
	}
	_, err := fmt.Fprintf(p.Stdout, "cadrebot %s%s%s, %s %s/%s\n", version, revision, changed,
		runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
