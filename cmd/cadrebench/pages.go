package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// pages measures what 1,000 open pages cost one process, each with a question
// answered on it.
func pages(l *lab) error {
	p, err := l.startBeside("pages")
	if err != nil {
		return err
	}
	defer p.stop()
	if err := p.ready(); err != nil {
		return err
	}
	const n = 1000
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var live atomic.Int64
	var failed atomic.Pointer[error]
	var opening sync.WaitGroup
	places := make(chan struct{}, 16)
	for i := range n {
		places <- struct{}{}
		opening.Go(func() {
			defer func() { <-places }()
			if err := openPage(ctx, "http://"+p.listen, i, &live); err != nil {
				failed.Store(&err)
			}
		})
	}
	opening.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	time.Sleep(2 * time.Second)
	mb := p.resident()
	row(fmt.Sprintf("Resident memory with %d open pages of the web chat (%d live)", n, live.Load()),
		fmt.Sprintf("%.0f MB", mb), "≤ 150 MB", mb <= 150 && live.Load() == n)
	return nil
}

var (
	formField = regexp.MustCompile(`name="form" value="([^"]+)"`)
)

// openPage opens the page as a browser does, asks for a quiz, and leaves the page
// open until ctx ends.
func openPage(ctx context.Context, base string, i int, live *atomic.Int64) error {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	client := &http.Client{Jar: jar, Transport: &http.Transport{}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	from := fmt.Sprintf("10.%d.%d.7", i/250, i%250)
	do := func(req *http.Request) (*http.Response, error) {
		req.Header.Set("X-Forwarded-For", from)
		req.Header.Set("Accept-Language", "zh-CN")
		return client.Do(req)
	}
	page, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/", nil)
	if err != nil {
		return err
	}
	resp, err := do(page)
	if err != nil {
		return err
	}
	html, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	form := formField.FindSubmatch(html)
	if err != nil || form == nil {
		return fmt.Errorf("no form on the page: status %d, %w", resp.StatusCode, err)
	}
	post := func(path string, fields ...string) error {
		values := url.Values{"form": {string(form[1])}}
		for f := 0; f < len(fields); f += 2 {
			values.Set(fields[f], fields[f+1])
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+path, strings.NewReader(values.Encode()))
		if err != nil {
			return err
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Accept", "application/json")
		resp, err := do(req)
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		if body, _ := io.ReadAll(resp.Body); resp.StatusCode >= 400 {
			return fmt.Errorf("%s: status %d: %.200s", path, resp.StatusCode, body)
		}
		return nil
	}
	if err := post("/open", "id", fmt.Sprintf("open%d", i)); err != nil {
		return err
	}
	stream, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/live", nil)
	if err != nil {
		return err
	}
	if resp, err = do(stream); err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("live: status %d", resp.StatusCode)
	}
	came := make(chan struct{})
	go func() {
		defer resp.Body.Close()
		once := sync.OnceFunc(func() { close(came) })
		lines := bufio.NewScanner(resp.Body)
		for lines.Scan() {
			if strings.Contains(lines.Text(), "❓") {
				once()
			}
		}
	}()
	if err := post("/say", "id", fmt.Sprintf("say%d", i), "text", "小测"); err != nil {
		return err
	}
	select {
	case <-came:
		live.Add(1)
		return nil
	case <-time.After(20 * time.Second):
		return errors.New("no question came to the page")
	}
}

// status is what an address of a process answers with; 0 for nothing.
func status(host, path string) int {
	resp, err := http.Get("http://" + host + path)
	if err != nil {
		return 0
	}
	resp.Body.Close()
	return resp.StatusCode
}
