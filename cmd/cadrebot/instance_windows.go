package main

import (
	"os"

	"golang.org/x/sys/windows"
)

// lockAlone takes the file for this process until it is closed.
func lockAlone(f *os.File) bool {
	// A byte far behind the end: a locked range can't be read by others.
	at := windows.Overlapped{Offset: 1 << 30}
	return windows.LockFileEx(windows.Handle(f.Fd()),
		windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &at) == nil
}
