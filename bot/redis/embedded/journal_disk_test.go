package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// testDisk is the real one with ears: before and after every change it calls
// around, and what around returns before a change is its failure. It remembers
// what a power cut would leave.
type testDisk struct {
	around func(op string, done bool) error

	mu     sync.Mutex
	synced map[string]int64 // by path: how much of the file is sure to last
	// unsure is the text of files that a rename replaced and a power cut could
	// bring back, by the path of the new one.
	unsure map[string]string
	syncs  int
}

func newTestDisk() *testDisk {
	return &testDisk{
		around: func(string, bool) error { return nil },
		synced: map[string]int64{}, unsure: map[string]string{},
	}
}

// step calls around before and after do.
func (d *testDisk) step(op string, do func() error) error {
	if err := d.around(op, false); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	return d.around(op, true)
}

func (d *testDisk) disk() disk {
	return disk{
		open: func(path string, fresh bool) (f diskFile, err error) {
			err = d.step("open "+filepath.Base(path), func() error {
				if f, err = realDisk.open(path, fresh); err == nil {
					f = &testFile{diskFile: f, disk: d, path: path}
				}
				return err
			})
			return f, err
		},
		rename: func(from, to string) error {
			return d.step("rename", func() error {
				old, _ := os.ReadFile(to)
				d.mu.Lock()
				d.unsure[to] = string(old[:d.synced[to]])
				d.synced[to] = d.synced[from]
				delete(d.synced, from)
				d.mu.Unlock()
				return os.Rename(from, to)
			})
		},
		remove: realDisk.remove,
		syncDir: func(path string) error {
			return d.step("sync folder", func() error {
				d.mu.Lock()
				clear(d.unsure)
				d.mu.Unlock()
				return realDisk.syncDir(path)
			})
		},
	}
}

type testFile struct {
	diskFile
	disk *testDisk
	path string
}

func (f *testFile) Write(p []byte) (n int, err error) {
	err = f.disk.step("write "+filepath.Base(f.path), func() error {
		n, err = f.diskFile.Write(p)
		return err
	})
	return n, err
}

func (f *testFile) Sync() error {
	return f.disk.step("sync "+filepath.Base(f.path), func() error {
		info, err := os.Stat(f.path)
		if err != nil {
			return err
		}
		f.disk.mu.Lock()
		f.disk.synced[f.path] = info.Size()
		f.disk.syncs++
		f.disk.mu.Unlock()
		return f.diskFile.Sync()
	})
}

// powerCuts are the states in which a power cut now could leave the folder.
func (d *testDisk) powerCuts(t *testing.T, dir string) []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	sure := copyDir(t, dir)
	for path, size := range d.synced {
		err := os.Truncate(filepath.Join(sure, filepath.Base(path)), size)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	cuts := []string{sure}
	for path, text := range d.unsure {
		old := copyDir(t, sure)
		if err := os.WriteFile(filepath.Join(old, filepath.Base(path)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		cuts = append(cuts, old)
	}
	return cuts
}

func TestACompactionThatIsCutOffAnywhereLosesNothing(t *testing.T) {
	d := newTestDisk()
	dir := t.TempDir()
	e := mustOpen(t, dir, opening{disk: d.disk()})
	c := e.Client()
	fill(t, c)
	mustDo(t, c, "SET loss none")
	want := snapshot(t, c)

	cuts, pieces := 0, 0
	d.around = func(op string, done bool) error {
		if op == "write "+journalTmp && done {
			// Others go on while the first pieces are written.
			if pieces++; pieces <= 3 {
				for n := range 5 {
					mustDo(t, c, fmt.Sprintf("HSET big:%d f%d new", n, pieces))
					mustDo(t, c, fmt.Sprintf("RPUSH during x%d", pieces))
					mustDo(t, c, fmt.Sprintf("DEL str:%d", 10*pieces+n))
					mustDo(t, c, fmt.Sprintf("MSET str:%d again new:%d v", 50+10*pieces+n, 10*pieces+n))
				}
				want = snapshot(t, c)
			}
		}
		if strings.HasSuffix(op, journalName) && !strings.HasPrefix(op, "open") {
			return nil // the writes just above
		}
		for _, left := range append(d.powerCuts(t, dir), copyDir(t, dir)) {
			cuts++
			after := mustOpen(t, left, opening{})
			sameState(t, fmt.Sprintf("cut at %q (done: %v)", op, done), snapshot(t, after.Client()), want)
			mustClose(t, after)
		}
		if t.Failed() {
			return errors.New("seen enough")
		}
		return nil
	}
	if err := e.compact(); err != nil {
		t.Fatal(err)
	}
	d.around = func(string, bool) error { return nil }
	t.Logf("%d cuts, %d pieces", cuts, pieces)
	if cuts < 20 || pieces < 4 {
		t.Errorf("there were only %d cuts and %d pieces", cuts, pieces)
	}
	sameState(t, "after the compaction", snapshot(t, c), want)
	mustDo(t, c, "SET behind it")
	want = snapshot(t, c)
	for _, left := range d.powerCuts(t, dir) {
		sameState(t, "a power cut later", snapshot(t, mustOpen(t, left, opening{}).Client()), want)
	}
	mustClose(t, e)
	sameState(t, "after a restart", snapshot(t, mustOpen(t, dir, opening{}).Client()), want)
}

// fill puts something of every kind into a store, more than one piece of a
// compaction.
func fill(t testing.TB, c goredis.UniversalClient) {
	t.Helper()
	ctx := context.Background()
	pipe := c.Pipeline()
	for n := range 100 {
		pipe.Set(ctx, fmt.Sprintf("str:%d", n), strings.Repeat("s", 100*n), 0)
		pipe.PExpireAt(ctx, fmt.Sprintf("str:%d", n), time.UnixMilli(4e12+int64(n)))
	}
	for n := range 5 {
		for i := range 100 {
			pipe.HSet(ctx, fmt.Sprintf("big:%d", n), fmt.Sprintf("f%d", i), strings.Repeat("h", 100))
			pipe.ZAdd(ctx, "scores", goredis.Z{Score: float64(i) / 7, Member: fmt.Sprintf("%d-%d", n, i)})
			pipe.SAdd(ctx, "set", fmt.Sprintf("%d-%d", n, i))
			pipe.RPush(ctx, "list", fmt.Sprintf("%d-%d", n, i))
			pipe.XAdd(ctx, &goredis.XAddArgs{Stream: "stream", ID: fmt.Sprintf("%d-%d", n+1, i), Values: []string{"f", "v", "g", ""}})
		}
	}
	pipe.SetBit(ctx, "bits", 65_535, 1)
	pipe.ZAdd(ctx, "scores", goredis.Z{Score: 1795226427487267, Member: "time"})
	pipe.XDel(ctx, "stream", "5-99", "3-7")
	pipe.XAdd(ctx, &goredis.XAddArgs{Stream: "emptied", ID: "7-3", Values: []string{"f", "v"}})
	pipe.XDel(ctx, "emptied", "7-3")
	pipe.PExpireAt(ctx, "stream", time.UnixMilli(4e12))
	if _, err := pipe.Exec(ctx); err != nil {
		t.Fatal(err)
	}
}

func TestACompactionKeepsEveryKindAndMoment(t *testing.T) {
	dir := t.TempDir()
	e := mustOpen(t, dir, opening{compactAt: 1 << 40})
	fill(t, e.Client())
	for range 20 { // history, in more than one piece
		mustDo(t, e.Client(), "SET huge "+strings.Repeat("0123456789", 300_000))
	}
	want := snapshot(t, e.Client())
	before := e.journal.size.Load()
	mustClose(t, e) // which compacts
	info, err := os.Stat(filepath.Join(dir, journalName))
	if err != nil || info.Size() > before/10 {
		t.Errorf("the journal had %d bytes and has %d, %v", before, info.Size(), err)
	}
	e = mustOpen(t, dir, opening{})
	sameState(t, "after a compaction", snapshot(t, e.Client()), want)
	for _, id := range []string{"7-3", "7-2", "6", "0-9"} {
		if _, err := do(e.Client(), "XADD", "emptied", id, "f", "v"); err == nil || !strings.Contains(err.Error(), "equal or smaller") {
			t.Errorf("a stream that had given 7-3 took %s: %v", id, err)
		}
	}
	mustDo(t, e.Client(), "XADD emptied 7-4 f v")
}

func TestAnEmptiedStoreStaysEmpty(t *testing.T) {
	d := newTestDisk()
	dir := t.TempDir()
	e := mustOpen(t, dir, opening{disk: d.disk()})
	fill(t, e.Client())
	first := true
	d.around = func(op string, done bool) error {
		if op == "write "+journalTmp && done && first {
			first = false
			mustDo(t, e.Client(), "FLUSHALL")
			mustDo(t, e.Client(), "SET k v")
		}
		return nil
	}
	if err := e.compact(); err != nil {
		t.Fatal(err)
	}
	mustClose(t, e)
	if got := snapshot(t, mustOpen(t, dir, opening{}).Client()); len(got) != 1 {
		t.Errorf("%d keys are left: %.300v", len(got), got)
	}
}

func TestAFailedCompactionHarmsNothing(t *testing.T) {
	for _, op := range []string{"open " + journalTmp, "write " + journalTmp, "sync " + journalTmp, "rename"} {
		d := newTestDisk()
		dir := t.TempDir()
		e := mustOpen(t, dir, opening{disk: d.disk()})
		fill(t, e.Client())
		d.around = func(at string, done bool) error {
			if at == op && !done {
				return syscall.ENOSPC
			}
			return nil
		}
		if err := e.compact(); !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("%s fails: the compaction ends with %v", op, err)
		}
		mustDo(t, e.Client(), "SET still works")
		want := snapshot(t, e.Client())
		d.around = func(string, bool) error { return nil }
		if _, err := os.Stat(filepath.Join(dir, journalTmp)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s fails: the new journal is left: %v", op, err)
		}
		if err := e.compact(); err != nil {
			t.Errorf("another compaction: %v", err)
		}
		mustClose(t, e)
		sameState(t, op+" fails", snapshot(t, mustOpen(t, dir, opening{}).Client()), want)
	}
}

// What the journal could not keep is never answered as done, and nothing is
// taken afterwards.
func TestAFullDiskIsSaidAloud(t *testing.T) {
	for _, op := range []string{"write " + journalName, "sync " + journalName, "half a write"} {
		t.Run(op, func(t *testing.T) {
			log := captureLog(t)
			d := newTestDisk()
			dir := t.TempDir()
			files := d.disk()
			if op == "half a write" {
				open := files.open
				files.open = func(path string, fresh bool) (diskFile, error) {
					f, err := open(path, fresh)
					return &halfFile{diskFile: f, disk: d}, err
				}
			}
			e := mustOpen(t, dir, opening{disk: files})
			ctx := context.Background()
			if err := commit(ctx, e.Client(), "an", 1); err != nil {
				t.Fatal(err)
			}
			want := snapshot(t, e.Client())

			d.around = func(at string, done bool) error {
				if at == op && !done {
					return syscall.ENOSPC
				}
				return nil
			}
			err := commit(ctx, e.Client(), "an", 2)
			if err == nil || !strings.Contains(err.Error(), "MISCONF") || !strings.Contains(err.Error(), "no space") {
				t.Errorf("the commit: %v", err)
			}
			d.around = func(string, bool) error { return nil } // there is room again: too late
			if err := commit(ctx, e.Client(), "an", 3); err == nil || !strings.Contains(err.Error(), "MISCONF") {
				t.Errorf("the next commit: %v", err)
			}
			if v, err := do(e.Client(), "GET", "{o}:c:an"); err == nil {
				t.Errorf("what was not kept is seen: %.8q", v)
			}
			if err := e.Client().Ping(ctx).Err(); err == nil {
				t.Error("a PING shows nothing of it")
			}
			if e.Err() == nil || !strings.Contains(log.String(), "level=ERROR") {
				t.Errorf("Err is %v, the log says %q", e.Err(), log)
			}
			if err := e.Close(); err == nil {
				t.Error("the end says nothing of it")
			}
			e = mustOpen(t, dir, opening{})
			sameState(t, "after a restart", snapshot(t, e.Client()), want)
			if err := commit(ctx, e.Client(), "an", 2); err != nil {
				t.Error(err)
			}
		})
	}
}

// halfFile writes half and then has no room, when its disk says so.
type halfFile struct {
	diskFile
	disk *testDisk
}

func (f *halfFile) Write(p []byte) (int, error) {
	if err := f.disk.around("half a write", false); err != nil {
		n, _ := f.diskFile.Write(p[:len(p)/2])
		return n, syscall.ENOSPC
	}
	return f.diskFile.Write(p)
}
