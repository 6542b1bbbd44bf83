package main

import (
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// instance is this installation's identity. It survives restarts, so that a
// restart takes its lease back at once, and is one process's at a time.
type instance struct {
	ID   string
	file *os.File
}

// openInstance reads the identity kept in the data folder, or makes one. Where
// another process uses it, or the folder can't be written, a passing one does:
// then a restart waits for the old lease to run out.
func openInstance(dir string) *instance {
	passing := &instance{ID: rand.Text()}
	if os.MkdirAll(dir, 0o700) != nil {
		return passing
	}
	file, err := os.OpenFile(filepath.Join(dir, "instance"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return passing
	}
	if !lockAlone(file) {
		_ = file.Close()
		return passing
	}
	text, err := io.ReadAll(io.LimitReader(file, 256))
	id := strings.TrimSpace(string(text))
	if err == nil && (id == "" || strings.ContainsAny(id, " \t\n")) {
		id = passing.ID
		if err = file.Truncate(0); err == nil {
			_, err = file.WriteAt(fmt.Appendln(nil, id), 0)
		}
	}
	if err != nil {
		_ = file.Close()
		return passing
	}
	return &instance{ID: id, file: file}
}

func (i *instance) close() {
	if i.file != nil {
		_ = i.file.Close()
	}
}
