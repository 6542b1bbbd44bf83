package main

import (
	"context"
	"hash/fnv"
	"io/fs"
	"time"

	"cadrebot/content"
)

// lookEvery is how often the courses' folders are looked at.
const lookEvery = time.Second

// reload reads the courses anew whenever a file of theirs has changed, until ctx
// ends. What is worse than before goes on in its last good version.
func (a *app) reload(ctx context.Context) {
	sources := a.cfg.courses()
	seen := fingerprint(sources)
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	changing := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := fingerprint(sources)
		switch {
		case now != seen: // somebody may be in the middle of copying files
			seen, changing = now, true
			continue
		case !changing:
			continue
		}
		changing = false
		library, problems := a.library.Load().Reload(sources...)
		a.library.Store(library)
		a.dialogs.Use(library)
		a.reread(problems)
	}
}

// Asset implements bot.Assets over the courses as they were read last.
func (a *app) Asset(name string) ([]byte, error) { return a.library.Load().Asset(name) }

func (a *app) logProblems(problems []content.Problem) {
	a.log.Info("courses read anew", "problems", len(problems))
	for _, p := range problems {
		a.log.Warn("content", "problem", p.String())
	}
}

// fingerprint changes when a file of the sources does.
func fingerprint(sources []content.Source) uint64 {
	h := fnv.New64a()
	for _, s := range sources {
		if s.FS == nil {
			continue
		}
		_ = fs.WalkDir(s.FS, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return nil // what can't be looked at is reported when it is read
			}
			if info, err := d.Info(); err == nil {
				_, _ = h.Write([]byte(path + info.ModTime().String()))
				_, _ = h.Write([]byte{byte(info.Size()), byte(info.Size() >> 8), byte(info.Size() >> 16)})
			}
			return nil
		})
	}
	return h.Sum64()
}
