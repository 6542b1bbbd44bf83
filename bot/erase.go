package bot

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
)

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
