package phrases

import (
	"fmt"
	"strings"
)

// Say is the text of a key in a language, with its places filled. args are
// names and values by turns: "n", 3, "topic", "…". An int is written the way
// the language writes numbers, a string as it is. Where a text has a plural, the
// argument "n" chooses it. A key the language lacks is said in English; a key
// that English lacks too comes back in brackets; a place without an argument
// stays as {name}. Of a key with several variants, Say takes the first.
func (p *Catalog) Say(lang Lang, key string, args ...any) string {
	ph := p.find(lang, key)
	if ph == nil {
		return "[" + key + "]"
	}
	return ph.variants[0].say(lang, args)
}

// Vary is Say for words that change from day to day: seed chooses among the
// key's variants, the same one for the same seed.
func (p *Catalog) Vary(lang Lang, key string, seed uint64, args ...any) string {
	ph := p.find(lang, key)
	if ph == nil {
		return "[" + key + "]"
	}
	return ph.variants[mix(seed)%uint64(len(ph.variants))].say(lang, args)
}

// Words is a key's list of plain words in one language, as written; nil when
// the language has none, for another language's words would not be its own.
// The slice is shared and must not be changed.
func (p *Catalog) Words(lang Lang, key string) []string {
	if e := p.entries[key]; e != nil {
		return e[lang.Index()].words
	}
	return nil
}

// Has tells whether a key exists in any language.
func (p *Catalog) Has(key string) bool { return p.entries[key] != nil }

func (p *Catalog) find(lang Lang, key string) *phrase {
	e := p.entries[key]
	if e == nil {
		return nil
	}
	if ph := &e[lang.Index()]; ph.present {
		return ph
	}
	if ph := &e[EN.Index()]; ph.present {
		return ph
	}
	return nil
}

func (v *variant) say(lang Lang, args []any) string {
	parts := v.other
	if v.one != nil && isOne(argument(args, "n")) {
		parts = v.one
	}
	if len(parts) == 1 && parts[0].name == "" {
		return parts[0].literal
	}
	size := 0
	for i := range parts {
		size += len(parts[i].literal)
	}
	for i := 1; i < len(args); i += 2 {
		if s, ok := args[i].(string); ok {
			size += len(s)
		} else {
			size += 8
		}
	}
	var b strings.Builder
	b.Grow(size)
	for i := range parts {
		if parts[i].name == "" {
			b.WriteString(parts[i].literal)
			continue
		}
		value := argument(args, parts[i].name)
		switch value := value.(type) {
		case string:
			b.WriteString(value)
		case int:
			writeNumber(&b, lang, value)
		case nil:
			b.WriteString("{" + parts[i].name + "}")
		default:
			b.WriteString(fmt.Sprint(value))
		}
	}
	return b.String()
}

// argument finds a value by its name; nil when it is not among args.
func argument(args []any, name string) any {
	for i := 0; i+1 < len(args); i += 2 {
		if s, ok := args[i].(string); ok && s == name {
			return args[i+1]
		}
	}
	return nil
}

func isOne(v any) bool {
	switch v := v.(type) {
	case int:
		return v == 1
	case string:
		return v == "1"
	}
	return false
}

// mix spreads seeds that follow one another (days, person numbers) over all
// variants.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
