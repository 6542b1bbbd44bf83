package wire

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
)

// What failed before a byte was written was certainly not taken; what failed
// later may have been.
func TestPostKnowsWhatHasNotLeft(t *testing.T) {
	hangsUp := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	t.Cleanup(hangsUp.Close)
	closed := httptest.NewServer(nil)
	closed.Close()
	client := NewClient()
	t.Cleanup(client.CloseIdleConnections)
	for name, over := range map[string]http.RoundTripper{"lean": TransportOf(client), "standard": Standard()} {
		for address, certain := range map[string]bool{hangsUp.URL: false, closed.URL: true} {
			to, err := url.Parse(address)
			if err != nil {
				t.Fatal(err)
			}
			request := Take()
			WriteString(request, "x")
			_, _, err = Post(t.Context(), over, to, request, http.Header{})
			if err == nil || errors.Is(err, ErrNotSent) != certain {
				t.Errorf("%s, certain %v: %v", name, certain, err)
			}
		}
	}
}

func TestTextStandsAsItIs(t *testing.T) {
	b := Take()
	WriteString(b, "a\"\\\n\t<工>\x01\xff")
	want(t, "JSON", b.String(), `"a\"\\\n\t<工>\u0001`+"\uFFFD"+`"`)
	b.Reset()
	Entities.Write(b, `<b> & "x"`)
	want(t, "entities", b.String(), `&lt;b&gt; &amp; \"x\"`)
}
