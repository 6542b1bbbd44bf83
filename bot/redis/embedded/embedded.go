package embedded

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/alicebob/miniredis/v2/server"
	goredis "github.com/redis/go-redis/v9"
)

// Files of a data folder, beside the lock and the access file.
const (
	journalName = "journal.resp"
	journalTmp  = "journal.tmp"
	lockName    = "lock"
)

const (
	// defaultCompactAt is the size below which a running store lets its
	// journal grow.
	defaultCompactAt = 32 << 20
	// idleCompactAt is that size for a store that starts or ends.
	idleCompactAt = 1 << 20
)

// Redis is a Redis inside this process, for an office that has none: what
// it answers is synced to a journal in a data folder first, and read back from
// there at the next start. It has strings, hashes, lists, sets, sorted sets and
// streams, scripts, transactions without WATCH, and BLPOP; it refuses commands
// that its journal could not repeat. One process at a time has a data folder.
type Redis struct {
	dir       string
	disk      disk
	clock     func() time.Time
	compactAt int64

	mini    *miniredis.Miniredis
	srv     *server.Server
	journal *journal
	client  goredis.UniversalClient
	lock    *os.File
	addr    string

	loading atomic.Bool
	peers   sync.Map // of *server.Peer to *connection or *inner
	inners  inners
	root    peer   // who this package is when nobody asks
	outer   *inner // runs what a write asks for; under mu
	changer *inner // runs what changes keys, within outer's script too; under mu

	mu           sync.RWMutex // writers alone, readers together; before the journal's
	now          int64        // of the running write, in milliseconds since 1970
	effects      effects
	deadlines    *deadlines
	waiting      map[string][]*waiter // by list
	compacting   *compaction          // or nil
	compactBusy  bool
	rewriting    sync.Mutex // one compaction at a time; before mu
	compactAbove int64

	closing    chan struct{}
	close      sync.Once
	background sync.WaitGroup
}

// Open starts the store on a data folder, which it creates
// where it is missing. It returns an error that wraps ErrLocked when another
// process has the folder, and a *DamagedError when the journal holds what no
// crash leaves behind. A record that a crash left torn at the end is cut off;
// it was never answered.
func Open(dir string) (*Redis, error) {
	return open(dir, realDisk, time.Now, defaultCompactAt)
}

func open(dir string, d disk, clock func() time.Time, compactAt int64) (_ *Redis, err error) {
	e := newRedis(dir, d, clock, compactAt)
	defer func() {
		if err != nil {
			err = fmt.Errorf("open the embedded store in %s: %w", dir, err)
		}
	}()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if e.lock, err = lockFile(filepath.Join(dir, lockName)); err != nil {
		return nil, err
	}
	removeAccess(dir)
	password := newPassword()
	if err := e.begin(password); err != nil {
		_ = e.end()
		return nil, err
	}
	e.client = newLoopbackClient(e.addr, password)
	if err := writeAccess(dir, e.addr, password); err != nil {
		_ = e.Close()
		return nil, err
	}
	return e, nil
}

func newRedis(dir string, d disk, clock func() time.Time, compactAt int64) *Redis {
	return &Redis{
		dir: dir, disk: d, clock: clock, compactAt: compactAt, compactAbove: compactAt,
		deadlines: newDeadlines(), waiting: map[string][]*waiter{}, closing: make(chan struct{}),
	}
}

// Client returns the client of this store, the same one at every call. Close
// closes it.
func (e *Redis) Client() goredis.UniversalClient { return e.client }

// Addr is the loopback address that the store listens on, with a password.
func (e *Redis) Addr() string { return e.addr }

// Err is the reason why the journal takes no more writes, or nil. Since what
// was not written must not be seen either, the store answers MISCONF then, and
// only a restart ends it.
func (e *Redis) Err() error { return e.journal.failed() }

// Close ends the store: it drops the connections, syncs the journal, compacts
// it if at least half is history, and gives the data folder back. It returns
// an error if something that was not yet answered could not be written. Calls
// after the first do nothing.
func (e *Redis) Close() (err error) {
	e.close.Do(func() { err = e.end() })
	return err
}

func (e *Redis) end() (err error) {
	close(e.closing)
	if e.client != nil {
		_ = e.client.Close()
	}
	if e.mini != nil {
		e.mini.Close()
	}
	e.background.Wait()
	if e.journal != nil {
		if !e.loading.Load() && e.journal.failed() == nil {
			err = e.compactIdle()
		}
		err = errors.Join(err, e.journal.close())
	}
	removeAccess(e.dir)
	_ = e.lock.Close()
	if err != nil {
		return fmt.Errorf("close the embedded store: %w", err)
	}
	return nil
}
