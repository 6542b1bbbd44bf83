// Package redistest starts real redis-servers for tests, set up as
// cadrebot wants its database: every write synced before it is answered,
// nothing evicted. It must never touch a server that it did not start, and
// never fall back to an imitation: without redis-server, and with -short, the
// test is skipped.
package redistest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// startTimeout bounds how long a server may take to answer.
const startTimeout = 20 * time.Second

// Server is a redis-server of the test's own, on a free loopback port, with
// its data in a temporary folder. It ends with the test.
type Server struct {
	t       testing.TB
	bin     string
	dir     string
	port    int
	args    []string
	cluster bool

	cmd  *exec.Cmd
	gone chan struct{} // closed when cmd has ended
}

// Start runs a redis-server with the append-only file synced at every
// write and no eviction; args follow on its command line and may override
// that. It returns when the server answers, and skips the test when there is
// no redis-server on the PATH, or go test -short wants no real servers.
func Start(t testing.TB, args ...string) *Server {
	t.Helper()
	s := &Server{t: t, args: args}
	s.begin()
	return s
}

// begin finds the program, a folder and a port, and runs the server.
func (s *Server) begin() {
	s.t.Helper()
	if testing.Short() {
		s.t.Skip("a real redis-server: not with -short")
	}
	bin, err := exec.LookPath("redis-server")
	if err != nil {
		s.t.Skip("SKIPPED: no redis-server on the PATH; install it (apt-get install redis-server) to run this test")
	}
	s.bin, s.dir = bin, s.t.TempDir()
	s.t.Cleanup(s.Kill)
	// Between finding a free port and using it somebody may take it.
	for range 5 {
		if s.port, err = freePort(); err != nil {
			continue
		}
		if err = s.run(); err == nil {
			return
		}
	}
	s.t.Fatalf("start redis-server: %v", err)
}

// run starts the process on s.port and s.dir and waits until it answers.
func (s *Server) run() error {
	args := []string{
		"--bind", "127.0.0.1", "--port", strconv.Itoa(s.port), "--dir", s.dir,
		"--appendonly", "yes", "--appendfsync", "always",
		"--maxmemory-policy", "noeviction", "--save", "",
		"--logfile", s.logFile(), "--daemonize", "no",
	}
	s.cmd = exec.Command(s.bin, append(args, s.args...)...)
	if err := s.cmd.Start(); err != nil {
		return fmt.Errorf("run %s: %w", s.bin, err)
	}
	s.gone = make(chan struct{})
	go func(cmd *exec.Cmd, gone chan struct{}) {
		_ = cmd.Wait()
		close(gone)
	}(s.cmd, s.gone)
	err := s.await(func(ctx context.Context, c *goredis.Client) error { return c.Ping(ctx).Err() })
	if err != nil {
		s.Kill()
	}
	return err
}

// await asks ready until it returns nil, the server ends or time is up.
func (s *Server) await(ready func(context.Context, *goredis.Client) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	c := goredis.NewClient(&goredis.Options{Addr: s.Addr(), MaxRetries: -1, PoolSize: 1})
	defer c.Close()
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for {
		err := ready(ctx, c)
		if err == nil {
			return nil
		}
		select {
		case <-s.gone:
			return fmt.Errorf("redis-server on port %d ended: %s", s.port, s.lastLog())
		case <-ctx.Done():
			return fmt.Errorf("redis-server on port %d: %w: %s", s.port, errors.Join(ctx.Err(), err), s.lastLog())
		case <-again.C:
		}
	}
}

// Addr is the server's host:port; Restart keeps it.
func (s *Server) Addr() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)) }

// Dir is the folder with the server's data.
func (s *Server) Dir() string { return s.dir }

// Client returns a new client without retries, for a cluster a cluster
// client. It is closed at the end of the test.
func (s *Server) Client() goredis.UniversalClient {
	c := goredis.NewUniversalClient(&goredis.UniversalOptions{
		Addrs:                 []string{s.Addr()},
		IsClusterMode:         s.cluster,
		MaxRetries:            -1,
		ContextTimeoutEnabled: true,
		PoolSize:              128,
	})
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

// Kill ends the server with SIGKILL, as a power cut would, and returns when
// it is gone. It does nothing when the server has already ended.
func (s *Server) Kill() {
	if s.cmd == nil || s.cmd.Process == nil {
		return
	}
	_ = s.cmd.Process.Kill()
	<-s.gone
}

// Restart ends the server if it still runs and starts it again on the same
// port and data. It returns when the server answers and has loaded its data.
func (s *Server) Restart() {
	s.t.Helper()
	s.Kill()
	if err := s.run(); err != nil {
		s.t.Fatalf("restart redis-server: %v", err)
	}
	if s.cluster {
		s.awaitCluster()
	}
}

func (s *Server) logFile() string { return filepath.Join(s.dir, "redis.log") }

// lastLog is the end of the server's log, to explain a failed start.
func (s *Server) lastLog() string {
	text, err := os.ReadFile(s.logFile())
	if err != nil {
		return err.Error()
	}
	text = bytes.TrimSpace(text)
	return string(text[max(0, len(text)-600):])
}

// freePort finds a port that is free now, with its cluster bus (10,000
// above) free too.
func freePort() (int, error) {
	for range 50 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return 0, err
		}
		port := l.Addr().(*net.TCPAddr).Port
		_ = l.Close()
		if port+10000 > 65535 {
			continue
		}
		bus, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port+10000)))
		if err != nil {
			continue
		}
		_ = bus.Close()
		return port, nil
	}
	return 0, errors.New("no free port with a free cluster bus port")
}
