package slack

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"cadrebot/bot"
	"cadrebot/bot/wire"
)

const question = "“跳出工会看工会”说的是什么？\nA 多参加工会以外的活动\nB 从更广的社会角度认识工会的作用\nC 请外单位来评价工会工作\nD 把工会工作交给其他部门"

func asked(dm string) bot.Outgoing {
	return bot.Outgoing{Chat: dm, Message: bot.Message{Head: "❓ 3/10 · 工会干部的角色", Text: question, Buttons: [][]bot.Button{
		{{Label: "A", Data: "q:1:a"}, {Label: "B", Data: "q:1:b"}}, {{Label: "C", Data: "q:1:c"}, {Label: "D", Data: "q:1:d"}},
	}}}
}

// BenchmarkPost is what a send costs, the fake's part included; beside it what
// the same bytes cost when they are posted as they stand.
func BenchmarkPost(b *testing.B) {
	opts := loose()
	opts.NoHistory = true
	a, s := start(b, opts)
	out := asked(s.DM("U1"))
	run := func(b *testing.B, one func() error) {
		b.SetParallelism(32)
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if err := one(); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	b.Run("adapter", func(b *testing.B) {
		run(b, func() error { return a.Post(context.Background(), out).Err })
	})
	request := wire.Take()
	c := a.Channel()
	writePost(request, out.Chat, body{part: c.Parts(out.Message)[0]})
	text := request.String()
	plain := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	defer plain.CloseIdleConnections()
	b.Run("plain", func(b *testing.B) {
		run(b, func() error {
			req, err := http.NewRequest(http.MethodPost, s.URL()+"chat.postMessage", strings.NewReader(text))
			if err != nil {
				return err
			}
			req.Header = a.header
			resp, err := plain.Do(req)
			if err != nil {
				return err
			}
			defer resp.Body.Close()
			if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.StatusCode != http.StatusOK {
				return fmt.Errorf("status %d, %w", resp.StatusCode, err)
			}
			return nil
		})
	})
}

func BenchmarkEncode(b *testing.B) {
	out := asked("D1")
	c := named(b).Channel()
	b.ReportAllocs()
	for b.Loop() {
		request := wire.Take()
		writePost(request, out.Chat, body{part: c.Parts(out.Message)[0]})
		wire.Give(request)
	}
}

func BenchmarkDecode(b *testing.B) {
	a, raw := named(b), []byte(strings.Replace(press, `"text":"q"`, `"text":"`+strings.ReplaceAll(question, "\n", `\n`)+`"`, 1))
	b.ReportAllocs()
	for b.Loop() {
		if _, ok, err := a.Decode(interactive, raw); !ok || err != nil {
			b.Fatal(err)
		}
	}
}
