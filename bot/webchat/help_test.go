package webchat_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"cadrebot/bot"
	"cadrebot/bot/engine"
	"cadrebot/bot/redis"
	"cadrebot/bot/redis/embedded"
	"cadrebot/bot/sender"
	"cadrebot/bot/webchat"
	"cadrebot/content/phrases"
)

// talker is a small conversation: it greets, asks, edits, and says what it is
// told to.
type talker struct{}

const (
	stem  = "“跳出工会看工会”说的是什么？\nA 多参加工会以外的活动\nB 从更广的社会角度认识工会的作用\nC 请外单位来评价工会工作\nD 把工会工作交给其他部门"
	right = "关键在“看”：换一个更广的角度，看到工会在社会中独有的作用。"
)

func row(labels ...string) []bot.Button {
	var list []bot.Button
	for _, l := range labels {
		label, data, _ := strings.Cut(l, "=")
		if strings.HasPrefix(data, "http") {
			list = append(list, bot.Button{Label: label, URL: data})
		} else {
			list = append(list, bot.Button{Label: label, Data: data})
		}
	}
	return list
}

func (talker) Step(env *bot.Env, ev bot.Event) bot.Result {
	var r bot.Result
	send := func(m bot.Message) { r.Effects = append(r.Effects, bot.Send{Message: m}) }
	say := func(text string) { send(bot.Message{Text: text}) }
	person := env.Person
	if env.New {
		person.Lang = ev.Lang
		r.Person = &person
	}
	switch ev.Kind {
	case bot.Open:
		if env.New || ev.Text != "" {
			greeting := bot.Message{Text: "📘 这里有工会业务的短课和小测，每天几分钟。", Buttons: [][]bot.Button{row("来一道小测=quiz", "看看课程=lesson")}}
			if ev.Text != "" {
				greeting.Text += " [" + ev.Text + "]"
			}
			send(greeting)
		}
		return r
	case bot.Press:
		r.Effects = append(r.Effects, bot.Answer{Text: map[string]string{"toast": "已保存"}[ev.Data]})
		switch ev.Data {
		case "quiz":
			r.Effects = append(r.Effects, bot.Send{Handle: "q", Message: bot.Message{
				Head: "❓ 3/10 · 工会干部的角色", Text: stem, Buttons: [][]bot.Button{row("A=q:A", "B=q:B"), row("C=q:C", "D=q:D")}}})
		case "q:A", "q:B", "q:C", "q:D":
			head := "✅ 3/10 · 您选了 B"
			if ev.Data != "q:B" {
				head = "✗ 3/10 · 您选了 " + ev.Data[2:] + "，应选 B"
			}
			r.Effects = append(r.Effects, bot.Edit{Target: ev.Message, Message: bot.Message{Head: head, Text: right,
				Buttons: [][]bot.Button{row("复习这一课=lesson", "下一题=quiz")}}})
		case "lesson":
			send(bot.Message{Head: "📘 1/4 · 工会是什么", Text: "工会是职工自愿结合的群众组织。它代表职工的利益，依法维护职工的合法权益。\n\n基层工会的四项职能：\n· 维护：代表职工说话，签订集体合同\n· 建设：组织劳动竞赛和技能培训\n· 参与：通过职代会参与管理\n· 教育：帮助职工提高素质\n\n案例：某厂改革时，工会先开了三场座谈会，把职工最担心的两件事写进了方案。",
				Media: &bot.Media{Kind: bot.Picture, Asset: "zh/media/eight.png", Alt: "四项职能示意图"}, Buttons: [][]bot.Button{row("下一页=next"), row("以后再看=later", "全文=https://example.org/full")}})
		default:
			say("pressed " + ev.Data)
		}
		return r
	}
	command, rest, _ := strings.Cut(ev.Text, " ")
	switch command {
	case "quiz":
		return talker{}.Step(env, bot.Event{Kind: bot.Press, Data: "quiz"})
	case "lesson":
		return talker{}.Step(env, bot.Event{Kind: bot.Press, Data: "lesson"})
	case "lang":
		person.Lang = rest
		r.Person = &person
		say("→ " + rest)
	case "zone":
		person.Zone = rest
		r.Person = &person
		say("→ " + rest)
	case "file":
		send(bot.Message{Text: "您的学习记录在这里。", Media: &bot.Media{Kind: bot.File, Name: "学习记录-2026-11.csv", Data: []byte(strings.Repeat("a,b\n", 9000))}})
	case "page":
		send(bot.Message{Media: &bot.Media{Kind: bot.File, Name: "x.html", Data: []byte("<script>alert(1)</script>")}})
	case "films":
		send(bot.Message{Text: "听一听", Media: &bot.Media{Kind: bot.Audio, URL: "https://example.org/a.mp3", Alt: "开场白，1 分钟"}})
		send(bot.Message{Text: "看一看", Media: &bot.Media{Kind: bot.Video, URL: "https://example.org/a.mp4", Alt: "职代会怎么开"}})
	case "buttons":
		send(bot.Message{Text: rest, Buttons: [][]bot.Button{row(rest+"=x", "toast=toast", "bad=javascript:alert(1)"),
			{{Label: "evil", URL: "javascript:alert(1)"}, {Label: "fine", URL: "http://example.org/?a=1&b=\"2\""}}}})
	case "many":
		for i := range 5 {
			say(fmt.Sprint(rest, " ", i+1))
		}
	case "forget":
		r.Effects = append(r.Effects, bot.Forget{})
		say("forgotten")
	case "silent":
	default:
		say("echo " + ev.Text)
	}
	return r
}

func (talker) Copy(*bot.Env, bot.Fanout, bot.Person) []bot.Effect { return nil }

// shelf has the pictures of the starter course under a short name.
type shelf struct{}

func (shelf) Asset(name string) ([]byte, error) {
	return os.ReadFile("../../content/courses/zh-cadre-quality/media/" + name[strings.LastIndexByte(name, '/')+1:])
}

var said = sync.OnceValue(func() *phrases.Catalog {
	p, err := phrases.Load()
	if err != nil {
		panic(err)
	}
	return p
})

// office is a web chat on a store, served on a free port of loopback.
type office struct {
	testing.TB
	store  *redis.Store
	seal   bot.Seal
	chat   *webchat.Chat
	engine *engine.Engine
	addr   string
	URL    string
	server *http.Server
	stop   func()
}

// newStore is an embedded store of the test's own.
func newStore(t testing.TB) *redis.Store {
	t.Helper()
	e, err := embedded.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	s, err := redis.New(e.Client(), "org")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func open(t testing.TB, setup ...func(*webchat.Config)) *office {
	t.Helper()
	return join(t, newStore(t), "a", setup...)
}

// logLines keeps the log of a test.
type logLines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logLines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logLines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func logger(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// join starts an instance on a store.
func join(t testing.TB, store *redis.Store, instance string, setup ...func(*webchat.Config)) *office {
	t.Helper()
	lines := &logLines{}
	log := logger(lines)
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(lines.String())
		}
	})
	o := &office{TB: t, store: store, seal: bot.NewSeal([]byte("key of the tests")), addr: "127.0.0.1:0"}
	cfg := webchat.Config{
		Pages: store, Seal: o.seal, URL: "http://127.0.0.1:8080", Langs: []string{"zh", "vi", "en"},
		Words:  func(lang, key string, args ...any) string { return said().Say(phrases.Lang(lang), key, args...) },
		Day:    func(lang string, t time.Time) string { return phrases.Date(phrases.Lang(lang), t) },
		Zone:   time.UTC,
		Assets: shelf{}, Log: log,
		Limits: webchat.Limits{Burst: 1000, PerSecond: 1000, NewChats: 10_000},
	}
	for _, set := range setup {
		set(&cfg)
	}
	var err error
	if o.chat, err = webchat.New(cfg); err != nil {
		t.Fatal(err)
	}
	o.chat.CompareEvery(100 * time.Millisecond)
	metrics, sending := engine.NewMetrics(prometheus.NewRegistry()), sender.NewMetrics(prometheus.NewRegistry())
	o.engine = engine.New(store, talker{}, nil, metrics, log)
	o.engine.Seal = o.seal
	sender := sender.New(store, o.chat, instance, func(context.Context, bot.Event) error { return nil }, sending, log)
	sender.Assets = shelf{}
	o.engine.Add(o.chat, sender)
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { sender.Run(ctx) })
	running.Go(func() { o.chat.Run(ctx) })
	o.serve()
	o.stop = sync.OnceFunc(func() {
		cancel()
		running.Wait()
		_ = o.server.Close()
	})
	t.Cleanup(o.stop)
	return o
}

// serve serves on the office's address, the same one after a cut.
func (o *office) serve() {
	o.Helper()
	var l net.Listener
	var err error
	for range 100 { // the port may need a moment to be free again
		if l, err = net.Listen("tcp", o.addr); err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err != nil {
		o.Fatal(err)
	}
	o.addr = l.Addr().String()
	o.URL = "http://" + o.addr
	o.server = &http.Server{Handler: o.chat.Handler(o.engine), ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout: 15 * time.Second, WriteTimeout: 35 * time.Second, IdleTimeout: 90 * time.Second, MaxHeaderBytes: 16 << 10}
	go func(s *http.Server) { _ = s.Serve(l) }(o.server)
}

// cut ends the listener and all connections.
func (o *office) cut() { _ = o.server.Close() }

// until waits for something to be so.
func until(t testing.TB, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(15 * time.Second); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

// browser is somebody's browser without script.
func browser() *http.Client {
	jar, _ := cookiejar.New(nil)
	return &http.Client{Jar: jar, Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}
