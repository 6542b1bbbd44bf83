package telegramtest

import (
	"cadrebot/bot/bottest"
	"cmp"
	"time"
)

// Options sets up a fake. The zero value keeps every real limit, on a
// network without delay.
type Options struct {
	// Token is the bot's token; its part before the colon is the bot's id.
	Token string
	// Username is the bot's, without the @.
	Username string
	// Addr is where to listen: 127.0.0.1 and a free port when empty.
	Addr string

	// Rate bounds all sends and edits together: 30 a second.
	Rate bottest.Rate
	// ChatRate bounds new messages to one private chat: 1 a second.
	ChatRate bottest.Rate
	// GroupRate bounds new messages and edits in one group: 20 a minute.
	GroupRate bottest.Rate
	// ChatRateCountsEdits lets edits use up ChatRate too.
	ChatRateCountsEdits bool
	// GroupRateIgnoresEdits keeps edits from using up GroupRate.
	GroupRateIgnoresEdits bool
	// RetryAfter, in seconds, is the penalty of a refused send. 0 means the
	// time until the window has room again, rounded up to whole seconds.
	RetryAfter int

	// Latency is the network's delay one way: a call takes it twice. It also
	// delays webhook posts, and holds up no other call.
	Latency time.Duration
	// ConflictDelay is how late a 409 comes when another came within 3 s: 3 s.
	ConflictDelay time.Duration
	// WebhookRetry is the first pause after a failed delivery, doubled up to
	// 60 times itself: 1 s.
	WebhookRetry time.Duration
	// WebhookTimeout is how long a delivery may take: 60 s.
	WebhookTimeout time.Duration
	// UpdateTTL is how long an unconfirmed update is kept: 24 h.
	UpdateTTL time.Duration
	// CallbackTTL is how long a press is kept and can be answered: 150 s.
	CallbackTTL time.Duration

	// Now is the clock of limits, dates and expiry: time.Now when nil. Network
	// delays, poll time-outs and retries pass in real time.
	Now func() time.Time
	// Seed decides the first update id and the fall of every random fault.
	Seed uint64
	// NoHistory keeps no calls, no files, no old updates and only the last few
	// messages of a chat, so that memory does not grow during a benchmark.
	// Edits of older messages are then taken on trust.
	NoHistory bool
	// SeesAllGroupMessages switches the bot's group privacy mode off.
	SeesAllGroupMessages bool
}

func (o *Options) fillIn() {
	o.Token = cmp.Or(o.Token, "7000000001:fake-token-for-tests")
	o.Username = cmp.Or(o.Username, "cadre_fake_bot")
	o.Addr = cmp.Or(o.Addr, "127.0.0.1:0")
	o.Rate = cmp.Or(o.Rate, bottest.Rate{N: 30, Per: time.Second})
	o.ChatRate = cmp.Or(o.ChatRate, bottest.Rate{N: 1, Per: time.Second})
	o.GroupRate = cmp.Or(o.GroupRate, bottest.Rate{N: 20, Per: time.Minute})
	o.ConflictDelay = cmp.Or(o.ConflictDelay, 3*time.Second)
	o.WebhookRetry = cmp.Or(o.WebhookRetry, time.Second)
	o.WebhookTimeout = cmp.Or(o.WebhookTimeout, 60*time.Second)
	o.UpdateTTL = cmp.Or(o.UpdateTTL, 24*time.Hour)
	o.CallbackTTL = cmp.Or(o.CallbackTTL, 150*time.Second)
	if o.Now == nil {
		o.Now = time.Now
	}
}
