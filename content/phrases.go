package content

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"golang.org/x/text/unicode/norm"
)

//go:embed phrases/*/*.yaml
var phraseFiles embed.FS

// Phrases are the words the bot says, in every language, parsed once. They
// never change after loading, so any number of goroutines may say them.
type Phrases struct {
	entries map[string]*[3]phrase
}

// phrase is one key in one language: its variants, usually one, or plain words.
type phrase struct {
	present  bool
	list     bool // written as a list
	variants []variant
	words    []string // a list as written, for Words
}

// variant is a text with its plural: one is nil when the text has no plural.
type variant struct {
	one, other []part
}

// part is literal text or, when name is set, the place of an argument.
type part struct {
	literal, name string
}

// LoadPhrases reads the phrase files that come with the program. It fails when
// one of them cannot be read or holds something that is no phrase.
func LoadPhrases() (*Phrases, error) {
	texts := map[Lang]string{}
	for _, lang := range Langs {
		files, err := fs.Glob(phraseFiles, "phrases/"+string(lang)+"/*.yaml")
		if err != nil {
			return nil, fmt.Errorf("read phrases: %w", err)
		}
		for _, file := range files {
			raw, err := phraseFiles.ReadFile(file)
			if err != nil {
				return nil, fmt.Errorf("read phrases: %w", err)
			}
			texts[lang] += string(raw) + "\n"
		}
	}
	return parsePhrases(texts)
}

// maxPhraseTokens bounds a phrase file; it is ours, so the bound is wide.
const maxPhraseTokens = 50_000

func parsePhrases(texts map[Lang]string) (*Phrases, error) {
	p := &Phrases{entries: map[string]*[3]phrase{}}
	for _, lang := range Langs {
		file := "phrases/" + string(lang)
		root, bad := parseYAML(texts[lang], 1, maxPhraseTokens)
		if bad == nil && root.kind != mapping {
			bad = &mistake{root.at, "keys with texts are expected", "write key: text"}
		}
		if bad != nil {
			return nil, fmt.Errorf("read phrases: %s", Problem{file, bad.at.line, bad.at.column, bad.message, bad.remedy})
		}
		for _, pair := range root.keys {
			ph, err := readPhrase(pair.value)
			if err != nil {
				return nil, fmt.Errorf("read phrases: %s:%d: %s: %w", file, pair.at.line, pair.key, err)
			}
			e := p.entries[pair.key]
			if e == nil {
				e = &[3]phrase{}
				p.entries[pair.key] = e
			}
			e[lang.index()] = ph
		}
	}
	return p, nil
}

func readPhrase(n *node) (phrase, error) {
	items := []*node{n}
	if n.kind == list {
		items = n.items
	}
	ph := phrase{present: true, list: n.kind == list}
	for _, item := range items {
		v, text, err := readVariant(item)
		if err != nil {
			return phrase{}, err
		}
		ph.variants = append(ph.variants, v)
		ph.words = append(ph.words, text)
	}
	if len(ph.variants) == 0 {
		return phrase{}, fmt.Errorf("the list is empty")
	}
	return ph, nil
}

func readVariant(n *node) (variant, string, error) {
	if n.kind == scalar {
		text := clean(n.text)
		parts, err := splitParts(text)
		return variant{other: parts}, text, err
	}
	var v variant
	var text string
	for _, p := range n.keys {
		if p.value.kind != scalar || (p.key != "one" && p.key != "other") {
			return v, "", fmt.Errorf("a plural has the keys one and other, each with a text, and no %q", p.key)
		}
		parts, err := splitParts(clean(p.value.text))
		if err != nil {
			return v, "", err
		}
		if p.key == "one" {
			v.one = parts
		} else {
			v.other, text = parts, clean(p.value.text)
		}
	}
	if v.one == nil || v.other == nil {
		return v, "", fmt.Errorf("neither a text nor a plural with one and other")
	}
	return v, text, nil
}

func clean(s string) string { return strings.TrimSpace(norm.NFC.String(s)) }

// splitParts cuts "a {b} c" into literals and names.
func splitParts(text string) ([]part, error) {
	parts := []part{}
	for text != "" {
		open := strings.IndexAny(text, "{}")
		if open < 0 {
			return append(parts, part{literal: text}), nil
		}
		if open > 0 {
			parts = append(parts, part{literal: text[:open]})
		}
		end := strings.IndexByte(text, '}')
		if text[open] == '}' || end < 0 || !isName(text[open+1:end]) {
			return nil, fmt.Errorf("a brace in %q is not part of a {name}", text)
		}
		parts = append(parts, part{name: text[open+1 : end]})
		text = text[end+1:]
	}
	if len(parts) == 0 {
		return nil, fmt.Errorf("the text is empty")
	}
	return parts, nil
}

// isName tells argument names: small letters, digits and _, beginning with a letter.
func isName(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := c >= 'a' && c <= 'z'
		if !letter && (i == 0 || (c < '0' || c > '9') && c != '_') {
			return false
		}
	}
	return s != ""
}
