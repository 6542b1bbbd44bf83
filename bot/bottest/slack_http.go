package bottest

import (
	"net/http"
	"strings"
)

// slackRequest is one call of a method, decoded.
type slackRequest struct {
	method string
	params slackParams
	token  string
	// lost says that a fault will keep the answer from the app.
	lost bool
}

// slackMethod is a method with the kind of token that it wants.
type slackMethod struct {
	run  func(*Slack, *slackRequest) slackReply
	open bool // needs no token
	app  bool // needs the app's token
}

var slackMethods map[string]slackMethod

func init() {
	slackMethods = map[string]slackMethod{
		"api.test":                     {run: (*Slack).apiTest, open: true},
		"apps.connections.open":        {run: (*Slack).openConnection, app: true},
		"auth.test":                    {run: (*Slack).authTest},
		"chat.delete":                  {run: (*Slack).deleteMessage},
		"chat.postEphemeral":           {run: (*Slack).postEphemeral},
		"chat.postMessage":             {run: (*Slack).postMessage},
		"chat.update":                  {run: (*Slack).updateMessage},
		"conversations.info":           {run: (*Slack).channelInfo},
		"conversations.open":           {run: (*Slack).openChannel},
		"files.completeUploadExternal": {run: (*Slack).completeUpload},
		"files.getUploadURLExternal":   {run: (*Slack).beginUpload},
		"files.info":                   {run: (*Slack).fileInfo},
		"users.info":                   {run: (*Slack).userInfo},
	}
}

// ServeHTTP takes a call of the Web API, an upload, a use of a response_url or
// a new websocket. A call that has arrived is handled even if the caller is
// gone by then, as on a real network.
func (s *Slack) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	ok := s.start()
	s.mu.Unlock()
	if !ok {
		panic(http.ErrAbortHandler)
	}
	defer s.running.Done()

	var answer slackReply
	path := r.URL.Path
	switch {
	case strings.HasPrefix(path, "/api/"):
		answer = s.serveMethod(strings.TrimPrefix(path, "/api/"), r)
	case strings.HasPrefix(path, slackSocketPath):
		s.serveSocket(w, r)
		return
	case strings.HasPrefix(path, slackResponsePath):
		answer = s.serveResponse(strings.TrimPrefix(path, slackResponsePath), r)
	case strings.HasPrefix(path, slackUploadPath):
		answer = s.serveUpload(strings.TrimPrefix(path, slackUploadPath), r)
	case strings.HasPrefix(path, slackFilePath):
		answer = s.serveFile(strings.TrimPrefix(path, slackFilePath), r)
	default:
		answer = slackReply{status: http.StatusNotFound, kind: slackHTMLType, body: []byte("<html>not found</html>")}
	}
	if answer.hangUp || !s.sleep(s.opts.Latency) {
		panic(http.ErrAbortHandler)
	}
	answer.write(w)
}

func (s *Slack) serveMethod(name string, r *http.Request) slackReply {
	params, problem := readSlackParams(name, r)
	if !s.sleep(s.opts.Latency) {
		return slackReply{hangUp: true}
	}
	q := &slackRequest{method: name, params: params}
	q.token = slackToken(r, &q.params)
	m, ok := slackMethods[name]
	if !ok {
		return s.refuse(q, refused("unknown_method"))
	}
	if problem == nil {
		problem = s.authorize(m, q.token)
	}
	if problem != nil {
		return s.refuse(q, problem)
	}
	return s.underFaults(q, func() slackReply {
		s.mu.Lock()
		problem := s.admit(q.method)
		s.mu.Unlock()
		if problem != nil {
			return s.refuse(q, problem)
		}
		return m.run(s, q)
	})
}

// underFaults runs a call under the faults that are armed for it and shows it
// to who listens.
func (s *Slack) underFaults(q *slackRequest, run func() slackReply) slackReply {
	fault := s.drawFault(q)
	if fault == nil {
		return s.tell(run())
	}
	if !s.sleep(fault.Delay) {
		return slackReply{hangUp: true}
	}
	switch fault.Kind {
	case FailBefore, HangUpBefore:
		answer := fault.answer()
		s.noteFault(q, fault)
		return s.tell(answer)
	case FailAfter, HangUpAfter:
		q.lost = true
		answer := run()
		if answer.call == nil || answer.call.Error != "" {
			return s.tell(answer)
		}
		s.tell(answer)
		return fault.answer()
	default:
		return s.tell(run())
	}
}

func (s *Slack) tell(answer slackReply) slackReply {
	if answer.call != nil {
		if listen := s.onCall.Load(); listen != nil {
			(*listen)(*answer.call)
		}
	}
	return answer
}
