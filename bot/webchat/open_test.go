package webchat_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/redis"
	"cadrebot/bot/webchat"
)

// deaf is a store whose news never come.
type deaf struct{ *redis.Store }

func (deaf) PageNews(ctx context.Context, ready func(), _ func(string)) error {
	ready()
	<-ctx.Done()
	return nil
}

// TestNewsThatAreMissed has an instance see in time what it did not hear of.
func TestNewsThatAreMissed(t *testing.T) {
	t.Parallel()
	store := newStore(t)
	a := join(t, store, "a", func(c *webchat.Config) { c.Pages = deaf{store} })
	v := a.visitor().start()
	w := v.watch()
	w.connect()
	defer w.cut()
	w.event() // it is connected
	_, chat := v.cookie()
	if _, err := store.PageAdd(t.Context(), chat, "elsewhere", []byte(`{"t":"posted elsewhere"}`), nil); err != nil {
		t.Fatal(err)
	}
	w.until("posted elsewhere")
}

// TestALongLife keeps a page open past the server's own bounds for short answers.
func TestALongLife(t *testing.T) {
	t.Parallel()
	o := open(t)
	v := o.visitor().get("/")
	w := v.watch() // a page may take longer than the bounds
	o.cut()
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	const bound = 500 * time.Millisecond
	server := &http.Server{Handler: o.chat.Handler(o.engine), ReadTimeout: bound, WriteTimeout: bound}
	go func() { _ = server.Serve(l) }()
	defer server.Close()
	o.URL = "http://" + l.Addr().String()
	_, chat := v.cookie()
	w.connect()
	defer w.cut()
	for i := range 2 {
		<-time.After(bound * 6 / 5) // they pass between the messages
		text := fmt.Sprint("message ", i)
		o.chat.Post(t.Context(), bot.Outgoing{Chat: chat, Message: bot.Message{Text: text}, Operation: text})
		w.until(text)
	}
}

// TestWhoStopsReadingIsDropped keeps a page that reads nothing from holding on
// to anything; later it goes on where it was.
func TestWhoStopsReadingIsDropped(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.chat.WriteWithin(50 * time.Millisecond)
	v := o.visitor().start()
	w := v.watch()
	_, chat := v.cookie()
	whole, _ := v.cookie()
	c := must(net.Dial("tcp", o.addr))
	defer c.Close()
	_ = c.(*net.TCPConn).SetReadBuffer(4 << 10) // soon full
	fmt.Fprintf(c, "GET /live?since=%s HTTP/1.1\r\nHost: %s\r\nCookie: chat=%s\r\n\r\n", w.last, o.addr, whole)
	until(t, "the page is open", func() bool { return o.chat.Open() == 1 })
	n, message := 0, ""
	until(t, "the page is dropped", func() bool {
		n++
		out := o.chat.Post(t.Context(), bot.Outgoing{Chat: chat, Target: message, Operation: fmt.Sprint("long", n),
			Message: bot.Message{Text: strings.Repeat("工会", 100_000) + fmt.Sprint("end", n)}})
		if out.Status != bot.Sent {
			t.Fatal(out)
		}
		message = out.Message
		return o.chat.Open() == 0
	})
	o.chat.WriteWithin(10 * time.Second)
	w.connect()
	defer w.cut()
	w.lines.Buffer(nil, 4<<20)
	w.until(fmt.Sprint("end", n))
}

func TestAPageIsAFewKilobytes(t *testing.T) {
	if n := webchat.Zipped(); n > 9<<10 {
		t.Errorf("script and style are %d bytes on the wire", n)
	}
}

// BenchmarkPages has 1,000 pages open in one process, each of a person of their
// own, and tells what memory a page takes and how long news need to reach all.
func BenchmarkPages(b *testing.B) {
	const pages = 1000
	o := open(b)
	chats := make([]string, pages)
	for i := range chats {
		chats[i] = fmt.Sprintf("%022d", i)
		for n := range 10 {
			o.post(chats[i], strconv.Itoa(n), strings.Repeat("工会是职工自愿结合的群众组织。", 8))
		}
	}
	before := used()
	readers := make([]*bufio.Reader, pages)
	for i, chat := range chats {
		c, err := net.Dial("tcp", o.addr)
		if err != nil {
			b.Fatal(err)
		}
		defer c.Close()
		fmt.Fprintf(c, "GET /live HTTP/1.1\r\nHost: %s\r\nAccept-Language: zh\r\nCookie: chat=%s.%s\r\n\r\n", o.addr, chat, o.seal.Sign("web cookie", chat))
		readers[i] = bufio.NewReaderSize(c, 1024)
		readUntil(b, readers[i], `id="m10"`)
	}
	each, whole := float64(used()-before)/pages/1024, resident()
	b.ResetTimer()
	for n := range b.N {
		word := fmt.Sprintf("news-%d-", n)
		go func() {
			for _, chat := range chats {
				o.post(chat, word, word)
			}
		}()
		for _, r := range readers {
			readUntil(b, r, word)
		}
	}
	b.ReportMetric(each, "KB/page")
	b.ReportMetric(whole, "MB-resident")
}

func (o *office) post(chat, operation, text string) {
	out := o.chat.Post(context.Background(), bot.Outgoing{Chat: chat, Operation: operation, Message: bot.Message{Text: text,
		Buttons: [][]bot.Button{row("A=a", "B=b")}}})
	if out.Status != bot.Sent {
		o.Error(out)
	}
}

func readUntil(b *testing.B, r *bufio.Reader, words string) {
	b.Helper()
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			b.Fatal(err)
		}
		if strings.Contains(line, words) {
			return
		}
	}
}

// used is what the process has in use, in bytes.
func used() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse
}

// resident is what the process has of the machine's memory, in megabytes.
func resident() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	kb, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	return kb / 1024
}
