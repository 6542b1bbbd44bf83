package webchat

import (
	"context"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"cadrebot/bot"
)

// Name is the channel's name in keys and settings.
const Name = "web"

// Handler is what takes events in: the engine.
type Handler interface {
	// Handle commits the effects of one chat's events in order. What it returns
	// is to be called soon and always, for then the answers leave.
	Handle(ctx context.Context, events ...bot.Event) (release func(), err error)
}

// Pages keeps what was said, and tells whose chat it is.
type Pages interface {
	// Load reads the chat's link and the person's language.
	Load(ctx context.Context, refs ...bot.Ref) ([]bot.Thing, error)
	// PageAdd adds a message, once for an operation, and returns its number.
	PageAdd(ctx context.Context, chat, operation string, message, file []byte) (int64, error)
	// PageEdit replaces a message and takes back what was pressed on it; it
	// returns 0 where the message is not kept.
	PageEdit(ctx context.Context, chat string, number int64, message []byte) (int64, error)
	// PagePress notes which button was pressed, once for an operation.
	PagePress(ctx context.Context, chat, operation string, number int64, data string) (int64, error)
	// PageRead calls each with what has changed since, in the order of the changes.
	PageRead(ctx context.Context, chat string, since int64,
		each func(number, change int64, message []byte, pressed string)) (birth string, change int64, err error)
	PageMessage(ctx context.Context, chat string, number int64) ([]byte, error)
	PageFile(ctx context.Context, chat string, number int64) ([]byte, error)
	// PageHeads reads how far the pages of chats are.
	PageHeads(ctx context.Context, chats []string, each func(birth string, change int64)) error
	// PageNews calls heard with each chat that changes, by whomever, until ctx ends.
	PageNews(ctx context.Context, ready func(), heard func(chat string)) error
}

// Config is what a Chat is made of. Pages, URL, Words and Langs are needed.
type Config struct {
	Pages Pages
	Seal  bot.Seal
	// URL is the address under which people reach the page, without a path:
	// "https://learn.example.org".
	URL string
	// Words says a phrase in a language: names and values by turns follow the key.
	Words func(lang, key string, args ...any) string
	// Langs are the languages of Words, the first one for whoever speaks none.
	Langs []string
	// Day writes a date, without the year.
	Day func(lang string, t time.Time) string
	// Zone is whose clock shows the times to who has not chosen one.
	Zone   *time.Location
	Assets bot.Assets
	Limits Limits
	// Proxies are those whose word on where a request comes from is taken;
	// loopback is always among them.
	Proxies []netip.Prefix
	Now     func() time.Time
	Log     *slog.Logger
}

// Chat is the web chat of one process: the adapter of the channel, and what
// serves the page. It is safe for concurrent use.
type Chat struct {
	pages  Pages
	seal   bot.Seal
	url    string
	secure bool
	words  func(lang, key string, args ...any) string
	langs  []string
	day    func(lang string, t time.Time) string
	zone   *time.Location
	assets bot.Assets
	now    func() time.Time
	log    *slog.Logger

	limits  Limits
	talk    *buckets // by chat
	fresh   *buckets // new chats, by where they come from
	proxies []netip.Prefix
	hub     *hub
	answers answers

	compareEvery, writeWithin time.Duration
}

var _ bot.Adapter = (*Chat)(nil)

// New returns the web chat. It fails where the address is none.
func New(cfg Config) (*Chat, error) {
	u, err := url.Parse(cfg.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" {
		return nil, fmt.Errorf("web chat: %q is no address like https://learn.example.org, without a path", cfg.URL)
	}
	c := &Chat{
		pages: cfg.Pages, seal: cfg.Seal, url: u.Scheme + "://" + u.Host, secure: u.Scheme == "https",
		words: cfg.Words, langs: cfg.Langs, day: cfg.Day, zone: cfg.Zone, assets: cfg.Assets,
		now: cfg.Now, log: cfg.Log, limits: cfg.Limits.filled(), proxies: cfg.Proxies,
		compareEvery: compareEvery, writeWithin: writeWithin,
	}
	if c.now == nil {
		c.now = time.Now
	}
	if c.log == nil {
		c.log = slog.Default()
	}
	if c.zone == nil {
		c.zone = time.Local
	}
	if c.day == nil {
		c.day = func(_ string, t time.Time) string { return t.Format("2006-01-02") }
	}
	c.talk = newBuckets(c.limits.Burst, c.limits.PerSecond)
	c.fresh = newBuckets(float64(c.limits.NewChats), float64(c.limits.NewChats)/3600)
	c.hub = newHub(c.limits.PagesPerChat, c.limits.Pages)
	return c, nil
}

// Channel implements bot.Adapter. A page shows whatever a message holds.
func (c *Chat) Channel() bot.Channel {
	return bot.Channel{Name: Name, Buttons: true, Edits: true, Toasts: true, Silent: true, Link: c.url + "/?start=CODE"}
}

// Web is the address of an entrance, to which a token is appended.
func (c *Chat) Web() string { return c.url + "/in/" }
