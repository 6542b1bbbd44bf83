package crashtest

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// program is the command, as it is delivered or with the race detector. It is
// built once a test run; CADREBOT_CRASH_PROGRAM names one that is built already.
type program struct {
	once sync.Once
	race bool
	dir  string // of what was built
	path string
	err  error
}

var delivered, watched = &program{}, &program{race: true}

func (p *program) build(t *testing.T) string {
	t.Helper()
	p.once.Do(func() {
		if p.path = os.Getenv("CADREBOT_CRASH_PROGRAM"); p.path != "" && !p.race {
			return
		}
		if p.dir, p.err = os.MkdirTemp("", "cadrebot-crash"); p.err != nil {
			return
		}
		p.path = filepath.Join(p.dir, "cadrebot")
		args := []string{"build", "-o", p.path, "cadrebot/cmd/cadrebot"}
		if p.race {
			args = []string{"build", "-race", "-o", p.path, "cadrebot/cmd/cadrebot"}
		}
		if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
			p.err = fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, out)
		}
	})
	if p.err != nil {
		t.Fatal(p.err)
	}
	return p.path
}

func TestMain(m *testing.M) {
	code := m.Run()
	for _, p := range []*program{delivered, watched} {
		if p.dir != "" {
			_ = os.RemoveAll(p.dir)
		}
	}
	os.Exit(code)
}

// installation is a place where the program runs, one life after another.
type installation struct {
	t      *testing.T
	path   string
	env    []string
	data   string
	listen string
	log    string

	cmd  *exec.Cmd
	gone chan struct{}
}

// lodge is an installation that serves what its environment describes. With
// -short it skips the test: here programs are built and killed.
func lodge(t *testing.T, p *program, env ...string) *installation {
	t.Helper()
	if testing.Short() {
		t.Skip("kills: not with -short")
	}
	dir := t.TempDir()
	i := &installation{
		t: t, path: p.build(t), data: filepath.Join(dir, "data"),
		listen: "127.0.0.1:" + freePort(t), log: filepath.Join(dir, "log"),
	}
	for _, pair := range os.Environ() {
		if !strings.HasPrefix(pair, "CADREBOT_") {
			i.env = append(i.env, pair)
		}
	}
	statements, err := filepath.Abs("../testdata/statements") // each answered by one press
	if err != nil {
		t.Fatal(err)
	}
	i.env = append(i.env, "CADREBOT_CONTENT="+statements,
		"CADREBOT_DATA="+i.data, "CADREBOT_LISTEN="+i.listen, "CADREBOT_LOG_LEVEL=info")
	i.env = append(i.env, env...)
	t.Cleanup(func() {
		i.kill()
		i.readLog()
	})
	return i
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

// start begins a life.
func (i *installation) start() {
	i.t.Helper()
	log, err := os.OpenFile(i.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		i.t.Fatal(err)
	}
	defer log.Close()
	i.cmd = exec.Command(i.path, "serve")
	i.cmd.Env, i.cmd.Stderr, i.cmd.Stdout = i.env, log, log
	if err := i.cmd.Start(); err != nil {
		i.t.Fatal(err)
	}
	i.gone = make(chan struct{})
	go func(cmd *exec.Cmd, gone chan struct{}) {
		_ = cmd.Wait()
		close(gone)
	}(i.cmd, i.gone)
}

// kill ends a life as a power cut would.
func (i *installation) kill() {
	if i.cmd == nil {
		return
	}
	_ = i.cmd.Process.Kill()
	<-i.gone
	i.cmd = nil
}

// stop ends a life cleanly and fails the test if that takes more than 5 s.
func (i *installation) stop() {
	i.t.Helper()
	_ = i.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-i.gone:
		i.cmd = nil
	case <-time.After(6 * time.Second):
		i.t.Error("a clean stop took more than 6 s")
		i.kill()
	}
}

// alive reports whether the life has not ended by itself.
func (i *installation) alive() bool {
	select {
	case <-i.gone:
		return false
	default:
		return true
	}
}

// readLog fails the test on a panic or a data race, and shows the end of the
// log of a test that has failed.
func (i *installation) readLog() {
	log, err := os.ReadFile(i.log)
	if err != nil {
		return
	}
	for _, bad := range []string{"DATA RACE", "panic:", "event quarantined", "fatal error:", "message rejected"} {
		if at := bytes.Index(log, []byte(bad)); at >= 0 {
			i.t.Errorf("the program's log tells of %q:\n%s", bad, log[at:min(len(log), at+3000)])
		}
	}
	if i.t.Failed() {
		i.t.Logf("the end of the program's log:\n%s", log[max(0, len(log)-4000):])
	}
}

// metric reads one value of /metrics; 0 if it is not there.
func (i *installation) metric(name string) float64 {
	resp, err := http.Get("http://" + i.listen + "/metrics")
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(resp.Body)
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, name+"{") || strings.HasPrefix(line, name+" ") {
			v, _ := strconv.ParseFloat(line[strings.LastIndex(line, " ")+1:len(line)-1], 64)
			return v
		}
	}
	return 0
}

// eventually waits for a condition, looking every few milliseconds.
func eventually(within time.Duration, cond func() bool) bool {
	late := time.After(within)
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for !cond() {
		select {
		case <-again.C:
		case <-late:
			return cond()
		}
	}
	return true
}
