package telegramtest

import (
	"bytes"
	"cadrebot/bot/bottest"
	"image"
	_ "image/gif" // photos come in these
	_ "image/jpeg"
	_ "image/png"
	"path"
	"strconv"
	"strings"
)

// The platform's bounds for what a bot uploads.
const (
	maxPhoto     = 10 << 20
	maxDocument  = 50 << 20
	maxPhotoSide = 10_000 // width and height together
	maxPhotoAs   = 20     // one side to the other
)

type file struct {
	name string
	kind string // photo, audio, video, document
	url  string
	data []byte
	id   string
	json []byte
}

// kindsOfFile are the fields that carry a file, by method.
var kindsOfFile = map[string]string{
	"sendPhoto": "photo", "sendAudio": "audio", "sendVideo": "video", "sendDocument": "document",
}

// sendFile takes a file: uploaded, or named by its id or URL.
func (t *Server) sendFile(q *request) reply {
	kind := kindsOfFile[q.method]
	f, refused := readText(q.params.Caption, q.params.ParseMode, "message caption")
	var sent *file
	if refused == nil {
		sent, refused = t.readFile(q, kind)
	}
	if refused != nil {
		return t.refuse(refused.code, refused.text)
	}
	return t.deliver(q, &message{text: f.text, entities: f.entities, file: sent})
}

func (t *Server) readFile(q *request, kind string) (*file, *refusal) {
	ref, most := *q.params.named(kind), maxDocument
	if kind == "photo" {
		most = maxPhoto
	}
	up, uploaded := q.params.files[kind]
	if !uploaded {
		// attach://name points at another part of the same body.
		if name, ok := strings.CutPrefix(ref, "attach://"); ok {
			up, uploaded = q.params.files[name]
		}
	}
	switch {
	case !uploaded && ref == "":
		return nil, bad("there is no %s in the request", kind)
	case !uploaded:
		return t.namedFile(ref, kind)
	case len(up.data) == 0:
		return nil, bad("file must be non-empty")
	case len(up.data) > most:
		return nil, &refusal{code: 413, text: "Request Entity Too Large"}
	}
	if kind == "photo" {
		if refused := photo(up.data); refused != nil {
			return nil, refused
		}
	}
	return t.newFile(file{name: up.name, kind: kind, data: up.data}), nil
}

// photo looks at a picture as the platform does.
func photo(data []byte) *refusal {
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil:
		return bad("IMAGE_PROCESS_FAILED")
	case c.Width+c.Height > maxPhotoSide, max(c.Width, c.Height) > maxPhotoAs*min(c.Width, c.Height):
		return bad("PHOTO_INVALID_DIMENSIONS")
	}
	return nil
}

// namedFile finds a file that the bot sent before, or takes the word of an
// address on the web.
func (t *Server) namedFile(ref, kind string) (*file, *refusal) {
	if strings.HasPrefix(ref, "https://") || strings.HasPrefix(ref, "http://") {
		return t.newFile(file{name: path.Base(ref), kind: kind, url: ref}), nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	f := t.files[ref]
	switch {
	case f == nil:
		return nil, bad("wrong file identifier/HTTP URL specified")
	case f.kind != kind:
		return nil, bad("can't use file of type %s as %s", title(f.kind), title(kind))
	}
	return f, nil
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// newFile gives a file an id, under which the bot may send it again.
func (t *Server) newFile(f file) *file {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.fileNo++
	n, size := strconv.Itoa(t.fileNo), strconv.Itoa(len(f.data))
	f.id = f.kind + "-" + n
	if f.kind == "photo" {
		// The platform lists a photo in several sizes, the whole one last.
		f.json = []byte(`,"photo":[{"file_id":"thumb-` + n + `","file_unique_id":"t` + n + `","width":90,"height":90,"file_size":1},` +
			`{"file_id":"` + f.id + `","file_unique_id":"p` + n + `","width":400,"height":400,"file_size":` + size + `}]`)
	} else {
		b := []byte(`,"` + f.kind + `":{"file_id":"` + f.id + `","file_unique_id":"u` + n + `","duration":1,"width":400,"height":400,"file_size":` + size)
		f.json = append(bottest.AppendField(b, "file_name", f.name), '}')
	}
	if t.opts.NoHistory {
		f.data = nil
	}
	t.files[f.id] = &f
	return &f
}

// ForgetFiles lets the ids of all files become unknown, as when the bot's token
// or the platform's store has changed. It returns how many there were.
func (t *Server) ForgetFiles() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := len(t.files)
	clear(t.files)
	return n
}
