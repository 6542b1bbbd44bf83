package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"cadrebot/bot/bottest"
	"cadrebot/bot/telegram/telegramtest"
)

// poster posts plain JSON on warm connections.
type poster struct {
	client *http.Client
	base   string
}

func newPoster(fake *telegramtest.Server) *poster {
	return &poster{
		client: &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 1024, MaxIdleConns: 1024}},
		base:   fake.URL() + "/bot" + fake.Token() + "/",
	}
}

func (p *poster) post(method, body string) []byte {
	resp, err := p.client.Post(p.base+method, "application/json", strings.NewReader(body))
	if err != nil {
		return nil
	}
	defer resp.Body.Close()
	data, _ := io.ReadAll(resp.Body)
	return data
}

// Bodies of the size of a real press's three posts.
const (
	answerBody = `{"callback_query_id":"1"}`
	stem       = "进入新时代，材料说工会工作面临哪四样“新”？\\n✅ 任务、对象、领域、环境\\n\\n任务、对象、领域、环境都是新的，难题和挑战也跟着来。"
	keyboard   = `{"inline_keyboard":[[{"text":"任务、对象、领域、环境","callback_data":"a:abcdef.3:a"},{"text":"目标、章程、名称、机构","callback_data":"a:abcdef.3:b"}],[{"text":"领域、环境、职级、会址","callback_data":"a:abcdef.3:c"},{"text":"任务、对象、编制、经费","callback_data":"a:abcdef.3:d"}]]}`
)

func sendBody(chat int64) string {
	return fmt.Sprintf(`{"chat_id":%d,"text":"<b>❓ 3/10 · 为什么学，学什么</b>\n%s","parse_mode":"HTML","reply_markup":%s}`, chat, stem, keyboard)
}

func editBody(chat int64, message int) string {
	return fmt.Sprintf(`{"chat_id":%d,"message_id":%d,"text":"<b>✅ 3/10 %d</b>\n%s","parse_mode":"HTML"}`, chat, message, time.Now().UnixNano(), stem)
}

// messageID finds the identifier in the answer to a sendMessage.
func messageID(data []byte) int {
	_, rest, _ := bytes.Cut(data, []byte(`"message_id":`))
	id := 0
	for _, c := range rest {
		if c < '0' || c > '9' {
			break
		}
		id = id*10 + int(c-'0')
	}
	return id
}

// floor is what the machine can do: two round trips to the database and the
// same three posts, 64 at a time. It returns presses a second.
func floor(l *lab) float64 {
	fake := telegramtest.NewServer(telegramtest.Options{NoHistory: true,
		Rate: bottest.Unlimited, ChatRate: bottest.Unlimited, GroupRate: bottest.Unlimited})
	defer fake.Close()
	p := newPoster(fake)
	state := strings.Repeat("x", 700)
	var n atomic.Int64
	var wg sync.WaitGroup
	ctx, cancel := context.WithCancel(context.Background())
	for i := range 64 {
		wg.Go(func() {
			chat := int64(1000 + i)
			fake.AddUser(telegramtest.User{ID: chat, FirstName: "F", Started: true})
			last := messageID(p.post("sendMessage", sendBody(chat)))
			key := fmt.Sprintf("{floor}:%d", i)
			for ctx.Err() == nil {
				l.db.MGet(ctx, key, key+":p")
				l.db.Set(ctx, key, state, 0)
				p.post("answerCallbackQuery", answerBody)
				p.post("editMessageText", editBody(chat, last))
				last = messageID(p.post("sendMessage", sendBody(chat)))
				n.Add(1)
			}
		})
	}
	time.Sleep(time.Second)
	before, began := n.Load(), time.Now()
	time.Sleep(l.span)
	rate := float64(n.Load()-before) / time.Since(began).Seconds()
	cancel()
	wg.Wait()
	return rate
}
