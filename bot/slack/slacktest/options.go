package slacktest

import (
	"cadrebot/bot/bottest"
	"cmp"
	"time"
)

// Options sets up a fake. The zero value keeps every real limit, on a
// network without delay, and delivers over HTTP.
type Options struct {
	// BotToken, AppToken and SigningSecret are the app's secrets.
	BotToken, AppToken, SigningSecret string
	// TeamID, BotUserID, BotID and AppID name the workspace and the app.
	TeamID, BotUserID, BotID, AppID string
	// Addr is where to listen: 127.0.0.1 and a free port when empty.
	Addr string

	// SocketMode delivers over websockets instead of HTTP.
	SocketMode bool
	// EventsURL, InteractivityURL and CommandsURL are the app's. What happens
	// before they are known, here or by SetURLs, waits.
	EventsURL, InteractivityURL, CommandsURL string
	// Retries are the pauses before an event is delivered again: at once, then
	// a minute, then five minutes. Presses and commands are never retried over
	// HTTP.
	Retries []time.Duration
	// AckTimeout is how long the app may take over a delivery: 3 s.
	AckTimeout time.Duration
	// PressesOnce delivers presses and commands only once over Socket Mode too:
	// one that is not acknowledged fails before the person's eyes. Without it
	// an envelope of any kind is delivered again.
	PressesOnce bool
	// Connections bounds the deliveries under way at once over HTTP: 50.
	Connections int
	// PingEvery is the pause between pings on a websocket: 5 s.
	PingEvery time.Duration
	// Grace is how long a socket that was warned stays open: 10 s.
	Grace time.Duration

	// Rate bounds the new messages of the whole workspace: 10 a second, since
	// the documentation says several hundred a minute.
	Rate bottest.Rate
	// ChannelRate bounds new messages to one channel: 1 a second.
	ChannelRate bottest.Rate
	// Tier3 bounds chat.update, chat.delete, conversations.open and
	// conversations.info, each by itself: 50 a minute.
	Tier3 bottest.Rate
	// Tier4 bounds users.info and the methods of files: 100 a minute.
	Tier4 bottest.Rate
	// Rates replaces the rate of single methods.
	Rates map[string]bottest.Rate
	// RetryAfter, in seconds, is the penalty of a refused call. 0 means the
	// time until there is room again, rounded up to whole seconds.
	RetryAfter int

	// ListensToChannels subscribes the app to message.channels and
	// message.groups: it hears everything said where it is, and each mention
	// twice.
	ListensToChannels bool
	// Echo sends the bot's own messages, edits and deletions back to it, as
	// the platform does to an app that listens to messages.
	Echo bool
	// MessagesTabDisabled refuses direct messages of the bot.
	MessagesTabDisabled bool

	// Latency is the network's delay one way: a call takes it twice. It also
	// delays deliveries and acknowledgements, and holds up no other call.
	Latency time.Duration
	// ResponseTTL is how long a response_url works: 30 minutes.
	ResponseTTL time.Duration

	// Now is the clock of limits, timestamps, signatures and expiry: time.Now
	// when nil. Network delays, time-outs and retries pass in real time.
	Now func() time.Time
	// Seed decides the fall of every random fault.
	Seed uint64
	// NoHistory keeps no calls, no files, no finished deliveries and only the
	// last few messages of a channel, so that memory does not grow during a
	// benchmark. Edits of older messages are then taken on trust.
	NoHistory bool
}

func (o *Options) fillIn() {
	o.BotToken = cmp.Or(o.BotToken, "xoxb-1000000001-2000000002-fakeTokenForTests")
	o.AppToken = cmp.Or(o.AppToken, "xapp-1-A0CADRE001-3000000003-fakeTokenForTests")
	o.SigningSecret = cmp.Or(o.SigningSecret, "0123456789abcdef0123456789abcdef")
	o.TeamID = cmp.Or(o.TeamID, "T0CADRE001")
	o.BotUserID = cmp.Or(o.BotUserID, "U0CADREBOT")
	o.BotID = cmp.Or(o.BotID, "B0CADRE001")
	o.AppID = cmp.Or(o.AppID, "A0CADRE001")
	o.Addr = cmp.Or(o.Addr, "127.0.0.1:0")
	o.Rate = cmp.Or(o.Rate, bottest.Rate{N: 10, Per: time.Second})
	o.ChannelRate = cmp.Or(o.ChannelRate, bottest.Rate{N: 1, Per: time.Second})
	o.Tier3 = cmp.Or(o.Tier3, bottest.Rate{N: 50, Per: time.Minute})
	o.Tier4 = cmp.Or(o.Tier4, bottest.Rate{N: 100, Per: time.Minute})
	o.AckTimeout = cmp.Or(o.AckTimeout, 3*time.Second)
	o.PingEvery = cmp.Or(o.PingEvery, 5*time.Second)
	o.Grace = cmp.Or(o.Grace, 10*time.Second)
	o.ResponseTTL = cmp.Or(o.ResponseTTL, 30*time.Minute)
	if o.Retries == nil {
		o.Retries = []time.Duration{0, time.Minute, 5 * time.Minute}
	}
	if o.Connections == 0 {
		o.Connections = 50
	}
	if o.Now == nil {
		o.Now = time.Now
	}
}
