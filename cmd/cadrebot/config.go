package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"cadrebot/content"
)

// Config is everything that can be set: by flag, by environment, or in a file,
// in that order of precedence.
type Config struct {
	File kong.ConfigFlag `name:"config" env:"CADREBOT_CONFIG" placeholder:"FILE" help:"A JSON file with settings, named like the flags (\"redis_url\")."`

	RedisURL     string   `env:"CADREBOT_REDIS_URL" placeholder:"URL" help:"Redis: redis://[user:password@]host:6379/0, rediss:// for TLS. Sentinel: add ?master_name=NAME and further sentinels as &addr=host:port (and &username= &password= where the database has others); cluster: ?cluster=true&addr=host:port. Without it the embedded store keeps everything in the data folder."`
	RedisURLFile string   `env:"CADREBOT_REDIS_URL_FILE" placeholder:"FILE" help:"A file with the Redis URL, which may hold a password."`
	Data         string   `env:"CADREBOT_DATA" default:"./data" help:"Folder of the embedded store and of this installation's identity."`
	Org          string   `env:"CADREBOT_ORG" default:"org" help:"Name of the deployment; it keeps several of them apart in one Redis."`
	Content      []string `env:"CADREBOT_CONTENT" placeholder:"FOLDER" help:"Folders with courses, besides those that come with the program."`
	Listen       string   `env:"CADREBOT_LISTEN" default:"127.0.0.1:8080" help:"Address for the web chat, /healthz, /readyz, /metrics and what platforms deliver."`
	Admins       []string `env:"CADREBOT_ADMINS" placeholder:"CHANNEL:ID" help:"Coordinators, such as telegram:123,terminal:me."`

	Platforms kong.Plugins `embed:""`

	LogLevel string `env:"CADREBOT_LOG_LEVEL" enum:"debug,info,warn,error,auto" default:"auto" help:"debug, info, warn or error; auto is info in serve and warn elsewhere."`

	only []content.Source // courses in the place of the configured ones
}

// finish reads the secrets' files and checks what can be checked without asking
// anybody.
func (c *Config) finish() error {
	for _, s := range c.secrets() {
		if err := fromFile(s.value, s.file, s.name); err != nil {
			return err
		}
	}
	c.Content = slices.DeleteFunc(c.Content, func(s string) bool { return s == "" })
	c.Admins = slices.DeleteFunc(c.Admins, func(s string) bool { return s == "" })
	for i, a := range c.Admins {
		c.Admins[i] = strings.TrimSpace(a)
		if channel, id, ok := strings.Cut(c.Admins[i], ":"); !ok || channel == "" || id == "" {
			return fmt.Errorf("CADREBOT_ADMINS: %q is not of the form channel:id, such as telegram:123", a)
		}
	}
	if c.Data == "" {
		return errors.New("CADREBOT_DATA: a folder is needed")
	}
	return c.checkPlatforms()
}

// ownPaths are what the program serves itself on the listen address.
var ownPaths = []string{"/healthz", "/readyz", "/metrics"}

// checkPlatforms checks each platform's settings, and that no two take requests
// at one path.
func (c *Config) checkPlatforms() error {
	taken := slices.Clone(ownPaths)
	for _, p := range c.platforms() {
		if path, setting := p.path(); path != "" && setting == "" {
			taken = append(taken, path)
		}
	}
	for _, p := range c.platforms() {
		if err := p.check(); err != nil {
			return err
		}
		path, setting := p.path()
		if path == "" || setting == "" {
			continue
		}
		if slices.Contains(taken, path) {
			return fmt.Errorf("%s: the path %s is taken; choose another", setting, path)
		}
		taken = append(taken, path)
	}
	return nil
}

// secrets are the settings that may stand in a file.
func (c *Config) secrets() []secret {
	list := []secret{{&c.RedisURL, c.RedisURLFile, "CADREBOT_REDIS_URL"}}
	for _, p := range c.platforms() {
		list = append(list, p.secrets()...)
	}
	return list
}

// hide takes the secrets out of a text that others have worded.
func (c *Config) hide(text string) string {
	for _, s := range c.secrets() {
		if *s.value != "" {
			text = strings.ReplaceAll(text, *s.value, "…")
		}
	}
	return text
}

func fromFile(value *string, file, name string) error {
	if file == "" {
		return nil
	}
	if *value != "" {
		return fmt.Errorf("%s and %s_FILE are both set; keep one of them", name, name)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("%s_FILE: %w", name, err)
	}
	if *value = strings.TrimSpace(string(text)); *value == "" {
		return fmt.Errorf("%s_FILE: %s is empty", name, file)
	}
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
