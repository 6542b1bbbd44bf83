package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"cadrebot/bot/telegram/telegramtest"
)

// lab is what all scenarios share: a Redis, the binary and a folder.
type lab struct {
	dir    string
	binary string
	redis  *exec.Cmd
	addr   string
	db     *goredis.Client
	span   time.Duration
}

func open(span time.Duration) (*lab, error) {
	dir, err := os.MkdirTemp("", "cadrebench")
	if err != nil {
		return nil, err
	}
	l := &lab{dir: dir, binary: filepath.Join(dir, "cadrebot"), span: span}
	if err := writeCourse(filepath.Join(dir, "courses")); err != nil {
		l.close()
		return nil, err
	}
	if out, err := exec.Command("go", "build", "-o", l.binary, "./cmd/cadrebot").CombinedOutput(); err != nil {
		l.close()
		return nil, fmt.Errorf("build cadrebot: %w\n%s", err, out)
	}
	port, err := freePort()
	if err != nil {
		l.close()
		return nil, err
	}
	l.addr = "127.0.0.1:" + port
	l.redis = exec.Command("redis-server", "--port", port, "--dir", dir, "--appendonly", "yes",
		"--appendfsync", "always", "--save", "", "--maxmemory-policy", "noeviction", "--loglevel", "warning")
	if err := l.redis.Start(); err != nil {
		l.redis = nil
		l.close()
		return nil, fmt.Errorf("start redis-server (is it installed?): %w", err)
	}
	l.db = goredis.NewClient(&goredis.Options{Addr: l.addr, PoolSize: 64, MaxRetries: -1})
	for range 100 {
		if l.db.Ping(context.Background()).Err() == nil {
			return l, nil
		}
		time.Sleep(50 * time.Millisecond) // a program's start, not a test's condition
	}
	l.close()
	return nil, errors.New("redis-server does not answer")
}

func (l *lab) close() {
	if l.db != nil {
		l.db.Close()
	}
	if l.redis != nil {
		l.redis.Process.Kill()
		l.redis.Wait()
	}
	os.RemoveAll(l.dir)
}

func freePort() (string, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer ln.Close()
	_, port, err := net.SplitHostPort(ln.Addr().String())
	return port, err
}

// process is a cadrebot under measurement.
type process struct {
	cmd    *exec.Cmd
	listen string
}

// start runs the binary against a fake, on an empty org.
func (l *lab) start(fake *telegramtest.Server, org string, env ...string) (*process, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	p := &process{cmd: exec.Command(l.binary, "serve"), listen: "127.0.0.1:" + port}
	p.cmd.Env = append(os.Environ(),
		"CADREBOT_REDIS_URL=redis://"+l.addr, "CADREBOT_DATA="+filepath.Join(l.dir, org), "CADREBOT_ORG="+org,
		"CADREBOT_LISTEN="+p.listen, "CADREBOT_TELEGRAM_TOKEN="+fake.Token(), "CADREBOT_TELEGRAM_API_URL="+fake.URL(),
		"CADREBOT_ADMINS=telegram:1", "CADREBOT_CONTENT="+filepath.Join(l.dir, "courses"))
	p.cmd.Env = append(p.cmd.Env, env...)
	p.cmd.Stderr = os.Stderr
	if os.Getenv("CADREBENCH_QUIET") != "" {
		p.cmd.Stderr = nil
	}
	return p, p.cmd.Start()
}

// free takes the platform's limits off.
var free = []string{"CADREBOT_TELEGRAM_RATE=0", "CADREBOT_TELEGRAM_CHAT_EVERY=0s", "CADREBOT_TELEGRAM_GROUP_RATE=0"}

func (p *process) stop() {
	p.cmd.Process.Signal(os.Interrupt)
	p.cmd.Wait()
}

// resident is the process's memory in MB.
func (p *process) resident() float64 {
	data, _ := os.ReadFile("/proc/" + strconv.Itoa(p.cmd.Process.Pid) + "/status")
	for line := range strings.Lines(string(data)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "VmRSS:" {
			kb, _ := strconv.ParseFloat(f[1], 64)
			return kb / 1024
		}
	}
	return 0
}

// cpu is the processor time that the process has used.
func (p *process) cpu() time.Duration {
	data, _ := os.ReadFile("/proc/" + strconv.Itoa(p.cmd.Process.Pid) + "/stat")
	_, rest, _ := strings.Cut(string(data), ") ")
	f := strings.Fields(rest)
	if len(f) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(f[11])
	system, _ := strconv.Atoi(f[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}
