package main

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

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

	TelegramToken             string        `env:"CADREBOT_TELEGRAM_TOKEN" placeholder:"TOKEN" help:"The bot's token from @BotFather."`
	TelegramTokenFile         string        `env:"CADREBOT_TELEGRAM_TOKEN_FILE" placeholder:"FILE" help:"A file with the token."`
	TelegramAPIURL            string        `name:"telegram-api-url" env:"CADREBOT_TELEGRAM_API_URL" default:"https://api.telegram.org" placeholder:"URL" help:"Root of the Bot API."`
	TelegramWebhookURL        string        `env:"CADREBOT_TELEGRAM_WEBHOOK_URL" placeholder:"URL" help:"Receive by webhook at this address, served at its path on the listen address. Without it the bot polls."`
	TelegramWebhookSecret     string        `env:"CADREBOT_TELEGRAM_WEBHOOK_SECRET" placeholder:"SECRET" help:"Secret of the webhook, 1 to 256 of A-Z a-z 0-9 _ -. Without it one is derived from the token."`
	TelegramWebhookSecretFile string        `env:"CADREBOT_TELEGRAM_WEBHOOK_SECRET_FILE" placeholder:"FILE" help:"A file with the webhook's secret."`
	TelegramRate              int           `env:"CADREBOT_TELEGRAM_RATE" default:"30" help:"Messages a second that Telegram allows this bot; 0 for no limit."`
	TelegramChatEvery         time.Duration `env:"CADREBOT_TELEGRAM_CHAT_EVERY" default:"1s" help:"Least time between two messages of a chat; 0 for none."`
	TelegramGroupRate         int           `env:"CADREBOT_TELEGRAM_GROUP_RATE" default:"20" help:"Messages a minute in one group; 0 for no limit."`

	SlackBotToken          string        `env:"CADREBOT_SLACK_BOT_TOKEN" placeholder:"TOKEN" help:"The Slack app's bot token, xoxb-…"`
	SlackBotTokenFile      string        `env:"CADREBOT_SLACK_BOT_TOKEN_FILE" placeholder:"FILE" help:"A file with the bot token."`
	SlackAppToken          string        `env:"CADREBOT_SLACK_APP_TOKEN" placeholder:"TOKEN" help:"The app-level token, xapp-…; with it events come over Socket Mode."`
	SlackAppTokenFile      string        `env:"CADREBOT_SLACK_APP_TOKEN_FILE" placeholder:"FILE" help:"A file with the app-level token."`
	SlackSigningSecret     string        `env:"CADREBOT_SLACK_SIGNING_SECRET" placeholder:"SECRET" help:"The app's signing secret; with it, and no app-level token, Slack delivers to /slack on the listen address."`
	SlackSigningSecretFile string        `env:"CADREBOT_SLACK_SIGNING_SECRET_FILE" placeholder:"FILE" help:"A file with the signing secret."`
	SlackAPIURL            string        `name:"slack-api-url" env:"CADREBOT_SLACK_API_URL" default:"https://slack.com/api/" placeholder:"URL" help:"Root of the Web API."`
	SlackRate              int           `env:"CADREBOT_SLACK_RATE" default:"10" help:"Messages a second to the whole workspace; 0 for no limit."`
	SlackChatEvery         time.Duration `env:"CADREBOT_SLACK_CHAT_EVERY" default:"1s" help:"Least time between two messages of a channel; 0 for none."`

	Web        bool     `env:"CADREBOT_WEB" default:"true" negatable:"" help:"Serve the web chat on the listen address."`
	WebURL     string   `env:"CADREBOT_WEB_URL" placeholder:"URL" help:"The web chat's public address, such as https://learn.example.org. Without it that of this machine."`
	WebProxies []string `env:"CADREBOT_WEB_PROXIES" placeholder:"PREFIX" help:"Networks of proxies before the web chat, such as 10.0.0.0/8: their word on where a request comes from is taken."`

	LogLevel string `env:"CADREBOT_LOG_LEVEL" enum:"debug,info,warn,error,auto" default:"auto" help:"debug, info, warn or error; auto is info in serve and warn elsewhere."`

	webhook *url.URL
	proxies []netip.Prefix
	only    []content.Source // courses in the place of the configured ones
}

// finish reads the secrets' files and checks what can be checked without asking
// anybody.
func (c *Config) finish() error {
	for _, s := range []struct {
		value      *string
		file, name string
	}{
		{&c.RedisURL, c.RedisURLFile, "CADREBOT_REDIS_URL"},
		{&c.TelegramToken, c.TelegramTokenFile, "CADREBOT_TELEGRAM_TOKEN"},
		{&c.TelegramWebhookSecret, c.TelegramWebhookSecretFile, "CADREBOT_TELEGRAM_WEBHOOK_SECRET"},
		{&c.SlackBotToken, c.SlackBotTokenFile, "CADREBOT_SLACK_BOT_TOKEN"},
		{&c.SlackAppToken, c.SlackAppTokenFile, "CADREBOT_SLACK_APP_TOKEN"},
		{&c.SlackSigningSecret, c.SlackSigningSecretFile, "CADREBOT_SLACK_SIGNING_SECRET"},
	} {
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
	if c.TelegramRate < 0 || c.TelegramChatEvery < 0 || c.TelegramGroupRate < 0 {
		return errors.New("CADREBOT_TELEGRAM_RATE, _CHAT_EVERY and _GROUP_RATE are 0 or more")
	}
	if err := c.checkSlack(); err != nil {
		return err
	}
	if err := c.checkWeb(); err != nil {
		return err
	}
	return c.checkWebhook()
}

func (c *Config) checkSlack() error {
	switch {
	case c.SlackRate < 0 || c.SlackChatEvery < 0:
		return errors.New("CADREBOT_SLACK_RATE and _CHAT_EVERY are 0 or more")
	case c.SlackBotToken == "" && c.SlackAppToken+c.SlackSigningSecret != "":
		return errors.New("CADREBOT_SLACK_BOT_TOKEN is missing: the app's page shows it under OAuth & Permissions")
	case c.SlackBotToken != "" && c.SlackAppToken+c.SlackSigningSecret == "":
		return errors.New("CADREBOT_SLACK_APP_TOKEN (for Socket Mode) or CADREBOT_SLACK_SIGNING_SECRET (for deliveries over HTTP) is missing: without one of them nothing comes in")
	}
	return nil
}

// slackByHTTP tells that Slack delivers over HTTP, and not over a socket.
func (c *Config) slackByHTTP() bool { return c.SlackBotToken != "" && c.SlackAppToken == "" }

func (c *Config) checkWeb() error {
	c.WebProxies = slices.DeleteFunc(c.WebProxies, func(s string) bool { return s == "" })
	for _, text := range c.WebProxies {
		prefix, err := netip.ParsePrefix(strings.TrimSpace(text))
		if err != nil {
			return fmt.Errorf("CADREBOT_WEB_PROXIES: %q is no network such as 10.0.0.0/8", text)
		}
		c.proxies = append(c.proxies, prefix)
	}
	if c.WebURL == "" {
		return nil
	}
	u, err := url.Parse(c.WebURL)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || strings.Trim(u.Path, "/") != "" {
		return errors.New("CADREBOT_WEB_URL is not an address such as https://learn.example.org, without a path")
	}
	return nil
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

func (c *Config) checkWebhook() error {
	if c.TelegramWebhookURL == "" {
		return nil
	}
	u, err := url.Parse(c.TelegramWebhookURL)
	if err != nil || u.Host == "" {
		return errors.New("CADREBOT_TELEGRAM_WEBHOOK_URL is not an address such as https://bot.example.org/telegram")
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		return errors.New("CADREBOT_TELEGRAM_WEBHOOK_URL: Telegram wants https; plain http works on loopback alone")
	}
	if u.Path == "" {
		u.Path = "/"
	}
	if slices.Contains([]string{"/healthz", "/readyz", "/metrics", slackPath, "/"}, u.Path) {
		return fmt.Errorf("CADREBOT_TELEGRAM_WEBHOOK_URL: the path %s is taken; choose another", u.Path)
	}
	secret := c.TelegramWebhookSecret
	if len(secret) > 256 || strings.Trim(secret, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
		return errors.New("CADREBOT_TELEGRAM_WEBHOOK_SECRET: 1 to 256 of A-Z a-z 0-9 _ - are possible")
	}
	c.webhook = u
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
