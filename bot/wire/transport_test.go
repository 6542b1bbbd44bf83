package wire

import (
	"context"
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// lines is a server that answers each post with its body, and knows its
// connections.
type lines struct {
	*httptest.Server
	mu   sync.Mutex
	open map[net.Conn]http.ConnState
	made int
	shut chan struct{} // a connection was closed
}

func serveLines(t *testing.T, secure bool) (*lines, *http.Client) {
	t.Helper()
	l := &lines{open: map[net.Conn]http.ConnState{}, shut: make(chan struct{}, 100)}
	l.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		if r.URL.Path == "/slow" {
			<-r.Context().Done()
			return
		}
		if r.URL.Path == "/last" {
			w.Header().Set("Connection", "close")
		}
		if r.URL.Path == "/chunked" {
			_ = http.NewResponseController(w).Flush()
		}
		_, _ = w.Write(body)
	}))
	l.Config.ErrorLog = log.New(io.Discard, "", 0)
	l.Config.ConnState = func(c net.Conn, s http.ConnState) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.open[c] = s
		switch s {
		case http.StateNew:
			l.made++
		case http.StateClosed:
			l.shut <- struct{}{}
		}
	}
	standard := Standard()
	if secure {
		l.StartTLS()
		standard.TLSClientConfig = &tls.Config{RootCAs: l.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs}
	} else {
		l.Start()
	}
	t.Cleanup(l.Close)
	client := &http.Client{Transport: newTransport(standard)}
	t.Cleanup(client.CloseIdleConnections)
	return l, client
}

func (l *lines) connections() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.made
}

func say(ctx context.Context, client *http.Client, url, body string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		return "", err
	}
	resp, err := client.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	return string(got), err
}

func TestTransportKeepsConnections(t *testing.T) {
	for name, secure := range map[string]bool{"plain": false, "tls": true} {
		t.Run(name, func(t *testing.T) {
			l, client := serveLines(t, secure)
			for _, path := range []string{"/", "/chunked", "/", "/chunked"} {
				body := path + strings.Repeat("工", 40_000)
				got, err := say(t.Context(), client, l.URL+path, body)
				if err != nil || got != body {
					t.Fatalf("%s: %d bytes of %d, %v", path, len(got), len(body), err)
				}
			}
			want(t, "connections", l.connections(), 1)
			if _, err := say(t.Context(), client, l.URL+"/last", "x"); err != nil {
				t.Fatal(err)
			}
			if _, err := say(t.Context(), client, l.URL, "x"); err != nil {
				t.Fatal(err)
			}
			want(t, "after one that was to be closed", l.connections(), 2)
		})
	}
}

// A connection that the platform has closed meanwhile is noticed before a
// message is trusted to it.
func TestTransportNoticesAClosedConnection(t *testing.T) {
	for name, secure := range map[string]bool{"plain": false, "tls": true} {
		t.Run(name, func(t *testing.T) {
			l, client := serveLines(t, secure)
			for range 20 {
				if _, err := say(t.Context(), client, l.URL, "x"); err != nil {
					t.Fatal(err)
				}
				l.CloseClientConnections()
				<-l.shut
			}
			want(t, "connections", l.connections(), 20)
		})
	}
}

func TestTransportEndsWithItsContext(t *testing.T) {
	l, client := serveLines(t, false)
	if _, err := say(t.Context(), client, l.URL, "x"); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Millisecond)
		_, err := say(ctx, client, l.URL+"/slow", "x")
		cancel()
		if err == nil {
			t.Fatal("an answer that never came")
		}
		if got, err := say(t.Context(), client, l.URL, "next"); err != nil || got != "next" {
			t.Fatalf("the call after it: %q, %v", got, err)
		}
	}
}

func TestTransportWithManyAtOnce(t *testing.T) {
	l, client := serveLines(t, false)
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			for range 20 {
				body := strings.Repeat("x", i+1)
				if got, err := say(t.Context(), client, l.URL, body); err != nil || got != body {
					t.Errorf("%q, %v", got, err)
				}
			}
		})
	}
	wg.Wait()
	if n := l.connections(); n > 50 {
		t.Errorf("%d connections for 50 callers", n)
	}
}

func want[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
