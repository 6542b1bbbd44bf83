package content

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"cadrebot/content/yaml"
)

// truth reads true or false; false as well when the key is missing.
func (r *reader) truth(key string) bool {
	f, p, ok := r.at(key)
	if !ok {
		return false
	}
	if p.Value.Kind == yaml.Scalar && p.Value.Bare {
		switch strings.ToLower(p.Value.Text) {
		case "true":
			return true
		case "false":
			return false
		}
	}
	r.bad(p.Value.At, f.key+" is neither true nor false", "write true or false, without quotation marks")
	return false
}

// whole reads a whole number within the field's bounds.
func (r *reader) whole(key string) int {
	f, p, ok := r.at(key)
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(r.plain(f, p))
	if err != nil || n < f.least || n > f.most {
		r.bad(p.Value.At, fmt.Sprintf("%s cannot be %q", f.key, shorten(p.Value.Text)), fmt.Sprintf("write a whole number from %d to %d", f.least, f.most))
		return 0
	}
	return n
}

// amount reads a number.
func (r *reader) amount(key string) float64 {
	f, p, ok := r.at(key)
	if !ok {
		return 0
	}
	s := r.plain(f, p)
	if s == "" {
		return 0
	}
	return r.number(f.key, p.Value, s)
}

// number reads digits with a decimal point. 3.920 is refused: it is three
// thousand where the text is Vietnamese and almost four where it is English.
func (r *reader) number(what string, n *yaml.Node, s string) float64 {
	digits, point := strings.TrimPrefix(s, "-"), false
	after := 0
	good := digits != "" && len(digits) <= 15 && digits[0] != '.' && digits[len(digits)-1] != '.'
	for _, c := range digits {
		switch {
		case c == '.' && !point:
			point = true
		case c < '0' || c > '9':
			good = false
		case point:
			after++
		}
	}
	if !good {
		r.bad(n.At, fmt.Sprintf("%s cannot be %q", what, shorten(s)), "write digits only, with a point before decimals: 3920 or 4.5")
		return 0
	}
	if after == 3 && digits[0] != '0' {
		whole := strings.Replace(s, ".", "", 1)
		r.bad(n.At, fmt.Sprintf("%s could be %s or a number with decimals", what, whole), fmt.Sprintf("write %s, or %s0 for decimals", whole, s))
		return 0
	}
	value, err := strconv.ParseFloat(s, 64)
	if err != nil {
		r.bad(n.At, fmt.Sprintf("%s cannot be %q", what, shorten(s)), "write a number such as 3920 or 4.5")
	}
	return value
}

// date reads a day of the calendar, as it was written.
func (r *reader) date(key string) string {
	f, p, ok := r.at(key)
	if !ok {
		return ""
	}
	s := r.plain(f, p)
	if s == "" {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		r.bad(p.Value.At, fmt.Sprintf("%s cannot be %q", f.key, shorten(s)), "write a day of the calendar as 2027-06-30")
		return ""
	}
	return s
}

// names reads a list of identifiers or tags, each once.
func (r *reader) names(key string) []string {
	f, p, ok := r.at(key)
	if !ok || !r.counted(f, p, p.Value) {
		return nil
	}
	out := make([]string, 0, len(p.Value.Items))
	for _, item := range p.Value.Items {
		s := strings.TrimSpace(item.Text)
		switch {
		case f.form == tags:
			if s = r.letters(&field{key: f.key, form: aLine, need: true, most: f.most}, "a tag", item); s != "" && !slices.Contains(out, s) {
				out = append(out, s)
			}
		case item.Kind != yaml.Scalar || !isID(s, f.most, true):
			r.bad(item.At, fmt.Sprintf("an entry of %s cannot be %q", f.key, shorten(s)), fmt.Sprintf("use 1 to %d signs: small letters a to z and digits and -", f.most))
		case slices.Contains(out, s):
			r.bad(item.At, fmt.Sprintf("%q stands in %s twice", s, f.key), "keep one of them")
		case f.known && !slices.Contains(r.in.cadres, s):
			r.strange(item.At, f.key, s, r.in.cadres)
		case f.known && !slices.Contains(r.in.inUse, s):
			// a category of the starter, in an org that has its own
		default:
			out = append(out, s)
		}
	}
	return out
}

// each opens the mappings of a list, one after the other.
func (r *reader) each(key string, do func(in *reader)) {
	f, p, ok := r.at(key)
	if !ok || !r.counted(f, p, p.Value) {
		return
	}
	for _, item := range p.Value.Items {
		if in := r.inside(f.of, item); in != nil {
			do(in)
		}
	}
}
