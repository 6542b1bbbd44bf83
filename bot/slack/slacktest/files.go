package slacktest

import (
	"bytes"
	"cadrebot/bot/bottest"
	"cmp"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
)

const (
	uploadPath = "/upload/"
	filePath   = "/files-pri/"
	maxFileAlt = 1000
)

type file struct {
	id, name, title, alt, mime string
	length                     int
	uploaded, shared           bool
	data                       []byte
	shares                     []share
}

type share struct{ channel, ts string }

func (s *Server) fileURL(f *file) string { return s.origin + filePath + f.id + "/" + f.name }

func mimeOf(name string) string {
	kind, _, _ := mime.ParseMediaType(mime.TypeByExtension(filepath.Ext(name)))
	kind = cmp.Or(kind, "application/octet-stream")
	return kind
}

func (s *Server) beginUpload(q *request) reply {
	p := &q.params
	switch {
	case p.Filename == "":
		return s.refuse(q, invalidArguments("missing required field: filename"))
	case p.Length <= 0:
		return s.refuse(q, invalidArguments("missing required field: length"))
	case bottest.UTF16Len(p.AltText) > maxFileAlt:
		return s.refuse(q, refused("alt_txt_too_large"))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f := &file{
		id: s.newID("F"), name: p.Filename, title: p.Filename, alt: p.AltText,
		mime: mimeOf(p.Filename), length: int(p.Length),
	}
	s.files[f.id] = f
	return s.accept(q, Call{FileName: f.name}, result(map[string]any{
		"file_id": f.id, "upload_url": s.origin + uploadPath + f.id,
	}))
}

// serveUpload takes the bytes of a file, as they are or in multipart. Whoever
// knows the address may upload.
func (s *Server) serveUpload(id string, r *http.Request) reply {
	data, err := readUpload(r)
	if !s.sleep(s.opts.Latency) {
		return reply{hangUp: true}
	}
	q := &request{method: "files.upload"}
	return s.underFaults(q, func() reply {
		s.mu.Lock()
		defer s.mu.Unlock()
		f := s.files[id]
		if err != nil || f == nil || f.uploaded || f.length != len(data) {
			answer := s.deny(q, refused("upload_refused"))
			answer.status, answer.kind, answer.body = http.StatusBadRequest, plainType, []byte("bad upload")
			return answer
		}
		f.uploaded = true
		if !s.opts.NoHistory {
			f.data = data
		}
		answer := s.accept(q, Call{FileName: f.name}, []byte("OK - "+strconv.Itoa(len(data))))
		answer.kind = plainType
		return answer
	})
}

func readUpload(r *http.Request) ([]byte, error) {
	body := http.MaxBytesReader(nil, r.Body, bottest.MaxBody)
	kind, args, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		return io.ReadAll(body)
	}
	parts := multipart.NewReader(body, args["boundary"])
	for {
		part, err := parts.NextPart()
		if err != nil {
			return nil, err
		}
		if part.FileName() == "" {
			continue
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return nil, err
		}
		_, err = io.Copy(io.Discard, body)
		return data, err
	}
}

func (s *Server) completeUpload(q *request) reply {
	p := &q.params
	var named []struct{ ID, Title string }
	if bottest.Decode(p.Files, &named) != nil || len(named) == 0 {
		return s.refuse(q, invalidArguments("missing required field: files"))
	}
	var m *message
	if p.ChannelID != "" || p.Channels != "" {
		words := *p
		words.Text = p.InitialComment
		if words.Text == "" && len(words.Blocks) == 0 {
			m = &message{mrkdwn: true, thread: p.ThreadTS}
		} else {
			var problem *refusal
			if m, problem = s.compose(&words, maxText); problem != nil {
				return s.refuse(q, problem)
			}
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var files []*file
	for _, n := range named {
		f := s.files[n.ID]
		if f == nil || !f.uploaded || f.shared {
			return s.deny(q, refused("file_not_found"))
		}
		files = append(files, f)
	}
	var channels []*channel
	for _, id := range strings.FieldsFunc(p.ChannelID+","+p.Channels, func(r rune) bool { return r == ',' }) {
		c, problem := s.lookUp(id, false)
		if problem == nil {
			problem = s.writable(c)
		}
		if problem != nil {
			return s.deny(q, problem)
		}
		channels = append(channels, c)
	}
	answers := make([]map[string]string, len(files))
	for i, f := range files {
		f.shared = true
		named[i].Title = cmp.Or(named[i].Title, f.title)
		f.title = named[i].Title
		answers[i] = map[string]string{"id": f.id, "title": f.title}
	}
	call := Call{FileName: files[0].name}
	for _, c := range channels {
		shared := *m
		shared.files = files
		s.post(c, &shared)
		for _, f := range files {
			f.shares = append(f.shares, share{c.id, shared.ts})
		}
		s.echo(c, &shared, "", nil)
		call = s.callOf(c, &shared)
	}
	answer := result(map[string]any{"files": answers})
	if s.opts.NoHistory {
		for _, f := range files {
			delete(s.files, f.id)
		}
	}
	return s.accept(q, call, answer)
}

// fileInfo says where a file was shared: the only way to learn the timestamp
// of its message.
func (s *Server) fileInfo(q *request) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[q.params.File]
	if f == nil {
		return s.deny(q, refused("file_not_found"))
	}
	shares := map[string]map[string][]map[string]string{}
	for _, share := range f.shares {
		kind := "private"
		if c := s.channels[share.channel]; c.user == nil && !c.private {
			kind = "public"
		}
		if shares[kind] == nil {
			shares[kind] = map[string][]map[string]string{}
		}
		shares[kind][share.channel] = append(shares[kind][share.channel], map[string]string{"ts": share.ts})
	}
	raw, err := json.Marshal(shares)
	if err != nil {
		return reply{status: http.StatusInternalServerError, kind: htmlType}
	}
	b := s.appendFile([]byte(`{"ok":true,"file":`), f)
	b = append(append(b[:len(b)-1], `,"shares":`...), raw...)
	return s.accept(q, Call{FileName: f.name}, append(b, `}}`...))
}

// serveFile gives the bytes of a file to who has the bot's token.
func (s *Server) serveFile(path string, r *http.Request) reply {
	if !s.sleep(s.opts.Latency) {
		return reply{hangUp: true}
	}
	id, _, _ := strings.Cut(path, "/")
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[id]
	switch {
	case token(r, &params{}) != s.opts.BotToken:
		return reply{status: http.StatusOK, kind: htmlType, body: []byte("<html>sign in</html>")}
	case f == nil:
		return reply{status: http.StatusNotFound, kind: htmlType}
	}
	return reply{status: http.StatusOK, kind: f.mime, body: bytes.Clone(f.data)}
}

// sharedFile is an uploaded file that an image block names by its id or its
// address; one without an id when there is none.
func (s *Server) sharedFile(id, address string) File {
	s.mu.Lock()
	defer s.mu.Unlock()
	if id == "" {
		id, _, _ = strings.Cut(strings.TrimPrefix(address, s.origin+filePath), "/")
	}
	f := s.files[id]
	if f == nil || !f.uploaded {
		return File{}
	}
	return File{ID: f.id, Name: f.name, Title: f.title, URL: s.fileURL(f), Alt: f.alt, Bytes: f.data}
}
