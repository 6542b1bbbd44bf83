package telegramtest

import (
	"cadrebot/bot/bottest"
	"context"
	"net/http"
	"strconv"
	"strings"
)

// request is one call of a method, decoded.
type request struct {
	ctx    context.Context
	method string
	params params
	// lost says that a fault will keep the answer from the bot.
	lost bool
}

// method is one call of the API under the name that it is recorded by.
type method struct {
	name string
	run  func(*Server, *request) reply
}

// methods holds each method by its name and, because the platform does not
// mind letter case, by its name in lower case.
var methods = map[string]method{}

func init() {
	for name, run := range map[string]func(*Server, *request) reply{
		"getMe":                  (*Server).getMe,
		"getUpdates":             (*Server).getUpdates,
		"setWebhook":             (*Server).setWebhook,
		"deleteWebhook":          (*Server).deleteWebhook,
		"getWebhookInfo":         (*Server).getWebhookInfo,
		"setMyCommands":          (*Server).setMyCommands,
		"getMyCommands":          (*Server).getMyCommands,
		"deleteMyCommands":       (*Server).deleteMyCommands,
		"setMyDescription":       (*Server).setMyDescription,
		"setMyShortDescription":  (*Server).setMyShortDescription,
		"setChatMenuButton":      (*Server).setChatMenuButton,
		"sendMessage":            (*Server).sendMessage,
		"sendPhoto":              (*Server).sendFile,
		"sendAudio":              (*Server).sendFile,
		"sendVideo":              (*Server).sendFile,
		"sendDocument":           (*Server).sendFile,
		"sendChatAction":         (*Server).sendChatAction,
		"editMessageText":        (*Server).editMessage,
		"editMessageCaption":     (*Server).editMessage,
		"editMessageReplyMarkup": (*Server).editMessage,
		"deleteMessage":          (*Server).deleteMessage,
		"answerCallbackQuery":    (*Server).answerCallbackQuery,
		"getChat":                (*Server).getChat,
		"getChatMember":          (*Server).getChatMember,
		"leaveChat":              (*Server).leaveChat,
	} {
		methods[name] = method{name, run}
		methods[strings.ToLower(name)] = method{name, run}
	}
}

// ServeHTTP takes a call of the Bot API. A call that has arrived is handled
// even if the caller is gone by then, as on a real network.
func (t *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	ok := t.start()
	t.mu.Unlock()
	if !ok {
		panic(http.ErrAbortHandler)
	}
	defer t.running.Done()

	answer := t.serve(r)
	if answer.hangUp || !t.sleep(t.opts.Latency) {
		panic(http.ErrAbortHandler)
	}
	answer.write(w)
}

func (t *Server) serve(r *http.Request) reply {
	token, name, ok := splitPath(r.URL.Path)
	params, err := readParams(r)
	if !t.sleep(t.opts.Latency) {
		return reply{hangUp: true}
	}
	switch {
	case !ok:
		return t.refuse(404, "Not Found")
	case token != t.opts.Token:
		return t.refuse(401, "Unauthorized")
	case err != nil:
		return t.refuse(400, "Bad Request: "+err.Error())
	}
	return t.call(&request{ctx: r.Context(), method: name, params: params})
}

// call runs a method under the faults that are armed for it.
func (t *Server) call(q *request) reply {
	m, ok := methods[q.method]
	if !ok {
		m, ok = methods[strings.ToLower(q.method)]
	}
	if !ok {
		return t.refuse(404, "Not Found: method not found")
	}
	q.method = m.name

	fault := t.drawFault(q)
	if fault == nil {
		return t.run(m, q)
	}
	if !t.sleep(fault.Delay) {
		return reply{hangUp: true}
	}
	switch fault.Kind {
	case bottest.FailBefore, bottest.HangUpBefore:
		return fault.answer()
	case bottest.FailAfter, bottest.HangUpAfter:
		q.lost = true
		if answer := t.run(m, q); answer.status != 200 {
			return answer
		}
		return fault.answer()
	default:
		return t.run(m, q)
	}
}

// run lets a call have its effect and shows it to who listens.
func (t *Server) run(m method, q *request) reply {
	answer := m.run(t, q)
	if answer.call != nil {
		if listen := t.onSend.Load(); listen != nil {
			(*listen)(*answer.call)
		}
	}
	return answer
}

// splitPath takes /bot<token>/<method> apart; /bot<token>/test/<method> is the
// test environment's spelling.
func splitPath(path string) (token, method string, ok bool) {
	rest, ok := strings.CutPrefix(path, "/bot")
	if !ok {
		return "", "", false
	}
	token, method, ok = strings.Cut(rest, "/")
	method = strings.TrimPrefix(method, "test/")
	return token, method, ok && method != "" && !strings.Contains(method, "/")
}

// reply is an answer on its way to the bot.
type reply struct {
	status     int
	body       []byte
	retryAfter int
	html       bool
	hangUp     bool
	call       *Call // what was accepted
}

var (
	jsonType = []string{"application/json"}
	htmlType = []string{"text/html"}
)

func (a reply) write(w http.ResponseWriter) {
	header := w.Header()
	header["Content-Type"] = jsonType
	if a.html {
		header["Content-Type"] = htmlType
	}
	header["Content-Length"] = []string{strconv.Itoa(len(a.body))}
	if a.retryAfter > 0 {
		header["Retry-After"] = []string{strconv.Itoa(a.retryAfter)}
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body)
}
