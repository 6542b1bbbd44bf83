package webchat

import (
	"bytes"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
)

// kinds are the types of the files that courses hold, by their ending.
var kinds = map[string]string{
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
	".svg": "image/svg+xml", ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".oga": "audio/ogg",
	".opus": "audio/ogg", ".wav": "audio/wav", ".aac": "audio/aac", ".mp4": "video/mp4", ".webm": "video/webm", ".mov": "video/quicktime",
}

// assetFor is how long a browser may keep a course's file.
const assetFor = "private, max-age=86400"

// asset serves a file of a course to whoever has a chat.
func (c *Chat) asset(w http.ResponseWriter, r *http.Request) {
	if _, ok := c.whose(r); !ok || c.assets == nil {
		c.nowhere(w, r)
		return
	}
	name := r.PathValue("name")
	data, err := c.assets.Asset(name)
	if err != nil {
		c.nowhere(w, r)
		return
	}
	w.Header().Set("Cache-Control", assetFor)
	serve(w, r, path.Base(name), kinds[strings.ToLower(path.Ext(name))], data)
}

// file serves a message's own bytes to its chat.
func (c *Chat) file(w http.ResponseWriter, r *http.Request) {
	chat, ok := c.whose(r)
	number, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if !ok || err != nil {
		c.nowhere(w, r)
		return
	}
	message, err := c.pages.PageMessage(r.Context(), chat, number)
	var data []byte
	if err == nil {
		data, err = c.pages.PageFile(r.Context(), chat, number)
	}
	if err != nil {
		c.failed(w, r, chat, err)
		return
	}
	k, ok := decodeKept(message)
	if !ok || k.Media == nil || data == nil {
		c.notice(w, c.reader(r.Context(), r, chat).lang, http.StatusNotFound, "web.old_file", "", "")
		return
	}
	w.Header().Set("Cache-Control", "private, max-age=3600")
	kind := ""
	switch k.Media.Kind {
	case bot.Picture:
		if shown(data) {
			kind = http.DetectContentType(data)
		}
	case bot.Audio, bot.Video:
		kind = kinds[strings.ToLower(path.Ext(k.Media.Name))]
	}
	serve(w, r, k.Media.Name, kind, data)
}

// serve sends bytes, parts of them too, for that is how phones play a film. What
// a browser is not to show it saves.
func serve(w http.ResponseWriter, r *http.Request, name, kind string, data []byte) {
	h := w.Header()
	how := "inline"
	if kind == "" {
		kind, how = "application/octet-stream", "attachment"
	}
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", disposition(how, name))
	h.Set("Content-Security-Policy", filePolicy)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

// disposition names a file for old browsers and new ones.
func disposition(how, name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == '/' || r == '\\' || r == 0x7f {
			return '_'
		}
		return r
	}, strings.ToValidUTF8(name, "_"))
	if v := mime.FormatMediaType(how, map[string]string{"filename": name}); v != "" {
		return v
	}
	return how
}
