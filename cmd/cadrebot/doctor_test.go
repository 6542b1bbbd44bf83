package main

import (
	"os"
	"path/filepath"
	"testing"

	"cadrebot/bot/redis/redistest"
	"cadrebot/bot/telegram/telegramtest"
)

func TestDoctorFindsNothing(t *testing.T) {
	bare(t)
	fake := mustTelegram(t, telegramtest.Options{})
	t.Setenv("CADREBOT_CONTENT", "")
	out, _ := mustRun(t, "", 0, "--data", t.TempDir(), "doctor")
	contains(t, out, "embedded store", "@"+fake.Username(), "with 30 lessons and 130 questions", "Nothing is wrong")
	server := redistest.Start(t)
	t.Setenv("CADREBOT_REDIS_URL", "redis://"+server.Addr())
	out, _ = mustRun(t, "", 0, "--data", t.TempDir(), "doctor")
	contains(t, out, "appendfsync is always", "noeviction", "clocks agree", "Nothing is wrong")
}

func TestDoctorOnABadRedis(t *testing.T) {
	bare(t)
	server := redistest.Start(t, "--appendonly", "no", "--appendfsync", "everysec", "--maxmemory-policy", "allkeys-lru")
	t.Setenv("CADREBOT_REDIS_URL", "redis://"+server.Addr())
	out, _ := mustRun(t, "", 1, "--data", t.TempDir(), "doctor")
	contains(t, out, "appendonly is no, not yes", "appendfsync is everysec", "maxmemory-policy is allkeys-lru", "CONFIG SET", "3 of ")

	server.Kill()
	out, _ = mustRun(t, "", 1, "--data", t.TempDir(), "doctor")
	contains(t, out, "does not answer")
}

// TestDoctorWithoutRights: where CONFIG is not allowed, it says what to see to
// and does not call it wrong.
func TestDoctorWithoutRights(t *testing.T) {
	bare(t)
	server := redistest.Start(t, "--rename-command", "CONFIG", "")
	t.Setenv("CADREBOT_REDIS_URL", "redis://"+server.Addr())
	out, _ := mustRun(t, "", 0, "--data", t.TempDir(), "doctor")
	contains(t, out, "CONFIG is not allowed here", "see to it that appendfsync is always")
}

func TestDoctorOnACluster(t *testing.T) {
	bare(t)
	server := redistest.StartCluster(t)
	t.Setenv("CADREBOT_REDIS_URL", "redis://"+server.Addr()+"?cluster=true")
	out, _ := mustRun(t, "", 0, "--data", t.TempDir(), "doctor")
	contains(t, out, "redis "+server.Addr()+": appendonly is yes")
}

func TestDoctorOnContent(t *testing.T) {
	bare(t)
	dir := t.TempDir()
	course := filepath.Join(dir, "mine")
	if err := os.Mkdir(course, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(course, "course.yaml"), []byte("id: [\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _ := mustRun(t, "", 1, "--data", t.TempDir(), "--content", dir, "doctor")
	contains(t, out, "WRONG content: "+course+"/course.yaml:1:")
}

func TestDoctorOnATokenNobodyKnows(t *testing.T) {
	bare(t)
	mustTelegram(t, telegramtest.Options{})
	t.Setenv("CADREBOT_TELEGRAM_TOKEN", "7000000001:wrong")
	out, _ := mustRun(t, "", 1, "--data", t.TempDir(), "doctor")
	contains(t, out, "WRONG telegram", "@BotFather")
}

// TestDoctorBesideAServer looks into a data folder that is in use.
func TestDoctorBesideAServer(t *testing.T) {
	bare(t)
	mustTelegram(t, telegramtest.Options{})
	data := t.TempDir()
	start(t, true, "--data", data, "serve")
	out, _ := mustRun(t, "", 0, "--data", data, "doctor")
	contains(t, out, "in use by a running cadrebot")
	_, errs := mustRun(t, "", 1, "--data", data, "serve")
	contains(t, errs, "another process has the data folder", "CADREBOT_REDIS_URL")
	out, _ = mustRun(t, "/quiz\n", 0, "--data", data, "talk")
	contains(t, out, "1/10")
}
