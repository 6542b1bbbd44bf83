package telegramtest_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"cadrebot/bot/telegram/telegramtest"
)

// The fake shares a machine with the bot that is measured: this is what one
// call of it costs, its client's part included.
func BenchmarkSendMessage(b *testing.B) {
	opts := loose()
	opts.NoHistory = true
	tg := telegramtest.NewServer(opts)
	defer tg.Close()
	people(tg, 200)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	defer client.CloseIdleConnections()
	const body = `{"chat_id":7,"text":"❓ 3/10 · 工会干部的角色\n“跳出工会看工会”说的是什么？\nA 多参加工会以外的活动\nB 从更广的社会角度认识工会的作用\nC 请外单位来评价工会工作\nD 把工会工作交给其他部门","parse_mode":"HTML","reply_markup":{"inline_keyboard":[[{"text":"A","callback_data":"q:1:a"},{"text":"B","callback_data":"q:1:b"}],[{"text":"C","callback_data":"q:1:c"},{"text":"D","callback_data":"q:1:d"}]]}}`
	url := tg.URL() + "/bot" + tg.Token() + "/sendMessage"
	b.SetParallelism(32)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			resp, err := client.Post(url, "application/json", strings.NewReader(body))
			if err != nil {
				b.Error(err)
				return
			}
			if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.StatusCode != 200 {
				b.Errorf("status %d, %v", resp.StatusCode, err)
			}
			resp.Body.Close()
		}
	})
}
