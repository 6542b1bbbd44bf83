package webchat

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
)

//go:embed page.html
var pageSource string

var templates = template.Must(template.New("page.html").Parse(pageSource))

// view is a message as a page shows it.
type view struct {
	Number, Change int64
	Own            bool
	First          bool // of its day
	Say            string
	Head           string
	Text           []span
	Media          *mediaView
	Rows           [][]buttonView
	Day, Date      string // of its day: to compare, and to read
	Clock, Instant string
	Form, ID       string
	Who            string // whose words these are, for who does not see it
	Chosen         string // in words, for who does not see it
}

// span is a stretch of a text: words or, with an address, a link.
type span struct{ Text, URL string }

type buttonView struct {
	Label, Data, URL string
	Pressed, Wide    bool // Wide has a line of its own
}

type mediaView struct {
	Kind             bot.MediaKind
	At, Name, Alt    string
	Size, Download   string
	Width, High      int
	Elsewhere, Plain bool
}

// viewer makes views for one reader of one chat.
type viewer struct {
	c        *Chat
	who      reader
	form     string
	you, bot string
	chosen   string
}

func (c *Chat) viewer(chat string, who reader) *viewer {
	say := func(key string) string { return c.words(who.lang, key) }
	return &viewer{c: c, who: who, form: c.formToken(chat), you: say("web.you"), bot: say("web.bot"), chosen: say("web.chosen")}
}

// of makes a view of a kept message; one that can't be read is an empty one.
func (v *viewer) of(number, change int64, message []byte, pressed string) view {
	k, _ := decodeKept(message)
	at := time.UnixMilli(k.At).In(v.who.zone)
	m := view{
		Number: number, Change: change, Own: k.Own, Say: k.Say, Head: k.Head, Text: spans(k.Text),
		Day: at.Format(time.DateOnly), Date: v.c.day(v.who.lang, at), Clock: at.Format("15:04"), Instant: at.UTC().Format(time.RFC3339),
		Form: v.form, ID: "n" + strconv.FormatInt(change, 36) + "-" + strconv.FormatInt(k.At, 36), Who: v.bot,
	}
	if k.Own {
		m.Who = v.you
	}
	if k.Media != nil {
		m.Media = v.media(number, k.Media)
	}
	for _, row := range k.Buttons {
		var shown []buttonView
		for _, b := range row {
			switch {
			case b.URL == "":
				on := pressed != "" && pressed == b.Data
				shown = append(shown, buttonView{Label: b.Label, Data: b.Data, Pressed: on, Wide: wide(b.Label)})
				if on {
					m.Chosen = v.chosen
				}
			case isWeb(b.URL):
				shown = append(shown, buttonView{Label: b.Label, URL: b.URL, Wide: wide(b.Label)})
			default:
				m.Text = append(m.Text, span{Text: "\n" + b.Label + ": " + b.URL})
			}
		}
		if len(shown) > 0 {
			m.Rows = append(m.Rows, shown)
		}
	}
	return m
}

// wide tells labels that are too long to stand beside others on a phone.
func wide(label string) bool {
	n := 0
	for _, r := range label {
		n++
		if r > 0x2e80 { // Chinese characters are as wide as two letters
			n++
		}
	}
	return n > 20
}

func (v *viewer) media(number int64, k *keptMedia) *mediaView {
	m := &mediaView{Kind: k.Kind, Name: k.Name, Alt: k.Alt, Width: k.Width, High: k.High, Download: v.c.words(v.who.lang, "web.download")}
	switch {
	case k.Asset != "":
		m.At = "/asset/" + (&url.URL{Path: k.Asset}).EscapedPath()
	case k.URL != "" && isWeb(k.URL):
		m.At, m.Elsewhere = k.URL, true
		if strings.HasPrefix(strings.ToLower(k.URL), "http:") && k.Kind != bot.File {
			m.Kind = bot.File // the page takes nothing from an open line
		}
	default:
		m.At = "/file/" + strconv.FormatInt(number, 10)
	}
	if k.Size > 0 {
		m.Size = size(k.Size)
	}
	return m
}

// size is how large a file is, as people read it.
func size(n int) string {
	switch {
	case n < 1<<10:
		return strconv.Itoa(n) + " B"
	case n < 1<<20:
		return strconv.Itoa((n+1<<9)>>10) + " KB"
	}
	return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MB"
}

// isWeb tells addresses that may be opened: of the web, with a host.
func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// links finds what people can open in a text. What ends a sentence ends it too.
var links = regexp.MustCompile(`https?://[^\s<>"'“”‘’「」『』《》（）()，。、；：！？…]+`)

// spans cuts a text into words and links.
func spans(text string) []span {
	var list []span
	from := 0
	for _, at := range links.FindAllStringIndex(text, -1) {
		end := at[0] + len(strings.TrimRight(text[at[0]:at[1]], ".,;:!?]}"))
		address := text[at[0]:end]
		if !isWeb(address) {
			continue
		}
		if at[0] > from {
			list = append(list, span{Text: text[from:at[0]]})
		}
		list = append(list, span{address, address})
		from = end
	}
	if from < len(text) {
		list = append(list, span{Text: text[from:]})
	}
	return list
}

// html is the message as a page holds it, loaded or live: alike to the byte. A
// carriage return would be a line's end to both, so it is written as what it is.
func (m view) html() (template.HTML, error) {
	b, err := render("message", m)
	return template.HTML(bytes.ReplaceAll(b, []byte("\r"), []byte("&#13;"))), err // of a template
}

// render makes HTML of a template's part.
func render(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	err := templates.ExecuteTemplate(&b, name, data)
	return b.Bytes(), err
}
