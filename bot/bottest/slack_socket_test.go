package bottest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"sync"
	"testing"
	"time"

	"cadrebot/bot/bottest"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

func socketSlack() bottest.SlackOptions {
	opts := looseSlack()
	opts.SocketMode = true
	return opts
}

// slackWire is one websocket held by hand.
type slackWire struct {
	t      *testing.T
	conn   *websocket.Conn
	frames chan slackFrame
	pinged chan struct{} // closed at the first ping
}

type slackFrame struct {
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

func (f slackFrame) text() string {
	var outer struct {
		Event struct{ Text string } `json:"event"`
	}
	_ = json.Unmarshal(f.Payload, &outer)
	return outer.Event.Text
}

func slackAddress(t *testing.T, s *bottest.Slack) string {
	t.Helper()
	a, err := slackPost(s.URL()+"apps.connections.open", s.AppToken(), "application/json", "")
	if err != nil || !a.OK {
		t.Fatalf("apps.connections.open: %v, %v", a, err)
	}
	return a.URL
}

func dialSlack(t *testing.T, s *bottest.Slack) *slackWire {
	t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial(slackAddress(t, s), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	w := &slackWire{t: t, conn: conn, frames: make(chan slackFrame, 1000), pinged: make(chan struct{})}
	pinged := sync.OnceFunc(func() { close(w.pinged) })
	conn.SetPingHandler(func(string) error { pinged(); return nil })
	go func() {
		defer close(w.frames)
		for {
			_, raw, err := conn.ReadMessage()
			if err != nil {
				return
			}
			f := slackFrame{raw: string(raw)}
			f.readable = json.Unmarshal(raw, &f) == nil
			w.frames <- f
		}
	}()
	return w
}

// next is the next frame; the zero value when the socket was closed.
func (w *slackWire) next() slackFrame {
	w.t.Helper()
	select {
	case f := <-w.frames:
		return f
	case <-time.After(patience):
		w.t.Fatal("no frame came")
		return slackFrame{}
	}
}

// drain returns when the socket was closed.
func (w *slackWire) drain() {
	w.t.Helper()
	for f := w.next(); f.raw != ""; f = w.next() {
	}
}

func (w *slackWire) ack(id, payload string) {
	w.t.Helper()
	if err := w.conn.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, `{"envelope_id":%q%s}`, id, payload)); err != nil {
		w.t.Fatal(err)
	}
}

func TestSlackSocketsServeSlackGo(t *testing.T) {
	s := startSlack(t, socketSlack())
	ctx, stop := context.WithCancel(t.Context())
	client := socketmode.New(slackClient(s), socketmode.OptionLog(log.New(io.Discard, "", 0)))
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
	slackAwait(t, s, "the acknowledgement", func() bool { return s.Stats().Acks == 1 && s.Pending() == 0 })
	want(t, "told", s.Disconnect("refresh_requested", 0), 1)
	slackAwait(t, s, "a new socket", func() bool { return s.Stats().Dialed == 2 && s.Sockets() == 1 })
	s.Say("U1", "again")
	want(t, "heard", <-got, "again")
	stop()
	<-ended
}

func TestSlackSocketsTakeTurnsAndWait(t *testing.T) {
	s := startSlack(t, socketSlack())
	first := s.Say("U1", "early")
	s.Say("U1", "bird")
	want(t, "waiting", []int{s.Pending(), s.Stats().Attempts}, []int{2, 0})
	a := dialSlack(t, s)
	want(t, "hello", []any{a.next().Sockets}, []any{1})
	for _, text := range []string{"early", "bird"} {
		f := a.next()
		want(t, "kept", []any{f.Type, f.text(), f.Accepts, f.Attempt}, []any{"events_api", text, false, 0})
		a.ack(f.ID, "")
	}
	slackAwait(t, s, "acks", func() bool { return s.Pending() == 0 })
	want(t, "ts", first < s.Messages(s.DM("U1"))[1].TS, true)

	b := dialSlack(t, s)
	want(t, "hello", b.next().Sockets, 2)
	for i := range 6 {
		s.Say("U1", fmt.Sprint(i))
	}
	for range 3 {
		a.ack(a.next().ID, "")
		b.ack(b.next().ID, "")
	}
	slackAwait(t, s, "all", func() bool { return s.Stats().Taken == 8 })
}

func TestSlackSocketsDeliverAgainWhatWasNotAcknowledged(t *testing.T) {
	opts := socketSlack()
	opts.AckTimeout = 20 * time.Millisecond
	opts.Retries = []time.Duration{0, time.Millisecond}
	s := startSlack(t, opts)
	a := dialSlack(t, s)
	a.next()
	s.Say("U1", "hi")
	one := a.next()
	two := a.next()
	three := a.next()
	want(t, "retries", []any{two.Attempt, two.Because, three.Attempt, two.text(), one.ID != two.ID}, []any{1, "timeout", 2, "hi", true})
	slackAwait(t, s, "given up", func() bool { return s.Stats().Failed == 1 })
	want(t, "delivery", []any{s.Delivery(1).Attempts, s.Delivery(1).Reason, s.Delivery(1).Taken}, []any{3, "timeout", false})
}

func TestSlackSocketsTakeALateAcknowledgement(t *testing.T) {
	opts := socketSlack()
	opts.AckTimeout = 20 * time.Millisecond
	opts.Retries = []time.Duration{0, time.Hour}
	s := startSlack(t, opts)
	a := dialSlack(t, s)
	a.next()
	s.Say("U1", "late")
	late := a.next()
	again := a.next()
	a.ack(late.ID, "") // for the first envelope, after its time
	slackAwait(t, s, "the late one", func() bool { return s.Delivery(1).Taken })
	a.ack(again.ID, "")
	slackAwait(t, s, "an acknowledgement of nothing", func() bool { return s.Stats().StrayAcks == 1 })
}

func TestSlackSocketsMoveWhatADeadOneHeld(t *testing.T) {
	s := startSlack(t, socketSlack())
	a := dialSlack(t, s)
	a.next()
	dm := s.AddUser(bottest.SlackUser{ID: "U1"})
	s.Say("U1", "one")
	s.Command("U1", dm, "/cadre", "two")
	event, command := a.next(), a.next()
	want(t, "types", []any{event.Type, command.Type, command.Accepts}, []any{"events_api", "slash_commands", true})
	want(t, "dropped", s.DropSockets(0), 1)
	slackAwait(t, s, "no socket", func() bool { return s.Sockets() == 0 })
	b := dialSlack(t, s)
	b.next()
	want(t, "moved", []string{b.next().text(), b.next().Type}, []string{"one", "slash_commands"})
	want(t, "reason", s.Delivery(1).Reason, "socket_closed")
}

func TestSlackSocketsLetPressesFailWhenToldTo(t *testing.T) {
	opts := socketSlack()
	opts.PressesOnce, opts.AckTimeout = true, 10*time.Millisecond
	s := startSlack(t, opts)
	s.Command("U1", "", "/cadre", "nobody there")
	want(t, "nothing connected", len(s.SawFail("U1")), 1)
	a := dialSlack(t, s)
	a.next()
	s.Command("U1", "", "/cadre", "too slow")
	slackAwait(t, s, "a failure", func() bool { return len(s.SawFail("U1")) == 2 })
	want(t, "attempts", s.Delivery(2).Attempts, 1)
}

func TestSlackSocketsAnswerCommandsInTheAck(t *testing.T) {
	s := startSlack(t, socketSlack())
	a := dialSlack(t, s)
	a.next()
	s.Command("U1", "", "/cadre", "help")
	a.ack(a.next().ID, `,"payload":{"text":"*Hello*"}`)
	slackAwait(t, s, "the answer", func() bool { return len(s.Messages(s.DM("U1"))) == 1 })
	m := s.Messages(s.DM("U1"))[0]
	want(t, "seen", []string{m.Text, m.Ephemeral, m.User}, []string{"Hello", "U1", ""})
	long := fmt.Sprintf(`,"payload":{"text":"%020480d"}`, 0)
	n := s.Command("U1", "", "/cadre", "help")
	a.ack(a.next().ID, long)
	slackAwait(t, s, "a dropped acknowledgement", func() bool { return s.Stats().StrayAcks == 1 })
	want(t, "taken", s.Delivery(n).Taken, false)
}

func TestSlackSocketsAreTicketedAndCounted(t *testing.T) {
	s := startSlack(t, socketSlack())
	address := slackAddress(t, s)
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
		want(t, "hello", dialSlack(t, s).next().Type, "hello")
	}
	eleventh := dialSlack(t, s)
	want(t, "eleventh", []string{eleventh.next().Reason, eleventh.next().Type}, []string{"too_many_websockets", ""})
	want(t, "sockets", s.Sockets(), 10)

	a, err := slackPost(s.URL()+"apps.connections.open", s.BotToken(), "application/json", "")
	want(t, "with the bot's token", fmt.Sprint(a, err), "not_allowed_token_type <nil>")
}

func TestSlackSocketsGetAWarning(t *testing.T) {
	opts := socketSlack()
	opts.Grace = 50 * time.Millisecond
	opts.PingEvery = 5 * time.Millisecond
	s := startSlack(t, opts)
	a := dialSlack(t, s)
	a.next()
	b := dialSlack(t, s) // the newer one
	b.next()
	want(t, "told", s.Disconnect("warning", 1), 1)
	want(t, "warning", a.next().Reason, "warning")
	s.Say("U1", "to the other")
	s.Say("U1", "one of the two")
	want(t, "new ones", []string{b.next().text(), b.next().text()}, []string{"to the other", "one of the two"})
	want(t, "closed", a.next().Type, "")
	<-b.pinged
}

func TestSlackSocketsCarryWhatIsNoJSON(t *testing.T) {
	s := startSlack(t, socketSlack())
	a := dialSlack(t, s)
	a.next()
	n := s.Malformed("{{{ not json")
	f := a.next()
	want(t, "frame", []any{f.raw, f.readable, s.Delivery(n).Taken}, []any{"{{{ not json", false, true})
	n = s.Malformed(`"a string"`)
	f = a.next()
	want(t, "payload", []string{f.Type, string(f.Payload)}, []string{"events_api", `"a string"`})
	a.ack(f.ID, "")
	slackAwait(t, s, "its acknowledgement", func() bool { return s.Delivery(n).Taken })
	s.MalformedAs(bottest.SlackInteractive, `{"type":"block_actions","actions":7}`)
	want(t, "press", a.next().Type, "interactive")
}
