package slacktest

import (
	"encoding/json"
	"net/http"
)

// authorize says why a token does not open a method.
func (s *Server) authorize(m method, token string) *refusal {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case m.open:
		return nil
	case token == "":
		return refused("not_authed")
	case token != s.opts.BotToken && token != s.opts.AppToken:
		return refused("invalid_auth")
	case m.app != (token == s.opts.AppToken):
		return refused("not_allowed_token_type")
	case !m.app && s.revoked:
		return refused("token_revoked")
	}
	return nil
}

func (s *Server) apiTest(q *request) reply {
	if q.params.Error != "" {
		return s.refuse(q, refused(q.params.Error))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.accept(q, Call{}, []byte(`{"ok":true}`))
}

func (s *Server) authTest(q *request) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.accept(q, Call{}, result(map[string]any{
		"url": "https://cadre-fake.slack.com/", "team": "Cadre", "user": "cadre",
		"team_id": s.opts.TeamID, "user_id": s.opts.BotUserID, "bot_id": s.opts.BotID,
		"is_enterprise_install": false,
	}))
}

func (s *Server) channelInfo(q *request) reply {
	if q.params.Channel == "" {
		return s.refuse(q, invalidArguments("missing required field: channel"))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[q.params.Channel]
	if c == nil || c.private && !c.member {
		return s.deny(q, refused("channel_not_found"))
	}
	channel := map[string]any{
		"id": c.id, "is_archived": c.archived, "is_im": c.user != nil,
		"context_team_id": s.opts.TeamID,
	}
	if c.user != nil {
		channel["user"], channel["is_user_deleted"] = c.user.ID, c.user.gone
	} else {
		channel["name"], channel["name_normalized"] = c.name, c.name
		channel["is_channel"], channel["is_private"], channel["is_member"] = true, c.private, c.member
	}
	return s.accept(q, Call{Channel: c.id}, result(map[string]any{"channel": channel}))
}

func (s *Server) openChannel(q *request) reply {
	id := q.params.Users
	if id == "" && q.params.Channel == "" {
		return s.refuse(q, refused("users_list_not_supplied"))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if id == "" {
		c := s.channels[q.params.Channel]
		if c == nil || c.user == nil {
			return s.deny(q, refused("channel_not_found"))
		}
		id = c.user.ID
	}
	u := s.users[id]
	switch {
	case id == s.opts.BotUserID:
		return s.deny(q, refused("cannot_dm_bot"))
	case u == nil:
		return s.deny(q, refused("user_not_found"))
	case u.gone:
		return s.deny(q, refused("user_disabled"))
	}
	c := s.dm(id)
	return s.accept(q, Call{Channel: c.id, User: id}, result(map[string]any{
		"no_op": true, "already_open": true, "channel": map[string]any{"id": c.id},
	}))
}

func (s *Server) userInfo(q *request) reply {
	if q.params.User == "" {
		return s.refuse(q, invalidArguments("missing required field: user"))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.users[q.params.User]
	if u == nil {
		return s.deny(q, refused("user_not_found"))
	}
	user := map[string]any{
		"id": u.ID, "team_id": s.opts.TeamID, "name": u.Name, "deleted": u.gone,
		"real_name": u.RealName, "tz": u.TZ, "is_bot": false, "is_app_user": false,
		"profile": map[string]any{
			"real_name": u.RealName, "display_name": u.RealName, "team": s.opts.TeamID,
		},
	}
	if q.params.IncludeLocale {
		user["locale"] = u.Locale
	}
	return s.accept(q, Call{User: u.ID}, result(map[string]any{"user": user}))
}

// openConnection hands out the address of a websocket, good for one dial.
func (s *Server) openConnection(q *request) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	ticket := s.newID("W")
	s.line.tickets[ticket] = true
	address := "ws" + s.origin[len("http"):] + socketPath + "?ticket=" + ticket + "&app_id=" + s.opts.AppID
	raw, err := json.Marshal(map[string]any{"ok": true, "url": address})
	if err != nil {
		return reply{status: http.StatusInternalServerError, kind: htmlType}
	}
	return s.accept(q, Call{}, raw)
}
