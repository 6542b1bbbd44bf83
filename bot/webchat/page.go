package webchat

import (
	"cmp"
	"encoding/json"
	"html/template"
	"net/http"
	"slices"
	"strconv"
)

// pageView is all that the page's template needs.
type pageView struct {
	Lang, Title string
	Say         func(key string) string
	Style       string
	Script      string
	Messages    []template.HTML
	Since       string
	// Key names what the browser keeps of this chat.
	Key, Form string
	// Open asks to be greeted, or brings the code of a link.
	Open    bool
	Code    string
	Once    string // names what is sent without script
	Flash   string
	Wait    bool
	Words   string // for the script, as JSON
	MaxText int
}

// scriptWords are the phrases that the script says.
var scriptWords = []string{"lost", "sending", "new"}

// page shows the chat, as far as there is one. It makes nobody: it gives the
// browser a cookie, and who then says something is somebody.
func (c *Chat) page(w http.ResponseWriter, r *http.Request) {
	chat := c.known(w, r)
	who := c.reader(r.Context(), r, chat)
	say := func(key string) string { return c.words(who.lang, "web."+key) }
	p := pageView{
		Lang: who.lang, Title: say("name"), Say: say, Style: styleAt, Script: scriptAt,
		Key: c.key(chat), Form: c.formToken(chat), Once: newChat(), MaxText: maxText,
		Flash: c.flashed(w, r, chat), Wait: r.URL.Query().Has("wait"),
	}
	v := c.viewer(chat, who)
	var list []view
	birth, change, err := c.pages.PageRead(r.Context(), chat, 0, func(number, change int64, message []byte, pressed string) {
		list = append(list, v.of(number, change, message, pressed))
	})
	if err != nil {
		c.failed(w, r, chat, err)
		return
	}
	slices.SortFunc(list, func(a, b view) int { return cmp.Compare(a.Number, b.Number) })
	for i := range list {
		list[i].First = i == 0 || list[i].Day != list[i-1].Day
		html, err := list[i].html()
		if err != nil {
			c.failed(w, r, chat, err)
			return
		}
		p.Messages = append(p.Messages, html)
	}
	p.Since = cursor{birth, change}.String()
	if code := r.URL.Query().Get("start"); isCode(code) {
		p.Code = code
	}
	p.Open = len(p.Messages) == 0 || p.Code != ""
	if p.Words, err = c.scriptWords(who.lang); err != nil {
		c.failed(w, r, chat, err)
		return
	}
	c.html(w, http.StatusOK, "page", p)
}

func (c *Chat) scriptWords(lang string) (string, error) {
	said := map[string]string{}
	for _, key := range scriptWords {
		said[key] = c.words(lang, "web."+key, "n", "{n}")
	}
	data, err := json.Marshal(said)
	return string(data), err
}

// noticeView is a page that says one thing.
type noticeView struct {
	Lang, Title, Style  string
	Head, Text, Button  string
	Action, Form, Start string
}

// notice says one thing on a page of its own: its key, with what follows it under
// KEY.head and KEY.button. With an action the button does it, else it leads to
// the chat.
func (c *Chat) notice(w http.ResponseWriter, lang string, status int, key, action, form string) {
	n := noticeView{Lang: lang, Title: c.words(lang, "web.name"), Style: styleAt, Text: c.words(lang, key),
		Button: c.words(lang, "web.to_chat"), Action: action, Form: form}
	if action != "" {
		n.Head, n.Button = c.words(lang, key+".head"), c.words(lang, key+".button")
	}
	c.html(w, status, "notice", n)
}

func (c *Chat) html(w http.ResponseWriter, status int, name string, data any) {
	page, err := render(name, data)
	if err != nil {
		c.log.Error("web chat: make a page", "page", name, "error", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(page)))
	w.WriteHeader(status)
	_, _ = w.Write(page)
}
