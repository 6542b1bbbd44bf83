package telegram

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"time"

	"cadrebot/bot/wire"
)

// callWithin bounds every call but the long poll.
const callWithin = 30 * time.Second

// postHeader is shared by all posts: a transport must not change it.
var postHeader = http.Header{"Content-Type": {"application/json"}, "User-Agent": {"cadrebot"}}

// post makes one call, as wire.Post does. The token, which is in every address,
// is in none of its errors.
func (a *Adapter) post(ctx context.Context, to *url.URL, request *bytes.Buffer, header http.Header) (*http.Response, *bytes.Buffer, error) {
	resp, answer, err := wire.Post(ctx, a.wire, to, request, header)
	return resp, answer, a.scrub(err)
}
