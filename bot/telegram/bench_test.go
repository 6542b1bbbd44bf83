package telegram

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

// BenchmarkPost is what a send costs, the fake's part included; beside it what
// the same bytes cost when they are posted as they stand.
func BenchmarkPost(b *testing.B) {
	opts := loose()
	opts.NoHistory = true
	a, tg := start(b, opts)
	for i := range 200 {
		tg.Say(int64(i+1), "hi")
	}
	out := bot.Outgoing{Chat: "7", Message: bot.Message{Head: "❓ 3/10 · 工会干部的角色", Text: question, Buttons: [][]bot.Button{
		{{Label: "A", Data: "q:1:a"}, {Label: "B", Data: "q:1:b"}}, {{Label: "C", Data: "q:1:c"}, {Label: "D", Data: "q:1:d"}},
	}}}
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
	writePost(request, "7", c.Parts(out.Message)[0], false)
	body := request.String()
	plain := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	defer plain.CloseIdleConnections()
	b.Run("plain", func(b *testing.B) {
		run(b, func() error {
			resp, err := plain.Post(tg.URL()+"/bot"+tg.Token()+"/sendMessage", "application/json", strings.NewReader(body))
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

func BenchmarkDecode(b *testing.B) {
	a := named(b)
	raw := []byte(`{"update_id":5,"callback_query":{"id":"99","from":` + anna + `,"message":{"message_id":12,"from":` + me +
		`,"chat":` + private + `,"date":5,"text":"` + strings.ReplaceAll(question, "\n", `\n`) +
		`","reply_markup":{"inline_keyboard":[[{"text":"A","callback_data":"q:1:a"},{"text":"B","callback_data":"q:1:b"}]]}},"chat_instance":"1","data":"q:1:a"}}`)
	b.ReportAllocs()
	for b.Loop() {
		if _, ok, err := a.Decode(raw); !ok || err != nil {
			b.Fatal(err)
		}
	}
}
