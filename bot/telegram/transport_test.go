package telegram

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"cadrebot/bot"
	"cadrebot/bot/wire"
)

func TestUntrustedServerIsNotTalkedTo(t *testing.T) {
	l := httptest.NewUnstartedServer(http.NotFoundHandler())
	l.Config.ErrorLog = log.New(io.Discard, "", 0)
	l.StartTLS()
	t.Cleanup(l.Close)
	a, err := New(Config{Token: "42:secret", APIURL: l.URL})
	if err != nil {
		t.Fatal(err)
	}
	o := a.Post(t.Context(), bot.Outgoing{Chat: "1", Message: bot.Message{Text: "x"}})
	if o.Status != bot.Retry || o.Err == nil || !strings.Contains(o.Err.Error(), "certificate") {
		t.Errorf("got %v, %v", o.Status, o.Err)
	}
}

// BenchmarkTransport is one post over the lean transport, and over the standard
// one.
func BenchmarkTransport(b *testing.B) {
	opts := loose()
	opts.NoHistory = true
	a, tg := start(b, opts)
	tg.Say(7, "hi")
	out := bot.Outgoing{Chat: "7", Message: bot.Message{Text: question}}
	standard := wire.Standard()
	b.Cleanup(standard.CloseIdleConnections)
	for name, over := range map[string]http.RoundTripper{"own": a.wire, "standard": standard} {
		b.Run(name, func(b *testing.B) {
			a.wire = over
			b.SetParallelism(32)
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if err := a.Post(context.Background(), out).Err; err != nil {
						b.Error(err)
						return
					}
				}
			})
		})
	}
}
