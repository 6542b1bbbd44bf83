package webchat

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
)

// reader is who looks at a page: their language and clock.
type reader struct {
	lang string
	zone *time.Location
}

// reader finds out who looks. A person's own language goes before that of the
// browser, which is all there is of a guest.
func (c *Chat) reader(ctx context.Context, r *http.Request, chat string) reader {
	who := reader{c.accepted(r), c.zone}
	if chat == "" {
		return who
	}
	return c.readerNow(ctx, chat, who)
}

// readerNow is the reader as they are now.
func (c *Chat) readerNow(ctx context.Context, chat string, was reader) reader {
	p, ok := c.person(ctx, chat)
	if !ok {
		return was
	}
	if slices.Contains(c.langs, p.Lang) {
		was.lang = p.Lang
	}
	if zone, err := time.LoadLocation(p.Zone); err == nil && p.Zone != "" {
		was.zone = zone
	}
	return was
}

// person is whom a chat belongs to; false where it is nobody's, or can't be read:
// the page's own words are no reason to show none.
func (c *Chat) person(ctx context.Context, chat string) (p bot.Person, ok bool) {
	links, err := c.pages.Load(ctx, bot.Ref{Kind: bot.LinkRef, ID: Name + ":" + chat})
	if err != nil || len(links) != 1 || !links[0].Exists() {
		return p, false
	}
	people, err := c.pages.Load(ctx, bot.Ref{Kind: bot.PersonRef, ID: string(links[0].Data)})
	if err != nil || len(people) != 1 || !people[0].Exists() {
		return p, false
	}
	return p, json.Unmarshal(people[0].Data, &p) == nil
}

// accepted is the language that a browser likes best of those there are.
func (c *Chat) accepted(r *http.Request) string {
	for _, tag := range liked(r.Header.Get("Accept-Language")) {
		base, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if slices.Contains(c.langs, base) {
			return base
		}
	}
	if len(c.langs) == 0 {
		return "en"
	}
	return c.langs[0]
}

// mostLiked bounds how many languages of a browser are looked at.
const mostLiked = 16

// liked are the languages of an Accept-Language, the best first.
func liked(header string) []string {
	type tag struct {
		name string
		q    float64
	}
	var tags []tag
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		q := 1.0
		if v, ok := strings.CutPrefix(strings.TrimSpace(params), "q="); ok {
			q, _ = strconv.ParseFloat(v, 64)
		}
		name = strings.TrimSpace(name)
		if isTag(name) && q > 0 && len(tags) < mostLiked {
			tags = append(tags, tag{name, q})
		}
	}
	slices.SortStableFunc(tags, func(a, b tag) int { return cmp.Compare(b.q, a.q) })
	names := make([]string, len(tags))
	for i, t := range tags {
		names[i] = t.name
	}
	return names
}

func isTag(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return s != "" && len(s) <= 35
}
