package embedded

import "testing"

// What tests of the store upon it need.
var (
	MustClose   = mustClose
	Await       = await
	Snapshot    = snapshot
	CopyDir     = copyDir
	NewTestDisk = newTestDisk
)

// MustOpen opens a folder as in life and closes it at the end of the test.
func MustOpen(t testing.TB, dir string) *Redis { return mustOpen(t, dir, opening{}) }

// MustOpenOn opens a folder on a disk with ears.
func MustOpenOn(t testing.TB, dir string, d *testDisk) *Redis {
	return mustOpen(t, dir, opening{disk: d.disk()})
}

// Around is called from now on before and after every change.
func (d *testDisk) Around(f func(op string, done bool) error) { d.around = f }

// PowerCuts are the folders that a power cut now could leave.
func (d *testDisk) PowerCuts(t *testing.T, dir string) []string { return d.powerCuts(t, dir) }
