package bottest

import (
	"strconv"
	"strings"
)

// The platform's bounds for what a bot uploads.
const (
	maxPhoto    = 10 << 20
	maxDocument = 50 << 20
)

type file struct {
	name string
	data []byte
	json []byte
}

// sendFile takes a photo or a document: uploaded, or named by its id or URL.
func (t *Telegram) sendFile(q *request) reply {
	field, ref, most := "document", q.params.Document, maxDocument
	if q.method == "sendPhoto" {
		field, ref, most = "photo", q.params.Photo, maxPhoto
	}
	up, uploaded := q.params.files[field]
	if !uploaded {
		// attach://name points at another part of the same body.
		if name, ok := strings.CutPrefix(ref, "attach://"); ok {
			up, uploaded = q.params.files[name]
		}
	}
	switch {
	case !uploaded && ref == "":
		return t.refuse(400, "Bad Request: there is no "+field+" in the request")
	case uploaded && len(up.data) == 0:
		return t.refuse(400, "Bad Request: file must be non-empty")
	case len(up.data) > most:
		return t.refuse(413, "Request Entity Too Large")
	}
	f, refused := readText(q.params.Caption, q.params.ParseMode, "message caption")
	if refused != nil {
		return t.refuse(refused.code, refused.text)
	}
	sent := &file{name: up.name, data: up.data, json: appendFile(nil, field, up)}
	if t.opts.NoHistory {
		sent.data = nil
	}
	return t.deliver(q, &message{text: f.text, entities: f.entities, file: sent})
}

func appendFile(b []byte, field string, up upload) []byte {
	size := strconv.Itoa(len(up.data))
	if field == "photo" {
		return append(b, `,"photo":[{"file_id":"photo-`+size+`","file_unique_id":"p`+size+`","width":400,"height":400,"file_size":`+size+`}]`...)
	}
	b = append(b, `,"document":{"file_id":"document-`+size+`","file_unique_id":"d`+size+`","file_size":`+size...)
	b = appendField(b, "file_name", up.name)
	return append(b, '}')
}
