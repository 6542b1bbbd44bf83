package bot

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
)

// erase takes out of a turn's commit what would bring back whom it forgets:
// of the step's effects only what it sends, counts and keeps remains, and that
// without a trace of the person.
func (t *turn) erase() {
	c := t.commit
	for _, gone := range c.Forget {
		own := []Ref{{PersonRef, gone.Person}, {ConversationRef, gone.Person}, {MemoryRef, gone.Person}}
		c.Puts = slices.DeleteFunc(c.Puts, func(p PutThing) bool { return slices.Contains(own, p.Ref) })
		c.SetLinks = slices.DeleteFunc(c.SetLinks, func(l Link) bool { return l.Person == gone.Person })
		c.Members = slices.DeleteFunc(c.Members, func(m Member) bool { return m.Person == gone.Person })
		c.Marks = slices.DeleteFunc(c.Marks, func(m Mark) bool { return m.Person == gone.Person })
		c.Wakes = slices.DeleteFunc(c.Wakes, func(w Timer) bool { return slices.Contains(own, w.Target) })
		for i := range c.Out {
			if x := &c.Out[i]; x.Person == gone.Person {
				x.Person, x.Handle, x.Last = "", "", true
			}
		}
	}
}

// naming is how a thing names who makes it: a notice and its fan-out say whom
// they are from, and live on without them; a code leads to nobody then.
func naming(ref Ref, data []byte, p *Person) Naming {
	if ref.Kind != NoticeRef && ref.Kind != FanoutRef && ref.Kind != CodeRef || p.ID == "" {
		return Naming{}
	}
	for _, word := range []string{p.ID, p.Name} {
		if quoted, err := json.Marshal(word); err == nil && word != "" && bytes.Contains(data, quoted) {
			return Naming{p.ID, p.Name}
		}
	}
	return Naming{}
}

// NameKey is the key under which a thing keeps the name of whom it is from.
const NameKey = "from"

// Unname takes a person out of a thing's value, which is JSON: each text in it
// that is the identifier becomes empty, and the name where it stands under
// NameKey. Elsewhere a text may be the same and mean something else.
func (n Naming) Unname(data []byte) ([]byte, error) {
	var v any
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	return json.Marshal(n.unname("", v))
}

func (n Naming) unname(key string, v any) any {
	switch v := v.(type) {
	case string:
		if v == n.Person || key == NameKey && v == n.Name {
			return ""
		}
	case []any:
		for i := range v {
			v[i] = n.unname(key, v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = n.unname(k, v[k])
		}
	}
	return v
}

// Names reports whether an event in quarantine came from a chat of whom e
// erases, or names them. One that could not be decoded is of every chat on its
// channel whose address stands in it as a word.
func (e *Erasure) Names(p *Poison) bool {
	return bytes.Contains(p.Raw, []byte(e.Person)) || slices.ContainsFunc(e.Chats, func(a Address) bool {
		if p.Channel != a.Channel || p.Chat != "" {
			return p.Channel == a.Channel && p.Chat == a.Chat
		}
		word := regexp.MustCompile(`(^|[^\pL\pN-])` + regexp.QuoteMeta(a.Chat) + `($|[^\pL\pN])`)
		return word.Match(p.Raw)
	})
}

// forget drops what this process remembers of somebody. Other processes find
// out by the commit's guard of the link.
func (e *Engine) forget(gone Erasure) {
	for _, a := range gone.Chats {
		e.links.forget(a.Channel, a.Chat)
		if s := e.senders[a.Channel]; s != nil {
			s.forgetChat(a.Chat)
		}
	}
}
