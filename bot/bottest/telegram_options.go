package bottest

import "time"

// TelegramRate allows N sends in any stretch of time as long as Per. The zero
// value stands for the platform's real limit.
type TelegramRate struct {
	N   int
	Per time.Duration
}

// TelegramUnlimited switches one of the rates off.
var TelegramUnlimited = TelegramRate{N: -1}

// TelegramOptions sets up a fake. The zero value keeps every real limit, on a
// network without delay.
type TelegramOptions struct {
	// Token is the bot's token; its part before the colon is the bot's id.
	Token string
	// Username is the bot's, without the @.
	Username string
	// Addr is where to listen: 127.0.0.1 and a free port when empty.
	Addr string

	// Rate bounds all sends and edits together: 30 a second.
	Rate TelegramRate
	// ChatRate bounds new messages to one private chat: 1 a second.
	ChatRate TelegramRate
	// GroupRate bounds new messages and edits in one group: 20 a minute.
	GroupRate TelegramRate
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

func (o *TelegramOptions) fillIn() {
	setString(&o.Token, "7000000001:fake-token-for-tests")
	setString(&o.Username, "cadre_fake_bot")
	setString(&o.Addr, "127.0.0.1:0")
	setRate(&o.Rate, TelegramRate{N: 30, Per: time.Second})
	setRate(&o.ChatRate, TelegramRate{N: 1, Per: time.Second})
	setRate(&o.GroupRate, TelegramRate{N: 20, Per: time.Minute})
	setDuration(&o.ConflictDelay, 3*time.Second)
	setDuration(&o.WebhookRetry, time.Second)
	setDuration(&o.WebhookTimeout, 60*time.Second)
	setDuration(&o.UpdateTTL, 24*time.Hour)
	setDuration(&o.CallbackTTL, 150*time.Second)
	if o.Now == nil {
		o.Now = time.Now
	}
}

func setString(s *string, def string) {
	if *s == "" {
		*s = def
	}
}

func setRate(r *TelegramRate, def TelegramRate) {
	if *r == (TelegramRate{}) {
		*r = def
	}
}

func setDuration(d *time.Duration, def time.Duration) {
	if *d == 0 {
		*d = def
	}
}
