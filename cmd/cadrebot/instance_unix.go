//go:build unix

package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// lockAlone takes the file for this process until it is closed.
func lockAlone(f *os.File) bool {
	return unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB) == nil
}
