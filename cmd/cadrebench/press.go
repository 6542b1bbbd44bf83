package main

import (
	"fmt"
	"time"

	"cadrebot/bot/bottest"
	"cadrebot/bot/telegram/telegramtest"
)

// unlimited is a fake without the platform's limits.
func unlimited(oneWay time.Duration) *telegramtest.Server {
	return telegramtest.NewServer(telegramtest.Options{NoHistory: true, Latency: oneWay,
		Rate: bottest.Unlimited, ChatRate: bottest.Unlimited, GroupRate: bottest.Unlimited})
}

// press measures quiz presses of 200 learners against the floor.
func press(l *lab) error {
	bottom := floor(l)
	for _, mode := range []string{"polling", "webhook"} {
		rate, err := l.pressRate("press-"+mode, mode == "webhook", 200)
		if err != nil {
			return err
		}
		row("Quiz press, 200 learners, by "+mode+", against the floor", fmt.Sprintf("%.2f (%.0f of %.0f/s)", rate/bottom, rate, bottom),
			"≥ 0.60", rate/bottom >= 0.6)
	}
	return nil
}

// pressRate is how many presses a second n learners get through.
func (l *lab) pressRate(org string, webhook bool, n int) (float64, error) {
	fake := unlimited(0)
	defer fake.Close()
	env, err := l.mode(webhook)
	if err != nil {
		return 0, err
	}
	p, err := l.start(fake, org, append(env, free...)...)
	if err != nil {
		return 0, err
	}
	defer p.stop()
	s := newLearners(fake, 1000, n)
	s.begin()
	rate := s.measure(2*time.Second, l.span)
	s.stopped.Store(true)
	return rate, nil
}

// mode is the environment of a way to receive updates.
func (l *lab) mode(webhook bool) ([]string, error) {
	if !webhook {
		return nil, nil
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	return []string{"CADREBOT_LISTEN=127.0.0.1:" + port,
		"CADREBOT_TELEGRAM_WEBHOOK_URL=http://127.0.0.1:" + port + "/telegram",
		"CADREBOT_TELEGRAM_WEBHOOK_SECRET=bench"}, nil
}
