package slacktest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Redeliver sends the last n deliveries once more, as the platform does when
// an acknowledgement was lost: the same event ids, the same presses. Each is a
// delivery of its own here, and they do not wait for each other. It returns
// how many there were; it needs history.
func (s *Server) Redeliver(n int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	last := slices.Clone(s.line.all[max(0, len(s.line.all)-n):])
	for _, d := range last {
		again := s.copyOf(d)
		if d.Kind == Events {
			again.retries, again.Reason = 1, "http_timeout"
		}
		s.enqueue(again)
	}
	return len(last)
}

// Duplicate sends the last event once more under another event id, as the
// platform does with a message that the app hears in two ways: only channel
// and timestamp tell that it is the same. False when there is none.
func (s *Server) Duplicate() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range slices.Backward(s.line.all) {
		if d.event == nil {
			continue
		}
		again := s.copyOf(d)
		again.EventID = s.newID("Ev")
		again.Body = s.appendOuter(nil, again.EventID, d.event)
		s.enqueue(again)
		return true
	}
	return false
}

func (s *Server) copyOf(d *delivery) *delivery {
	return &delivery{
		Delivery: Delivery{
			Kind: d.Kind, EventID: d.EventID, User: d.User, Channel: d.Channel, Body: d.Body,
		},
		line: "copy " + strconv.Itoa(s.line.count+1), event: d.event, form: d.form, raw: d.raw, answer: d.answer,
	}
}

// Reorder holds the next n deliveries back and then sends them, the last
// first; with n = 0 it sends at once what is held.
func (s *Server) Reorder(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.line.reorder = n
	if n == 0 || len(s.line.held) >= n {
		s.release()
	}
}

// Malformed sends an event as it stands, whatever it may be, and returns the
// delivery's number. Over Socket Mode JSON goes as the payload of an envelope;
// anything else is a frame by itself, which nothing can acknowledge.
func (s *Server) Malformed(raw string) int { return s.MalformedAs(Events, raw) }

// MalformedAs is Malformed for any kind of delivery. Over HTTP an interactive
// one is the form's payload; a command is the form itself.
func (s *Server) MalformedAs(kind, raw string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.enqueue(&delivery{
		Delivery: Delivery{Kind: kind, Body: []byte(raw)},
		line:     "malformed", raw: !json.Valid([]byte(raw)),
	})
}

// Event sends any event of the Events API, an object of JSON with a type, in
// its wrapping, and returns the delivery's number.
func (s *Server) Event(object string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sendEvent("event", "", "", []byte(object))
}

// VerifyURL puts the events' address to the test as the platform does when it
// is entered: the app must send the challenge back.
func (s *Server) VerifyURL(ctx context.Context) error {
	const challenge = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"
	s.mu.Lock()
	to := s.line.urls[Events]
	s.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, s.opts.AckTimeout)
	defer cancel()
	post, err := s.signed(ctx, to, "application/json",
		[]byte(`{"token":"deprecated-token","challenge":"`+challenge+`","type":"url_verification"}`))
	if err != nil {
		return err
	}
	resp, err := s.appHTTP.Do(post)
	if err != nil {
		return fmt.Errorf("challenge the app: %w", err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	var answer struct{ Challenge string }
	switch {
	case err != nil:
		return fmt.Errorf("read the answer to the challenge: %w", err)
	case resp.StatusCode != 200:
		return fmt.Errorf("the challenge was answered with %s", resp.Status)
	case strings.TrimSpace(string(body)) == challenge:
		return nil
	case json.Unmarshal(body, &answer) == nil && answer.Challenge == challenge:
		return nil
	}
	return errors.New("your URL didn't respond with the value of the challenge parameter")
}
