package slacktest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"sync"
	"testing"
	"time"

	"cadrebot/bot/slack/slacktest"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

func socket() slacktest.Options {
	opts := loose()
	opts.SocketMode = true
	return opts
}

// wire is one websocket held by hand.
type wire struct {
	t      *testing.T
	conn   *websocket.Conn
	frames chan frame
	pinged chan struct{} // closed at the first ping
}

type frame struct {
	raw      string
	Type     string          `json:"type"`
	Reason   string          `json:"reason"`
	ID       string          `json:"envelope_id"`
	Payload  json.RawMessage `json:"payload"`
	Accepts  bool            `json:"accepts_response_payload"`
	Attempt  int             `json:"retry_attempt"`
	Because  string          `json:"retry_reason"`
	Sockets  int             `json:"num_connections"`
	readable bool
}

func (f frame) text() string {
	var outer struct {
		Event struct{ Text string } `json:"event"`
	}
	_ = json.Unmarshal(f.Payload, &outer)
	return outer.Event.Text
}

func address(t *testing.T, s *slacktest.Server) string {
	t.Helper()
	a, err := post(s.URL()+"apps.connections.open", s.AppToken(), "application/json", "")
	if err != nil || !a.OK {
		t.Fatalf("apps.connections.open: %v, %v", a, err)
	}
	return a.URL
}

func dial(t *testing.T, s *slacktest.Server) *wire {
	t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial(address(t, s), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	w := &wire{t: t, conn: conn, frames: make(chan frame, 1000), pinged: make(chan struct{})}
	pinged := sync.OnceFunc(func() { close(w.pinged) })
	conn.SetPingHandler(func(string) error { pinged(); return nil })
	go func() {
		defer close(w.frames)
		for {
			_, raw, err := conn.ReadMessage()
			if err != nil {
				return
			}
			f := frame{raw: string(raw)}
			f.readable = json.Unmarshal(raw, &f) == nil
			w.frames <- f
		}
	}()
	return w
}

// next is the next frame; the zero value when the socket was closed.
func (w *wire) next() frame {
	w.t.Helper()
	select {
	case f := <-w.frames:
		return f
	case <-time.After(patience):
		w.t.Fatal("no frame came")
		return frame{}
	}
}

// drain returns when the socket was closed.
func (w *wire) drain() {
	w.t.Helper()
	for f := w.next(); f.raw != ""; f = w.next() {
	}
}

func (w *wire) ack(id, payload string) {
	w.t.Helper()
	if err := w.conn.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, `{"envelope_id":%q%s}`, id, payload)); err != nil {
		w.t.Fatal(err)
	}
}

func TestSocketsServeGo(t *testing.T) {
	s := start(t, socket())
	ctx, stop := context.WithCancel(t.Context())
	client := socketmode.New(client(s), socketmode.OptionLog(log.New(io.Discard, "", 0)))
	ended := make(chan error, 1)
	go func() { ended <- client.RunContext(ctx) }()
	got := make(chan string, 10)
	go func() {
		for e := range client.Events {
			if e.Type == socketmode.EventTypeEventsAPI {
				message := e.Data.(slackevents.EventsAPIEvent).InnerEvent.Data.(*slackevents.MessageEvent)
				_ = client.Ack(*e.Request)
				got <- message.Text
			}
		}
	}()
	s.Say("U1", "hi")
	want(t, "heard", <-got, "hi")
	await(t, s, "the acknowledgement", func() bool { return s.Stats().Acks == 1 && s.Pending() == 0 })
	want(t, "told", s.Disconnect("refresh_requested", 0), 1)
	await(t, s, "a new socket", func() bool { return s.Stats().Dialed == 2 && s.Sockets() == 1 })
	s.Say("U1", "again")
	want(t, "heard", <-got, "again")
	stop()
	<-ended
}

func TestSocketsTakeTurnsAndWait(t *testing.T) {
	s := start(t, socket())
	first := s.Say("U1", "early")
	s.Say("U1", "bird")
	want(t, "waiting", []int{s.Pending(), s.Stats().Attempts}, []int{2, 0})
	a := dial(t, s)
	want(t, "hello", []any{a.next().Sockets}, []any{1})
	for _, text := range []string{"early", "bird"} {
		f := a.next()
		want(t, "kept", []any{f.Type, f.text(), f.Accepts, f.Attempt}, []any{"events_api", text, false, 0})
		a.ack(f.ID, "")
	}
	await(t, s, "acks", func() bool { return s.Pending() == 0 })
	want(t, "ts", first < s.Messages(s.DM("U1"))[1].TS, true)

	b := dial(t, s)
	want(t, "hello", b.next().Sockets, 2)
	for i := range 6 {
		s.Say("U1", fmt.Sprint(i))
	}
	for range 3 {
		a.ack(a.next().ID, "")
		b.ack(b.next().ID, "")
	}
	await(t, s, "all", func() bool { return s.Stats().Taken == 8 })
}

func TestSocketsDeliverAgainWhatWasNotAcknowledged(t *testing.T) {
	opts := socket()
	opts.AckTimeout = 20 * time.Millisecond
	opts.Retries = []time.Duration{0, time.Millisecond}
	s := start(t, opts)
	a := dial(t, s)
	a.next()
	s.Say("U1", "hi")
	one := a.next()
	two := a.next()
	three := a.next()
	want(t, "retries", []any{two.Attempt, two.Because, three.Attempt, two.text(), one.ID != two.ID}, []any{1, "timeout", 2, "hi", true})
	await(t, s, "given up", func() bool { return s.Stats().Failed == 1 })
	want(t, "delivery", []any{s.Delivery(1).Attempts, s.Delivery(1).Reason, s.Delivery(1).Taken}, []any{3, "timeout", false})
}

func TestSocketsTakeALateAcknowledgement(t *testing.T) {
	opts := socket()
	opts.AckTimeout = 20 * time.Millisecond
	opts.Retries = []time.Duration{0, time.Hour}
	s := start(t, opts)
	a := dial(t, s)
	a.next()
	s.Say("U1", "late")
	late := a.next()
	again := a.next()
	a.ack(late.ID, "") // for the first envelope, after its time
	await(t, s, "the late one", func() bool { return s.Delivery(1).Taken })
	a.ack(again.ID, "")
	await(t, s, "an acknowledgement of nothing", func() bool { return s.Stats().StrayAcks == 1 })
}

func TestSocketsMoveWhatADeadOneHeld(t *testing.T) {
	s := start(t, socket())
	a := dial(t, s)
	a.next()
	dm := s.AddUser(slacktest.User{ID: "U1"})
	s.Say("U1", "one")
	s.Command("U1", dm, "/cadre", "two")
	event, command := a.next(), a.next()
	want(t, "types", []any{event.Type, command.Type, command.Accepts}, []any{"events_api", "slash_commands", true})
	want(t, "dropped", s.DropSockets(0), 1)
	await(t, s, "no socket", func() bool { return s.Sockets() == 0 })
	b := dial(t, s)
	b.next()
	want(t, "moved", []string{b.next().text(), b.next().Type}, []string{"one", "slash_commands"})
	want(t, "reason", s.Delivery(1).Reason, "socket_closed")
}

func TestSocketsLetPressesFailWhenToldTo(t *testing.T) {
	opts := socket()
	opts.PressesOnce, opts.AckTimeout = true, 10*time.Millisecond
	s := start(t, opts)
	s.Command("U1", "", "/cadre", "nobody there")
	want(t, "nothing connected", len(s.SawFail("U1")), 1)
	a := dial(t, s)
	a.next()
	s.Command("U1", "", "/cadre", "too slow")
	await(t, s, "a failure", func() bool { return len(s.SawFail("U1")) == 2 })
	want(t, "attempts", s.Delivery(2).Attempts, 1)
}

func TestSocketsAnswerCommandsInTheAck(t *testing.T) {
	s := start(t, socket())
	a := dial(t, s)
	a.next()
	s.Command("U1", "", "/cadre", "help")
	a.ack(a.next().ID, `,"payload":{"text":"*Hello*"}`)
	await(t, s, "the answer", func() bool { return len(s.Messages(s.DM("U1"))) == 1 })
	m := s.Messages(s.DM("U1"))[0]
	want(t, "seen", []string{m.Text, m.Ephemeral, m.User}, []string{"Hello", "U1", ""})
	long := fmt.Sprintf(`,"payload":{"text":"%020480d"}`, 0)
	n := s.Command("U1", "", "/cadre", "help")
	a.ack(a.next().ID, long)
	await(t, s, "a dropped acknowledgement", func() bool { return s.Stats().StrayAcks == 1 })
	want(t, "taken", s.Delivery(n).Taken, false)
}

func TestSocketsAreTicketedAndCounted(t *testing.T) {
	s := start(t, socket())
	address := address(t, s)
	conn, _, err := websocket.DefaultDialer.Dial(address, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, _, err := conn.ReadMessage(); err != nil {
		t.Fatal(err) // it is counted once it has been greeted
	}
	if _, resp, err := websocket.DefaultDialer.Dial(address, nil); err == nil || resp.StatusCode != 404 {
		t.Errorf("the same address twice: %v", err)
	}
	for range 9 {
		want(t, "hello", dial(t, s).next().Type, "hello")
	}
	eleventh := dial(t, s)
	want(t, "eleventh", []string{eleventh.next().Reason, eleventh.next().Type}, []string{"too_many_websockets", ""})
	want(t, "sockets", s.Sockets(), 10)

	a, err := post(s.URL()+"apps.connections.open", s.BotToken(), "application/json", "")
	want(t, "with the bot's token", fmt.Sprint(a, err), "not_allowed_token_type <nil>")
}

func TestSocketsGetAWarning(t *testing.T) {
	opts := socket()
	opts.Grace = 50 * time.Millisecond
	opts.PingEvery = 5 * time.Millisecond
	s := start(t, opts)
	a := dial(t, s)
	a.next()
	b := dial(t, s) // the newer one
	b.next()
	want(t, "told", s.Disconnect("warning", 1), 1)
	want(t, "warning", a.next().Reason, "warning")
	s.Say("U1", "to the other")
	s.Say("U1", "one of the two")
	want(t, "new ones", []string{b.next().text(), b.next().text()}, []string{"to the other", "one of the two"})
	want(t, "closed", a.next().Type, "")
	<-b.pinged
}

func TestSocketsCarryWhatIsNoJSON(t *testing.T) {
	s := start(t, socket())
	a := dial(t, s)
	a.next()
	n := s.Malformed("{{{ not json")
	f := a.next()
	want(t, "frame", []any{f.raw, f.readable, s.Delivery(n).Taken}, []any{"{{{ not json", false, true})
	n = s.Malformed(`"a string"`)
	f = a.next()
	want(t, "payload", []string{f.Type, string(f.Payload)}, []string{"events_api", `"a string"`})
	a.ack(f.ID, "")
	await(t, s, "its acknowledgement", func() bool { return s.Delivery(n).Taken })
	s.MalformedAs(slacktest.Interactive, `{"type":"block_actions","actions":7}`)
	want(t, "press", a.next().Type, "interactive")
}
