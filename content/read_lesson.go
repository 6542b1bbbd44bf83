package content

import (
	"fmt"
	"strings"
)

// readLesson checks a lesson as it reads in one language. It is nil, and ok
// false, when it has a mistake; nil alone when it is not translated.
func readLesson(r *reader) (lesson *Lesson, ok bool) {
	lesson = &Lesson{
		ID:      r.id("id"),
		Module:  r.id("module"),
		Lang:    r.lang,
		Title:   r.text("title"),
		Minutes: r.whole("minutes"),
		Learned: r.text("learned"),
		Tags:    r.names("tags"),
		For:     r.names("for"),
		Review:  r.date("review"),
	}
	r.each("cards", func(in *reader) {
		lesson.Cards = append(lesson.Cards, readCard(in))
		r.join(in)
	})
	if !r.ok || !r.there {
		return nil, r.ok
	}
	return lesson, true
}

// cardKinds are the keys of a card of each kind, in the order in which the kinds
// are looked for: a text may go with another kind, so it comes last.
var cardKinds = func() (all []kindObject) {
	for _, k := range cardObject.kinds[1:] {
		all = append(all, kindObject{CardKind(k.name), cardObject.as(k.name)})
	}
	return append(all, kindObject{CardText, cardObject.as(string(CardText))})
}()

type kindObject struct {
	kind CardKind
	of   *object
}

func readCard(r *reader) Card {
	c := Card{}
	for _, k := range cardKinds {
		if !r.has(string(k.kind)) {
			continue
		}
		if c.Kind == "" {
			c.Kind, r.of = k.kind, k.of
		}
	}
	if c.Kind == "" {
		for _, p := range r.node.Keys {
			if near, ok := nearest(p.Key, cardKeys); ok {
				r.bad(p.At, fmt.Sprintf("a card has no %q", shorten(p.Key)), "did you mean "+near+"?")
				return c
			}
		}
		r.bad(r.node.At, "this card shows nothing", "give it one of the keys "+strings.Join(cardKeys, ", "))
		return c
	}
	r.keys()
	c.Title, c.Source = r.text("title"), r.text("source")
	if r.of.field("text") != nil {
		c.Text = r.text("text")
	}
	switch c.Kind {
	case CardPicture, CardAudio, CardVideo:
		c.File, c.URL = r.media(string(c.Kind))
		c.Alt = r.text("alt")
	case CardLink:
		c.URL = r.address("link")
	case CardReading:
		c.Pages = r.list("reading")
	case CardCheck:
		c.Check = r.id("check")
	case CardCase:
		c.Case = readCase(r)
	}
	return c
}

var cardKeys = func() (keys []string) {
	for _, k := range cardObject.kinds {
		keys = append(keys, k.name)
	}
	return keys
}()

// media reads the name of a file of the course, or an address on the web.
func (r *reader) media(key string) (file, url string) {
	s := r.text(key)
	if strings.Contains(s, "://") {
		return "", r.address(key)
	}
	if s == "" {
		return "", ""
	}
	if fault, remedy := r.in.media.fault(key, s); fault != "" {
		r.bad(r.place(key), fault, remedy)
	}
	return s, ""
}

// address reads an address on the web.
func (r *reader) address(key string) string {
	s := r.text(key)
	if s != "" && !isAddress(s) {
		r.bad(r.place(key), key+" is no address that begins with https://", "copy the address from the browser; a page without https is not shown")
	}
	return s
}

// isAddress tells https:// with a host that has a point in it, and no sign that
// must not stand in an address.
func isAddress(s string) bool {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok || strings.ContainsAny(s, " \"<>\\^`{|}") {
		return false
	}
	host := rest
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		host = rest[:end]
	}
	name, port, _ := strings.Cut(host, ":")
	return strings.Contains(strings.Trim(name, "."), ".") && !strings.Contains(name, "..") && !strings.Contains(name, "@") &&
		strings.Trim(port, "0123456789") == ""
}
