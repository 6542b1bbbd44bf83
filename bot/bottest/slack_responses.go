package bottest

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

const (
	slackResponsePath = "/respond/"
	// slackUses is how often a response_url works.
	slackUses = 5
	// slackKeptURLs bounds the response_urls that are kept without history.
	slackKeptURLs = 4096
)

// slackResponse is a way to answer a press or a command past the Web API.
type slackResponse struct {
	channel *slackChannel
	user    string
	ts      string // of the pressed message
	uses    int
	expires time.Time
}

// newResponse makes a response_url. The lock must be held.
func (s *Slack) newResponse(kind string, c *slackChannel, user, ts string) string {
	token := kind + "/" + s.opts.TeamID + "/" + s.newID("R")
	s.responses[token] = &slackResponse{
		channel: c, user: user, ts: ts, expires: s.opts.Now().Add(s.opts.ResponseTTL),
	}
	if s.opts.NoHistory {
		s.responseAge = append(s.responseAge, token)
		if len(s.responseAge) > slackKeptURLs {
			delete(s.responses, s.responseAge[0])
			s.responseAge = s.responseAge[1:]
		}
	}
	return s.origin + slackResponsePath + token
}

func (s *Slack) serveResponse(token string, r *http.Request) slackReply {
	params, problem := readSlackParams("response_url", r)
	if !s.sleep(s.opts.Latency) {
		return slackReply{hangUp: true}
	}
	q := &slackRequest{method: "response_url", params: params}
	s.mu.Lock()
	to := s.responses[token]
	if to != nil {
		q.params.Channel = to.channel.id
	}
	s.mu.Unlock()
	return s.underFaults(q, func() slackReply {
		if problem == nil {
			problem = s.useResponse(to)
		}
		var call SlackCall
		if problem == nil {
			call, problem = s.respond(to, &q.params)
		}
		if problem != nil {
			answer := s.refuse(q, problem)
			answer.status = http.StatusBadRequest
			if strings.HasSuffix(problem.error, "_url") {
				answer.status = http.StatusNotFound
			}
			return answer
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		answer := s.accept(q, call, []byte("ok"))
		answer.kind = slackPlainType
		return answer
	})
}

func (s *Slack) useResponse(to *slackResponse) *slackRefusal {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case to == nil:
		return refused("invalid_url")
	case !s.opts.Now().Before(to.expires):
		return refused("expired_url")
	case to.uses == slackUses:
		return refused("used_url")
	}
	to.uses++
	return nil
}

// respond posts, replaces or deletes what an answer to a press or a command
// names. It works where the bot is not a member, and knows no rate.
func (s *Slack) respond(to *slackResponse, p *slackParams) (SlackCall, *slackRefusal) {
	var m *slackMessage
	if !p.DeleteOriginal {
		var problem *slackRefusal
		if m, problem = s.compose(p, slackMaxText); problem != nil {
			return SlackCall{}, problem
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c := to.channel
	if p.DeleteOriginal || p.ReplaceOriginal {
		_, old := c.find(to.ts)
		if old == nil || old.user != "" {
			return SlackCall{}, refused("message_not_found")
		}
		if p.DeleteOriginal {
			s.remove(c, old)
			return SlackCall{Channel: c.id, TS: to.ts, User: to.user}, nil
		}
		s.edit(c, old, m)
		return s.callOf(c, old), nil
	}
	m.hook = true
	if p.ResponseType != "in_channel" {
		m.ephemeral = to.user
	}
	s.post(c, m)
	s.echo(c, m, "", nil)
	return s.callOf(c, m), nil
}

// answerCommand shows what a command was answered with at once: words, or a
// message in JSON.
func (s *Slack) answerCommand(to *slackResponse, kind string, body []byte) {
	if len(body) == 0 {
		return
	}
	p := slackParams{Text: string(body)}
	if strings.HasPrefix(kind, "application/json") {
		p = slackParams{}
		if json.Unmarshal(body, &p) != nil {
			return
		}
	}
	if _, problem := s.respond(to, &p); problem != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.stats.Refused[problem.error]++
		s.changed()
	}
}
