package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"time"

	"cadrebot/bot/wire"
)

// call makes one call of the Web API and has read take the identifier out of a
// success. What is wrong Slack says with status 200, too.
func (a *Adapter) call(ctx context.Context, method string, request *bytes.Buffer, read func([]byte) (string, error)) (string, error) {
	resp, answer, err := wire.Post(ctx, a.wire, a.methods[method], request, a.header)
	if err != nil {
		return "", fmt.Errorf("slack: %w", a.scrub(err))
	}
	defer wire.Give(answer)
	if resp.StatusCode != http.StatusOK || !isOK(answer.Bytes()) {
		return "", a.refused(resp, answer.Bytes())
	}
	return read(answer.Bytes())
}

func isOK(body []byte) bool {
	if bytes.HasPrefix(body, accepted) {
		return true
	}
	var said struct {
		OK bool `json:"ok"`
	}
	return json.Unmarshal(body, &said) == nil && said.OK
}

// bare is the header of what goes to an address that is a secret itself: no
// token goes along.
var bare = http.Header{"Content-Type": {"application/json; charset=utf-8"}, "User-Agent": {"cadrebot"}}

// respond posts to a response_url.
func (a *Adapter) respond(ctx context.Context, to *url.URL, request *bytes.Buffer) error {
	resp, answer, err := wire.Post(ctx, a.wire, to, request, bare)
	if err != nil {
		return fmt.Errorf("slack: respond to a press: %w", a.scrub(err, to.String(), to.Path, to.RequestURI()))
	}
	defer wire.Give(answer)
	body := bytes.TrimSpace(answer.Bytes())
	if resp.StatusCode == http.StatusOK && (len(body) == 0 || string(body) == "ok" || isOK(body)) {
		return nil
	}
	if resp.StatusCode/100 == 4 && word.Match(body) {
		return &refusal{Code: string(body), Status: resp.StatusCode} // in plain words, as hooks do
	}
	return a.refused(resp, body)
}

// word is an error's name, alone.
var word = regexp.MustCompile(`^[a-z_]{3,60}$`)

// sleep is false, at once, where the context ends before so long.
func sleep(ctx context.Context, d time.Duration) bool {
	if end, ok := ctx.Deadline(); ok && time.Until(end) <= d {
		return false
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
