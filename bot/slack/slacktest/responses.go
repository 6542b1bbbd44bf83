package slacktest

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

const (
	responsePath = "/respond/"
	// uses is how often a response_url works.
	uses = 5
	// keptURLs bounds the response_urls that are kept without history.
	keptURLs = 4096
)

// response is a way to answer a press or a command past the Web API.
type response struct {
	channel *channel
	user    string
	ts      string // of the pressed message
	uses    int
	expires time.Time
}

// newResponse makes a response_url. The lock must be held.
func (s *Server) newResponse(kind string, c *channel, user, ts string) string {
	token := kind + "/" + s.opts.TeamID + "/" + s.newID("R")
	s.responses[token] = &response{
		channel: c, user: user, ts: ts, expires: s.opts.Now().Add(s.opts.ResponseTTL),
	}
	if s.opts.NoHistory {
		s.responseAge = append(s.responseAge, token)
		if len(s.responseAge) > keptURLs {
			delete(s.responses, s.responseAge[0])
			s.responseAge = s.responseAge[1:]
		}
	}
	return s.origin + responsePath + token
}

func (s *Server) serveResponse(token string, r *http.Request) reply {
	params, problem := readParams("response_url", r)
	if !s.sleep(s.opts.Latency) {
		return reply{hangUp: true}
	}
	q := &request{method: "response_url", params: params}
	s.mu.Lock()
	to := s.responses[token]
	if to != nil {
		q.params.Channel = to.channel.id
	}
	s.mu.Unlock()
	return s.underFaults(q, func() reply {
		if problem == nil {
			problem = s.useResponse(to)
		}
		var call Call
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
		answer.kind = plainType
		return answer
	})
}

func (s *Server) useResponse(to *response) *refusal {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case to == nil:
		return refused("invalid_url")
	case !s.opts.Now().Before(to.expires):
		return refused("expired_url")
	case to.uses == uses:
		return refused("used_url")
	}
	to.uses++
	return nil
}

// respond posts, replaces or deletes what an answer to a press or a command
// names. It works where the bot is not a member, and knows no rate.
func (s *Server) respond(to *response, p *params) (Call, *refusal) {
	var m *message
	if !p.DeleteOriginal {
		var problem *refusal
		if m, problem = s.compose(p, maxText); problem != nil {
			return Call{}, problem
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c := to.channel
	if p.DeleteOriginal || p.ReplaceOriginal {
		_, old := c.find(to.ts)
		if old == nil || old.user != "" {
			return Call{}, refused("message_not_found")
		}
		if p.DeleteOriginal {
			s.remove(c, old)
			return Call{Channel: c.id, TS: to.ts, User: to.user}, nil
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
func (s *Server) answerCommand(to *response, kind string, body []byte) {
	if len(body) == 0 {
		return
	}
	p := params{Text: string(body)}
	if strings.HasPrefix(kind, "application/json") {
		p = params{}
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
