package main

import (
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

// mustParse reads settings as a run would.
func mustParse(t *testing.T, args ...string) Config {
	t.Helper()
	p := &Program{Args: append(args, "version"), Stdout: io.Discard, Stderr: os.Stderr}
	if parsed, code := p.parse(); parsed == nil {
		t.Fatalf("parse: exit code %d", code)
	}
	if err := p.cli.finish(); err != nil {
		t.Fatal(err)
	}
	return p.cli.Config
}

// onTelegram are the settings of Telegram.
func onTelegram(t *testing.T, c *Config) *telegramPlatform {
	t.Helper()
	for _, p := range c.platforms() {
		if p, ok := p.(*telegramPlatform); ok {
			return p
		}
	}
	t.Fatal("there is no Telegram")
	return nil
}

func TestPrecedence(t *testing.T) {
	bare(t)
	file := mustWrite(t, "cadrebot.json", `{"org": "file", "data": "file", "listen": "file",
		"admins": ["telegram:1", "telegram:2"], "telegram_rate": 0, "telegram_chat_every": "2s"}`)
	t.Setenv("CADREBOT_DATA", "environment")
	t.Setenv("CADREBOT_LISTEN", "environment")
	c := mustParse(t, "--config", file, "--listen", "flag")
	for _, x := range []struct{ what, got, want string }{
		{"org", c.Org, "file"}, {"data", c.Data, "environment"}, {"listen", c.Listen, "flag"},
		{"admins", strings.Join(c.Admins, " "), "telegram:1 telegram:2"},
	} {
		if x.got != x.want {
			t.Errorf("%s is %q, want %q", x.what, x.got, x.want)
		}
	}
	if p := onTelegram(t, &c); p.TelegramRate != 0 || p.TelegramChatEvery != 2*time.Second || p.TelegramGroupRate != 20 {
		t.Errorf("rates: %d, %s, %d", p.TelegramRate, p.TelegramChatEvery, p.TelegramGroupRate)
	}
}

func TestDefaults(t *testing.T) {
	bare(t)
	_ = os.Unsetenv("CADREBOT_LISTEN")
	c := mustParse(t)
	p := onTelegram(t, &c)
	if c.Data != "./data" || c.Org != "org" || c.Listen != "127.0.0.1:8080" || p.TelegramAPIURL != "https://api.telegram.org" ||
		p.TelegramRate != 30 || p.TelegramChatEvery != time.Second || p.TelegramGroupRate != 20 || c.RedisURL != "" {
		t.Errorf("got %+v, %+v", c, p)
	}
}

func TestSecretsFromFiles(t *testing.T) {
	bare(t)
	t.Setenv("CADREBOT_TELEGRAM_TOKEN_FILE", mustWrite(t, "token", "1:secret\n"))
	t.Setenv("CADREBOT_TELEGRAM_WEBHOOK_SECRET_FILE", mustWrite(t, "secret", "hook\n"))
	t.Setenv("CADREBOT_REDIS_URL_FILE", mustWrite(t, "redis", "redis://:pass@h:1/0\n"))
	c := mustParse(t)
	p := onTelegram(t, &c)
	if p.TelegramToken != "1:secret" || p.TelegramWebhookSecret != "hook" || c.RedisURL != "redis://:pass@h:1/0" {
		t.Errorf("got %q, %q, %q", p.TelegramToken, p.TelegramWebhookSecret, c.RedisURL)
	}
	if said := c.hide("1:secret at redis://:pass@h:1/0, hook"); strings.Contains(said, "secret") || strings.Contains(said, "pass") || strings.Contains(said, "hook") {
		t.Errorf("%q shows a secret", said)
	}
}

// TestMistakesAreNamed: what can't work is refused at once, by the name it was
// set with.
func TestMistakesAreNamed(t *testing.T) {
	for name, x := range map[string]struct {
		env  map[string]string
		args []string
		want string
	}{
		"both":        {env: map[string]string{"CADREBOT_TELEGRAM_TOKEN": "1:a", "CADREBOT_TELEGRAM_TOKEN_FILE": "x"}, want: "CADREBOT_TELEGRAM_TOKEN_FILE"},
		"no file":     {env: map[string]string{"CADREBOT_REDIS_URL_FILE": "/nonexistent/x"}, want: "CADREBOT_REDIS_URL_FILE"},
		"admin":       {env: map[string]string{"CADREBOT_ADMINS": "123"}, want: "CADREBOT_ADMINS"},
		"plain http":  {env: map[string]string{"CADREBOT_TELEGRAM_WEBHOOK_URL": "http://example.org/x"}, want: "https"},
		"taken path":  {env: map[string]string{"CADREBOT_TELEGRAM_WEBHOOK_URL": "https://example.org/metrics"}, want: "/metrics"},
		"secret":      {env: map[string]string{"CADREBOT_TELEGRAM_WEBHOOK_URL": "https://e.org/x", "CADREBOT_TELEGRAM_WEBHOOK_SECRET": "a b"}, want: "A-Z a-z 0-9"},
		"rate":        {args: []string{"--telegram-rate=-1"}, want: "0 or more"},
		"unknown key": {args: []string{"--config", mustWrite(t, "c.json", `{"listem": ":1"}`)}, want: `"listem"`},
		"flag":        {args: []string{"--listem", "x"}, want: "listem"},
	} {
		t.Run(name, func(t *testing.T) {
			bare(t)
			for k, v := range x.env {
				t.Setenv(k, v)
			}
			_, errs := mustRun(t, "", 2, append(x.args, "version")...)
			contains(t, errs, x.want)
		})
	}
}

func TestRedisURLs(t *testing.T) {
	for url, ok := range map[string]bool{
		"redis://h:1/2":                        true,
		"rediss://u:p@h":                       true,
		"redis://h?master_name=m&addr=i:26379": true,
		"redis://h?cluster=true":               true,
		"redis://h?addr=i:6379":                true,
		"h:6379":                               false,
		"http://:hunter2@h":                    false,
		"redis://:hunter2@h:port":              false,
		"redis://:hunter2@h/0?nonsense=1":      false,
	} {
		c, err := redisClient(url)
		if (err == nil) != ok {
			t.Errorf("%s: %v", url, err)
		}
		if err == nil {
			_ = c.Close()
		} else if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("the password is in the error: %v", err)
		}
	}
}
