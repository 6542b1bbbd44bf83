package phrases

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"golang.org/x/text/unicode/norm"

	"cadrebot/content/yaml"
)

//go:embed zh/*.yaml vi/*.yaml en/*.yaml
var phraseFiles embed.FS

// Phrases are the words the bot says, in every language, parsed once. They
// never change after loading, so any number of goroutines may say them.
type Catalog struct {
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

// Load reads the phrase files that come with the program. It fails when
// one of them cannot be read or holds something that is no phrase.
func Load() (*Catalog, error) {
	texts := map[Lang]string{}
	for _, lang := range Langs {
		files, err := fs.Glob(phraseFiles, string(lang)+"/*.yaml")
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
	return Parse(texts)
}

// maxPhraseTokens bounds a phrase file; it is ours, so the bound is wide.
const maxPhraseTokens = 50_000

// Parse reads phrases that are written as the files are, one text a language.
func Parse(texts map[Lang]string) (*Catalog, error) {
	p := &Catalog{entries: map[string]*[3]phrase{}}
	for _, lang := range Langs {
		file := "phrases/" + string(lang)
		root, bad := yaml.Parse(texts[lang], 1, maxPhraseTokens)
		if bad == nil && root.Kind != yaml.Mapping {
			bad = &yaml.Mistake{At: root.At, Message: "keys with texts are expected", Remedy: "write key: text"}
		}
		if bad != nil {
			return nil, fmt.Errorf("read phrases: %s:%d:%d: %s; %s", file, bad.At.Line, bad.At.Column, bad.Message, bad.Remedy)
		}
		for _, pair := range root.Keys {
			ph, err := readPhrase(pair.Value)
			if err != nil {
				return nil, fmt.Errorf("read phrases: %s:%d: %s: %w", file, pair.At.Line, pair.Key, err)
			}
			e := p.entries[pair.Key]
			if e == nil {
				e = &[3]phrase{}
				p.entries[pair.Key] = e
			}
			e[lang.Index()] = ph
		}
	}
	return p, nil
}

func readPhrase(n *yaml.Node) (phrase, error) {
	items := []*yaml.Node{n}
	if n.Kind == yaml.List {
		items = n.Items
	}
	ph := phrase{present: true, list: n.Kind == yaml.List}
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

func readVariant(n *yaml.Node) (variant, string, error) {
	if n.Kind == yaml.Scalar {
		text := clean(n.Text)
		parts, err := splitParts(text)
		return variant{other: parts}, text, err
	}
	var v variant
	var text string
	for _, p := range n.Keys {
		if p.Value.Kind != yaml.Scalar || (p.Key != "one" && p.Key != "other") {
			return v, "", fmt.Errorf("a plural has the keys one and other, each with a text, and no %q", p.Key)
		}
		parts, err := splitParts(clean(p.Value.Text))
		if err != nil {
			return v, "", err
		}
		if p.Key == "one" {
			v.one = parts
		} else {
			v.other, text = parts, clean(p.Value.Text)
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
