package slacktest

import (
	"cadrebot/bot/bottest"
	"net/http"
	"strings"
)

// request is one call of a method, decoded.
type request struct {
	method string
	params params
	token  string
	// lost says that a fault will keep the answer from the app.
	lost bool
}

// method is a method with the kind of token that it wants.
type method struct {
	run  func(*Server, *request) reply
	open bool // needs no token
	app  bool // needs the app's token
}

var methods map[string]method

func init() {
	methods = map[string]method{
		"api.test":                     {run: (*Server).apiTest, open: true},
		"apps.connections.open":        {run: (*Server).openConnection, app: true},
		"auth.test":                    {run: (*Server).authTest},
		"chat.delete":                  {run: (*Server).deleteMessage},
		"chat.postEphemeral":           {run: (*Server).postEphemeral},
		"chat.postMessage":             {run: (*Server).postMessage},
		"chat.update":                  {run: (*Server).updateMessage},
		"conversations.info":           {run: (*Server).channelInfo},
		"conversations.open":           {run: (*Server).openChannel},
		"files.completeUploadExternal": {run: (*Server).completeUpload},
		"files.getUploadURLExternal":   {run: (*Server).beginUpload},
		"files.info":                   {run: (*Server).fileInfo},
		"users.info":                   {run: (*Server).userInfo},
	}
}

// ServeHTTP takes a call of the Web API, an upload, a use of a response_url or
// a new websocket. A call that has arrived is handled even if the caller is
// gone by then, as on a real network.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	ok := s.start()
	s.mu.Unlock()
	if !ok {
		panic(http.ErrAbortHandler)
	}
	defer s.running.Done()

	var answer reply
	path := r.URL.Path
	switch {
	case strings.HasPrefix(path, "/api/"):
		answer = s.serveMethod(strings.TrimPrefix(path, "/api/"), r)
	case strings.HasPrefix(path, socketPath):
		s.serveSocket(w, r)
		return
	case strings.HasPrefix(path, responsePath):
		answer = s.serveResponse(strings.TrimPrefix(path, responsePath), r)
	case strings.HasPrefix(path, uploadPath):
		answer = s.serveUpload(strings.TrimPrefix(path, uploadPath), r)
	case strings.HasPrefix(path, filePath):
		answer = s.serveFile(strings.TrimPrefix(path, filePath), r)
	default:
		answer = reply{status: http.StatusNotFound, kind: htmlType, body: []byte("<html>not found</html>")}
	}
	if answer.hangUp || !s.sleep(s.opts.Latency) {
		panic(http.ErrAbortHandler)
	}
	answer.write(w)
}

func (s *Server) serveMethod(name string, r *http.Request) reply {
	params, problem := readParams(name, r)
	if !s.sleep(s.opts.Latency) {
		return reply{hangUp: true}
	}
	q := &request{method: name, params: params}
	q.token = token(r, &q.params)
	m, ok := methods[name]
	if !ok {
		return s.refuse(q, refused("unknown_method"))
	}
	if problem == nil {
		problem = s.authorize(m, q.token)
	}
	if problem != nil {
		return s.refuse(q, problem)
	}
	return s.underFaults(q, func() reply {
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
func (s *Server) underFaults(q *request, run func() reply) reply {
	fault := s.drawFault(q)
	if fault == nil {
		return s.tell(run())
	}
	if !s.sleep(fault.Delay) {
		return reply{hangUp: true}
	}
	switch fault.Kind {
	case bottest.FailBefore, bottest.HangUpBefore:
		answer := fault.answer()
		s.noteFault(q, fault)
		return s.tell(answer)
	case bottest.FailAfter, bottest.HangUpAfter:
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

func (s *Server) tell(answer reply) reply {
	if answer.call != nil {
		if listen := s.onCall.Load(); listen != nil {
			(*listen)(*answer.call)
		}
	}
	return answer
}
