package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/wire"

	client "github.com/slack-go/slack"
)

// Name is the channel's name in keys and settings.
const Name = "slack"

// DefaultAPI is the public Web API.
const DefaultAPI = "https://slack.com/api/"

// Config is what an adapter needs to know.
type Config struct {
	// BotToken is the app's in its workspace (xoxb-…), from "OAuth &
	// Permissions".
	BotToken string
	// AppToken (xapp-…, with connections:write) opens Socket Mode; SigningSecret
	// proves that what comes over HTTP is Slack's. One of them is needed.
	AppToken, SigningSecret string
	// APIURL is the root of the Web API; DefaultAPI when empty.
	APIURL string
	// Limits replace the platform's own where they are not zero; below zero
	// means no limit.
	Limits bot.Limits
	Log    *slog.Logger
	// HTTP replaces the client that all calls are made with.
	HTTP *http.Client
}

// Adapter is one app in one workspace of Slack. It is safe for concurrent use.
type Adapter struct {
	secrets []string // that no error may show
	signing []byte
	sockets bool // there is a token for them
	host    string
	limits  bot.Limits
	log     *slog.Logger
	wire    http.RoundTripper
	rare    *client.Client // for the calls that are rare
	header  http.Header
	me      atomic.Pointer[identity]
	health  health

	methods  map[string]*url.URL // of the calls that are made here, by their names
	series   wire.Series
	replies  replyBook
	files    wire.FileBook
	pictures pictureBook
	people   peopleBook
	places   placeBook
	rows     rows
	updates  resting // chat.update
	asking   resting // users.info

	now func() time.Time
	// pauses before what failed is tried again
	retryPause, mostPause, readyPause time.Duration
	// commitWithin bounds a delivery over HTTP: Slack waits 3 s. knowWithin is
	// how much of that may go into asking who somebody is.
	commitWithin, knowWithin time.Duration
}

// identity is who the app is in its workspace.
type identity struct{ user, bot, team, name string }

// New returns an adapter that has made no call yet. The error is about a
// configuration that cannot work.
func New(cfg Config) (*Adapter, error) {
	switch {
	case !strings.HasPrefix(cfg.BotToken, "xoxb-") || strings.ContainsAny(cfg.BotToken, " \t\r\n"):
		return nil, errors.New(`slack: the bot token is not one of an app's "OAuth & Permissions" page (it begins with xoxb-)`)
	case cfg.AppToken != "" && (!strings.HasPrefix(cfg.AppToken, "xapp-") || strings.ContainsAny(cfg.AppToken, " \t\r\n")):
		return nil, errors.New(`slack: the app token is not an app-level token of an app's "Basic Information" page (it begins with xapp-)`)
	case cfg.AppToken == "" && cfg.SigningSecret == "":
		return nil, errors.New("slack: an app token (Socket Mode) or a signing secret (HTTP) is needed, or nothing can come in")
	}
	if cfg.APIURL == "" {
		cfg.APIURL = DefaultAPI
	}
	api, err := url.Parse(strings.TrimRight(cfg.APIURL, "/") + "/")
	if err != nil || api.Host == "" || api.Scheme != "https" && api.Scheme != "http" {
		return nil, errors.New("slack: the API's address is not of the form " + DefaultAPI)
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.HTTP == nil {
		cfg.HTTP = wire.NewClient()
	}
	a := &Adapter{
		signing: []byte(cfg.SigningSecret), sockets: cfg.AppToken != "", host: api.Host,
		limits: limits(cfg.Limits), log: cfg.Log, wire: wire.TransportOf(cfg.HTTP),
		header: http.Header{
			"Content-Type": {"application/json; charset=utf-8"}, "User-Agent": {"cadrebot"}, "Authorization": {"Bearer " + cfg.BotToken},
		},
		methods: map[string]*url.URL{}, now: time.Now,
		retryPause: 100 * time.Millisecond, mostPause: 5 * time.Second, readyPause: 300 * time.Millisecond,
		commitWithin: 2500 * time.Millisecond, knowWithin: 600 * time.Millisecond,
	}
	for _, secret := range []string{cfg.BotToken, cfg.AppToken, cfg.SigningSecret} {
		if secret != "" {
			a.secrets = append(a.secrets, secret)
		}
	}
	a.series = wire.Series{Pace: a.limits.ChatEvery, Pause: 500 * time.Millisecond}
	for _, name := range hot {
		a.methods[name] = api.JoinPath(name)
	}
	a.rare = client.New(cfg.BotToken, client.OptionAppLevelToken(cfg.AppToken),
		client.OptionAPIURL(api.String()), client.OptionHTTPClient(cfg.HTTP))
	return a, nil
}

// hot are the methods that are called here and not through the client.
var hot = []string{"chat.postMessage", "chat.update", "chat.postEphemeral"}

// limits fills in the platform's own: a message a second in a chat, and several
// hundred a minute in the workspace.
func limits(l bot.Limits) bot.Limits {
	pick := func(v, def int) int {
		if v == 0 {
			return def
		}
		return max(v, 0)
	}
	l.PerSecond = pick(l.PerSecond, 10)
	l.GroupPerMinute = max(l.GroupPerMinute, 0)
	l.ChatEvery = time.Duration(pick(int(l.ChatEvery), int(time.Second)))
	return l
}

// callWithin bounds every call but those on which an event waits.
const callWithin = 30 * time.Second

// Start asks Slack who the app is. Until it has, a mention counts as one of
// the app where Slack says that the app was mentioned. The error says what to
// do about it.
func (a *Adapter) Start(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, callWithin)
	defer cancel()
	me, err := a.rare.AuthTestContext(ctx)
	if err != nil {
		return fmt.Errorf("slack: ask who the app is: %w", a.remedy(err))
	}
	a.me.Store(&identity{user: me.UserID, bot: me.BotID, team: me.TeamID, name: me.Team})
	a.health.started(a.now())
	return nil
}

// self is the bot as a user, as in mentions; "" before Start.
func (a *Adapter) self() string {
	if me := a.me.Load(); me != nil {
		return me.user
	}
	return ""
}

// Team is the workspace's name; "" before Start.
func (a *Adapter) Team() string {
	if me := a.me.Load(); me != nil {
		return me.name
	}
	return ""
}

// capacity leaves room for the labels of the buttons: what stands in the blocks
// of a message must not be more than about 13,200 in all, and not more than 50
// blocks. Lengths count as UTF-16 does, the least favourable reading of the
// documentation.
var capacity = bot.Capacity{Unit: bot.UTF16, Text: 3 * blockText, Caption: 3 * blockText, Buttons: 40, Row: 5, Label: 75, Data: 2000}

// Channel describes the app's account. It has no link: no address of Slack's
// opens the app with a code.
func (a *Adapter) Channel() bot.Channel {
	return bot.Channel{Name: Name, Limits: a.limits, Buttons: true, Edits: true, Toasts: true, Capacity: capacity}
}
