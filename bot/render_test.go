package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestButtonsThatCantBeShownAreNumbered(t *testing.T) {
	m := Message{Head: "Choose", Text: "What now?", Buttons: [][]Button{
		{{Label: "Learn", Data: "learn"}, {Label: "Site", URL: "https://example.org"}}, {{Label: "A long way to say quiz", Data: "quiz"}}}}
	for _, c := range []struct {
		name    string
		channel Channel
		words   bool
		text    string
		buttons string
	}{
		{"none", Channel{}, false, "What now?\n1 Learn\nSite: https://example.org\n2 A long way to say quiz", "[]"},
		{"asks for words", Channel{}, true, "What now?\n· Learn\nSite: https://example.org\n· A long way to say quiz", "[]"},
		{"all", Channel{Buttons: true}, false, "What now?", "[[Learn Site] [A long way to say quiz]]"},
		{"too many", Channel{Buttons: true, Capacity: Capacity{Buttons: 2}}, false, "What now?\n1 Learn\nSite: https://example.org\n2 A long way to say quiz", "[]"},
		{"one by one", Channel{Buttons: true, Capacity: Capacity{Row: 1}}, false, "What now?", "[[Learn] [Site] [A long way to say quiz]]"},
		{"short labels", Channel{Buttons: true, Capacity: Capacity{Label: 10}}, false, "What now?\n2 A long way to say quiz", "[[Learn Site] [A long wa…]]"},
		{"short data", Channel{Buttons: true, Capacity: Capacity{Data: 4}}, false, "What now?\n1 Learn\nSite: https://example.org\n2 A long way to say quiz", "[]"},
	} {
		m.Words = c.words
		parts := c.channel.Parts(m)
		var labels [][]string
		for _, row := range parts[0].Buttons {
			var list []string
			for _, b := range row {
				list = append(list, b.Label)
			}
			labels = append(labels, list)
		}
		if len(parts) != 1 || parts[0].Text != "Choose\n"+c.text || fmt.Sprint(labels) != c.buttons {
			t.Errorf("%s:\n%+v\n%v", c.name, parts, labels)
		}
	}
}

// fuzzChannel and fuzzMessage are any channel and any message.
func fuzzChannel(t *rapid.T) *Channel {
	least := func(n int) int { return rapid.SampledFrom([]int{0, n, n + 9, 200}).Draw(t, "bound") }
	return &Channel{Buttons: rapid.Bool().Draw(t, "buttons"), Capacity: Capacity{
		Unit: rapid.SampledFrom([]Unit{Runes, UTF16, Bytes}).Draw(t, "unit"),
		Text: least(8), Caption: rapid.SampledFrom([]int{-1, 0, 8, 60}).Draw(t, "caption"),
		Buttons: least(1), Row: least(1), Label: least(5), Data: least(2)}}
}

func fuzzMessage(t *rapid.T) Message {
	text := func(name string) string {
		return rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("ab 工会。\n🎓e\u0301\u200d"))),
			rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 30), func(b []byte) string { return string(b) })).Draw(t, name)
	}
	m := Message{Head: text("head"), Text: text("text"), Words: rapid.Bool().Draw(t, "words")}
	if rapid.Bool().Draw(t, "media") {
		m.Media = &Media{Kind: Picture, Name: text("name"), Alt: text("alt")}
	}
	for range rapid.IntRange(0, 4).Draw(t, "rows") {
		var row []Button
		for range rapid.IntRange(0, 4).Draw(t, "row") {
			b := Button{Label: text("label"), Data: rapid.StringN(1, 8, 64).Draw(t, "data")}
			if rapid.Bool().Draw(t, "opens") {
				b.Data, b.URL = "", "https://example.org/"+b.Data
			}
			row = append(row, b)
		}
		m.Buttons = append(m.Buttons, row)
	}
	return m
}

// TestNothingIsLostOnAnyChannel renders any message for any channel: every part
// is within the limits, and every word and button is somewhere.
func TestNothingIsLostOnAnyChannel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, m := fuzzChannel(t), fuzzMessage(t)
		k := c.Capacity
		var all strings.Builder
		var buttons []Button
		files := 0
		parts := c.Parts(m)
		for i, p := range parts {
			most := k.Text
			if p.Media != nil {
				files++
				if most = k.Caption; most < 0 && p.Text != "" {
					t.Fatal("words under a file that carries none")
				}
			}
			if !utf8.ValidString(p.Text) || !k.fits(p.Text, most) || p.Bold > len(p.Text) || !utf8.ValidString(p.Text[:p.Bold]) {
				t.Fatalf("part %d: %q, bold %d, of at most %d", i, p.Text, p.Bold, most)
			}
			if len(p.Buttons) > 0 && i < len(parts)-1 {
				t.Fatal("buttons before the end")
			}
			for _, row := range p.Buttons {
				if k.Row > 0 && len(row) > k.Row {
					t.Fatalf("a row of %d", len(row))
				}
				for _, b := range row {
					if !k.fits(b.Label, k.Label) || k.Data > 0 && len(b.Data) > k.Data {
						t.Fatalf("button %+v", b)
					}
				}
				buttons = append(buttons, row...)
			}
			all.WriteString(p.Text)
		}
		if k.Buttons > 0 && len(buttons) > k.Buttons || !c.Buttons && len(buttons) > 0 {
			t.Fatalf("%d buttons", len(buttons))
		}
		if (m.Media != nil) != (files == 1) {
			t.Fatalf("%d files", files)
		}
		bare := func(s string) string { return strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), "") }
		shown := bare(all.String())
		for _, s := range []string{m.Head, m.Text} {
			if !strings.Contains(shown, bare(s)) {
				t.Fatalf("lost %q", s)
			}
		}
		for _, b := range slices.Concat(m.Buttons...) {
			there := slices.ContainsFunc(buttons, func(x Button) bool { return x.Data == b.Data && x.URL == b.URL })
			if in := strings.Contains(shown, bare(b.Label)); !there && !in ||
				there && !in && !slices.ContainsFunc(buttons, func(x Button) bool { return bare(x.Label) == bare(b.Label) }) {
				t.Fatalf("lost button %+v", b)
			}
		}
	})
}

func TestAnEditIsCutAndSaysSo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, m := fuzzChannel(t), fuzzMessage(t)
		p := c.Whole(m, false)
		if !utf8.ValidString(p.Text) || !c.Capacity.fits(p.Text, c.Capacity.Text) {
			t.Fatalf("%q", p.Text)
		}
		head := strings.ToValidUTF8(m.Head, "\uFFFD")
		if !utf8.ValidString(p.Text[:p.Bold]) || !strings.HasPrefix(head, p.Text[:p.Bold]) {
			t.Fatal("bold ends in the middle of a letter, or outside the head")
		}
		if whole := c.shown(m).Plain(); c.Capacity.fits(whole, c.Capacity.Text) && p.Text != whole {
			t.Fatal("cut what fits")
		} else if !c.Capacity.fits(whole, c.Capacity.Text) && !strings.HasSuffix(p.Text, "…") {
			t.Fatalf("cut without a word: %q", p.Text)
		}
	})
}
