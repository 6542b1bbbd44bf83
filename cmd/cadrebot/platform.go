package main

import (
	"context"
	"errors"
	"time"

	"github.com/alecthomas/kong"

	"cadrebot/bot"
)

// newPlatforms are the ways on which people reach the bot, besides the terminal: a
// line each. Its fields are settings, as kong reads them.
func newPlatforms() kong.Plugins {
	return kong.Plugins{&telegramPlatform{}, &slackPlatform{}, &webPlatform{}}
}

// platform is all that the program does with one way to reach the bot. Each
// stands in a file of its own.
type platform interface {
	// name is the name of its channel.
	name() string
	// secrets are the settings that may stand in a file, and are never shown.
	secrets() []secret
	// check says what is wrong with the settings, without asking anybody.
	check() error
	// on tells whether the settings ask for it.
	on() bool
	// local tells that it needs nothing beyond this machine; whoever sits here does
	// without it.
	local() bool
	// path is where it takes requests on the listen address, and by which setting;
	// "" where it takes none.
	path() (pattern, setting string)
	// open makes it ready; what is requested on its path goes to the handler that
	// at will be given. It is called where on is true.
	open(a *app, at *later) (*connection, error)
	// reread makes an event of what lies in the quarantine; ok is false for what
	// means nothing.
	reread(ctx context.Context, a *app, raw []byte) (ev bot.Event, ok bool, err error)
	// examine looks at it for the doctor. Hide takes secrets out of what others
	// have worded.
	examine(ctx context.Context, hide func(string) string) []finding
}

// secret is a setting that may stand in a file.
type secret struct {
	value      *string
	file, name string
}

// connection is a platform under way.
type connection struct {
	adapter bot.Adapter
	// meet asks the platform who the bot is, once. An error that wraps final is
	// not worth another try.
	meet  func(ctx context.Context) error
	final error
	// take receives until ctx ends.
	take func(ctx context.Context) error
	// ready returns why nothing comes in, nil when it does; heard is when it last
	// did, zero if never.
	ready func(now time.Time) error
	heard func() time.Time
	// takeTurns, where set, is told how to ask whether this process sends for the
	// channel: then it also listens to it.
	takeTurns func(turn func() bool)
	// what is opened by people at an address, such as "web chat"; "" for none.
	what, address string
}

// platforms are all platforms, on or not.
func (c *Config) platforms() []platform {
	var list []platform
	for _, p := range c.Platforms {
		list = append(list, p.(platform))
	}
	return list
}

// which are the platforms that are on and for which want holds.
func (c *Config) which(want func(platform) bool) []platform {
	var list []platform
	for _, p := range c.platforms() {
		if p.on() && want(p) {
			list = append(list, p)
		}
	}
	return list
}

// remote tells whether any platform beyond this machine is on.
func (c *Config) remote() bool {
	return len(c.which(func(p platform) bool { return !p.local() })) > 0
}

// delivered tells whether a platform beyond this machine delivers on the listen
// address.
func (c *Config) delivered() bool {
	return len(c.which(func(p platform) bool { return !p.local() && pattern(p) != "" })) > 0
}

func pattern(p platform) string {
	path, _ := p.path()
	return path
}

// open makes the platforms that the settings ask for; without a web server, those
// that need none.
func (a *app) open(web *webServer) error {
	for _, p := range a.cfg.which(func(p platform) bool { return web != nil || pattern(p) == "" }) {
		var at *later
		if web != nil {
			at = web.places[p.name()]
		}
		made, err := p.open(a, at)
		if err != nil {
			return err
		}
		a.connections = append(a.connections, made)
	}
	return nil
}

// meet asks each platform who the bot is, until it answers: messages carry links
// with the bot's name. A token that is not known is the one error.
func (a *app) meet(ctx context.Context, patient bool) error {
	for _, c := range a.connections {
		if c.meet == nil {
			a.add(c)
			continue
		}
		err := repeatedly(ctx, 15*time.Second, func() error { return c.meet(ctx) }, func(err error, again time.Duration) bool {
			a.health.waitFor(err)
			if patient {
				a.log.Warn("not connected yet", "again", again, "error", err)
			}
			return patient && !errors.Is(err, c.final)
		})
		if err != nil || ctx.Err() != nil {
			return err
		}
		a.add(c)
	}
	return nil
}

// intakes are what receives on all platforms.
func (a *app) intakes() []func(context.Context) error {
	var list []func(context.Context) error
	for _, c := range a.connections {
		list = append(list, c.take)
	}
	return list
}

// opened calls told for all that people can open at an address.
func (a *app) opened(told func(what, address string)) {
	for _, c := range a.connections {
		if c.address != "" {
			told(c.what, c.address)
		}
	}
}

// repeatedly tries something until it succeeds, ctx ends, or an error comes that
// is not worth another try; it says so each time, at growing intervals.
func repeatedly(ctx context.Context, most time.Duration, try func() error, failed func(err error, again time.Duration) (goOn bool)) error {
	for pause := time.Second; ; pause = min(2*pause, most) {
		err := try()
		if err == nil || ctx.Err() != nil {
			return nil
		}
		if !failed(err, pause) {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
}
