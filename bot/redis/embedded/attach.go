package embedded

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

var (
	// ErrLocked says that another process has the data folder; Attach may
	// reach it.
	ErrLocked = errors.New("another process has the data folder")
	// ErrNotRunning says that no process serves the data folder.
	ErrNotRunning = errors.New("no running process serves the data folder")
)

// accessFile holds the address and the password of the process that serves a
// data folder. Only its owner may read it.
const accessFile = "access"

// Attach returns a client of the embedded store that another process has
// opened on dir. It returns an error that wraps ErrNotRunning when there is
// none, also when one has ended without cleaning up.
func Attach(dir string) (goredis.UniversalClient, error) {
	addr, password, err := readAccess(dir)
	if err != nil {
		return nil, fmt.Errorf("attach to %s: %w", dir, err)
	}
	conn, err := net.DialTimeout("tcp", addr, 5*time.Second)
	if err != nil {
		return nil, fmt.Errorf("attach to %s: %w (%w)", dir, ErrNotRunning, err)
	}
	_ = conn.Close()
	client := newLoopbackClient(addr, password)
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := client.Ping(ctx).Err(); err != nil {
		_ = client.Close()
		return nil, fmt.Errorf("attach to %s: %w (%w)", dir, ErrNotRunning, err)
	}
	return client, nil
}

// newLoopbackClient never retries: a script whose answer was lost may have
// had its effect. Its pool carries more than a hundred commits at once.
func newLoopbackClient(addr, password string) goredis.UniversalClient {
	return goredis.NewUniversalClient(&goredis.UniversalOptions{
		Addrs:                 []string{addr},
		Password:              password,
		MaxRetries:            -1,
		DialerRetries:         1,
		ContextTimeoutEnabled: true,
		PoolSize:              160,
		ReadBufferSize:        8 << 10,
		WriteBufferSize:       8 << 10,
		// A sync of the journal may take as long as the disk likes; who is in
		// a hurry has a context.
		ReadTimeout:     30 * time.Second,
		DisableIdentity: true,
		MaintNotificationsConfig: &maintnotifications.Config{
			Mode: maintnotifications.ModeDisabled,
		},
	})
}

func newPassword() string {
	secret := make([]byte, 24)
	_, _ = rand.Read(secret) // never fails
	return hex.EncodeToString(secret)
}

func writeAccess(dir, addr, password string) error {
	path := filepath.Join(dir, accessFile)
	if err := os.WriteFile(path+".tmp", []byte(addr+"\n"+password+"\n"), 0o600); err != nil {
		return fmt.Errorf("write the access file: %w", err)
	}
	if err := os.Rename(path+".tmp", path); err != nil {
		return fmt.Errorf("write the access file: %w", err)
	}
	return nil
}

func readAccess(dir string) (addr, password string, err error) {
	text, err := os.ReadFile(filepath.Join(dir, accessFile))
	if errors.Is(err, os.ErrNotExist) {
		return "", "", ErrNotRunning
	}
	if err != nil {
		return "", "", err
	}
	words := strings.Fields(string(text))
	if len(words) != 2 {
		return "", "", fmt.Errorf("%w: the access file is not whole", ErrNotRunning)
	}
	return words[0], words[1], nil
}

func removeAccess(dir string) { _ = os.Remove(filepath.Join(dir, accessFile)) }
