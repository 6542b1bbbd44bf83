package terminal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"cadrebot/bot"
)

// Words are what the terminal says by itself.
type Words struct {
	// Long answers a line that is too long to be read.
	Long string
	// Kinds names the kinds of media; one that is missing goes by its code.
	Kinds map[bot.MediaKind]string
}

// media says in one line what a message shows: what it is, and where. A file is
// put into the folder; why that can't be is said in its place.
func (t *Terminal) media(m *bot.Media) string {
	kind := t.Words.Kinds[m.Kind]
	if kind == "" {
		kind = string(m.Kind)
	}
	if m.Alt != "" {
		kind += ": " + m.Alt
	}
	where := m.URL
	switch {
	case m.Asset != "":
		where = m.Asset
	case len(m.Data) > 0:
		path, err := t.save(m)
		if where = path; err != nil {
			where = err.Error()
		}
	}
	return strings.TrimSpace("[" + kind + "] " + where)
}

// mostNamesakes bounds the search for a name that is free.
const mostNamesakes = 1000

// save writes a file into the folder, never over another, and returns its path.
func (t *Terminal) save(m *bot.Media) (string, error) {
	name := filepath.Base(filepath.FromSlash(strings.ReplaceAll(m.Name, `\`, "/")))
	if name == "." || name == string(filepath.Separator) || strings.HasPrefix(name, ".") {
		name = string(m.Kind)
	}
	folder := t.Folder
	if folder == "" {
		folder = "."
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	ending := filepath.Ext(name)
	for n := 1; n <= mostNamesakes; n++ {
		path := filepath.Join(folder, name)
		if n > 1 {
			path = filepath.Join(folder, strings.TrimSuffix(name, ending)+"-"+strconv.Itoa(n)+ending)
		}
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err == nil {
			_, err = file.Write(m.Data)
			err = errors.Join(err, file.Close())
		}
		if err != nil {
			return "", err
		}
		return path, nil
	}
	return "", fmt.Errorf("%s has %d files of the name %s", folder, mostNamesakes, name)
}
