package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/wire"

	client "github.com/go-telegram/bot"
)

// Name is the channel's name in keys and settings.
const Name = "telegram"

// DefaultAPI is the public Bot API.
const DefaultAPI = "https://api.telegram.org"

// Config is what an adapter needs to know.
type Config struct {
	// Token is the bot's, as @BotFather gave it.
	Token string
	// APIURL is the root of the Bot API; DefaultAPI when empty.
	APIURL string
	// Limits replace the platform's own where they are not zero; below zero
	// means no limit.
	Limits bot.Limits
	Log    *slog.Logger
	// HTTP replaces the client that all calls are made with.
	HTTP *http.Client
}

// Adapter is one bot on Telegram. It is safe for concurrent use.
type Adapter struct {
	token  string
	host   string // of the API, for messages to the operator
	id     int64
	limits bot.Limits
	log    *slog.Logger
	http   *http.Client
	wire   http.RoundTripper
	rare   *client.Bot // for the calls that are rare
	user   atomic.Pointer[string]
	series wire.Series
	turn   func() bool // whether this instance is the one that polls
	health health

	methods   map[string]*url.URL // of the calls that are made here, by their names
	files     wire.FileBook
	captioned messageBook

	// pauses of the receive loop
	retryPause, conflictPause, mostPause time.Duration
	// outWithin bounds how long a batch's messages wait for the next poll to be
	// out: dialing anew may take longer.
	outWithin time.Duration
}

// New returns an adapter that has made no call yet. The error is about a
// configuration that cannot work.
func New(cfg Config) (*Adapter, error) {
	number, _, _ := strings.Cut(cfg.Token, ":")
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil || id <= 0 || strings.ContainsAny(cfg.Token, " \t\r\n/?#%") {
		return nil, errors.New("telegram: the token is not one that @BotFather gives (a number, a colon, letters)")
	}
	if cfg.APIURL == "" {
		cfg.APIURL = DefaultAPI
	}
	api, err := url.Parse(strings.TrimRight(cfg.APIURL, "/"))
	if err != nil || api.Host == "" || api.Scheme != "https" && api.Scheme != "http" {
		return nil, errors.New("telegram: the API's address is not of the form " + DefaultAPI)
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.HTTP == nil {
		cfg.HTTP = wire.NewClient()
	}
	a := &Adapter{
		token: cfg.Token, host: api.Host, id: id, limits: limits(cfg.Limits), log: cfg.Log, http: cfg.HTTP,
		turn: func() bool { return true },
		wire: wire.TransportOf(cfg.HTTP), retryPause: 500 * time.Millisecond, conflictPause: 3 * time.Second, mostPause: 15 * time.Second,
		outWithin: 100 * time.Millisecond, methods: map[string]*url.URL{},
	}
	a.series = wire.Series{Pace: a.limits.ChatEvery, Pause: a.retryPause}
	for _, name := range hot {
		u := *api
		u.Path += "/bot" + cfg.Token + "/" + name
		a.methods[name] = &u
	}
	a.rare, err = client.New(cfg.Token, client.WithSkipGetMe(), client.WithServerURL(api.String()),
		client.WithHTTPClient(callWithin, cfg.HTTP))
	if err != nil {
		return nil, fmt.Errorf("telegram: %w", a.scrub(err))
	}
	return a, nil
}

// hot are the methods that are called here and not through the client.
var hot = []string{
	"getUpdates", "answerCallbackQuery", "sendMessage", "sendPhoto", "sendAudio", "sendVideo", "sendDocument",
	"editMessageText", "editMessageCaption", "editMessageReplyMarkup",
}

// limits fills in the platform's own: 30 messages a second, one a second in a
// chat, 20 a minute in a group.
func limits(l bot.Limits) bot.Limits {
	pick := func(v, def int) int {
		if v == 0 {
			return def
		}
		return max(v, 0)
	}
	l.PerSecond = pick(l.PerSecond, 30)
	l.GroupPerMinute = pick(l.GroupPerMinute, 20)
	l.ChatEvery = time.Duration(pick(int(l.ChatEvery), int(time.Second)))
	return l
}

// Start asks Telegram who the bot is. Until it has, Channel has no link and a
// command that names a bot counts as meant for this one. The error says what
// to do about it.
func (a *Adapter) Start(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, callWithin)
	defer cancel()
	me, err := a.rare.GetMe(ctx)
	if err != nil {
		return fmt.Errorf("telegram: ask who the bot is: %w", a.remedy(err))
	}
	a.user.Store(&me.Username)
	a.health.heard(time.Now())
	return nil
}

// Username is the bot's, without the @; "" before Start.
func (a *Adapter) Username() string {
	if name := a.user.Load(); name != nil {
		return *name
	}
	return ""
}

// capacity is what the Bot API documents for a message.
var capacity = bot.Capacity{Unit: bot.UTF16, Text: 4096, Caption: 1024, Buttons: 100, Row: 8, Data: 64}

// Channel describes the bot's account.
func (a *Adapter) Channel() bot.Channel {
	c := bot.Channel{Name: Name, Limits: a.limits, Buttons: true, Edits: true, Toasts: true, Capacity: capacity}
	if name := a.Username(); name != "" {
		c.Link = "https://t.me/" + name + "?start=CODE"
	}
	return c
}
