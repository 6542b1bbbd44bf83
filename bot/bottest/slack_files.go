package bottest

import (
	"bytes"
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
	slackUploadPath = "/upload/"
	slackFilePath   = "/files-pri/"
	slackMaxFileAlt = 1000
)

type slackFile struct {
	id, name, title, alt, mime string
	length                     int
	uploaded, shared           bool
	data                       []byte
	shares                     []slackShare
}

type slackShare struct{ channel, ts string }

func (s *Slack) fileURL(f *slackFile) string { return s.origin + slackFilePath + f.id + "/" + f.name }

func mimeOf(name string) string {
	kind, _, _ := mime.ParseMediaType(mime.TypeByExtension(filepath.Ext(name)))
	setString(&kind, "application/octet-stream")
	return kind
}

func (s *Slack) beginUpload(q *slackRequest) slackReply {
	p := &q.params
	switch {
	case p.Filename == "":
		return s.refuse(q, invalidArguments("missing required field: filename"))
	case p.Length <= 0:
		return s.refuse(q, invalidArguments("missing required field: length"))
	case utf16Len(p.AltText) > slackMaxFileAlt:
		return s.refuse(q, refused("alt_txt_too_large"))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f := &slackFile{
		id: s.newID("F"), name: p.Filename, title: p.Filename, alt: p.AltText,
		mime: mimeOf(p.Filename), length: int(p.Length),
	}
	s.files[f.id] = f
	return s.accept(q, SlackCall{FileName: f.name}, slackResult(map[string]any{
		"file_id": f.id, "upload_url": s.origin + slackUploadPath + f.id,
	}))
}

// serveUpload takes the bytes of a file, as they are or in multipart. Whoever
// knows the address may upload.
func (s *Slack) serveUpload(id string, r *http.Request) slackReply {
	data, err := readUpload(r)
	if !s.sleep(s.opts.Latency) {
		return slackReply{hangUp: true}
	}
	q := &slackRequest{method: "files.upload"}
	return s.underFaults(q, func() slackReply {
		s.mu.Lock()
		defer s.mu.Unlock()
		f := s.files[id]
		if err != nil || f == nil || f.uploaded || f.length != len(data) {
			answer := s.deny(q, refused("upload_refused"))
			answer.status, answer.kind, answer.body = http.StatusBadRequest, slackPlainType, []byte("bad upload")
			return answer
		}
		f.uploaded = true
		if !s.opts.NoHistory {
			f.data = data
		}
		answer := s.accept(q, SlackCall{FileName: f.name}, []byte("OK - "+strconv.Itoa(len(data))))
		answer.kind = slackPlainType
		return answer
	})
}

func readUpload(r *http.Request) ([]byte, error) {
	body := http.MaxBytesReader(nil, r.Body, maxBody)
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

func (s *Slack) completeUpload(q *slackRequest) slackReply {
	p := &q.params
	var named []struct{ ID, Title string }
	if decode(p.Files, &named) != nil || len(named) == 0 {
		return s.refuse(q, invalidArguments("missing required field: files"))
	}
	var m *slackMessage
	if p.ChannelID != "" || p.Channels != "" {
		words := *p
		words.Text = p.InitialComment
		if words.Text == "" && len(words.Blocks) == 0 {
			m = &slackMessage{mrkdwn: true, thread: p.ThreadTS}
		} else {
			var problem *slackRefusal
			if m, problem = s.compose(&words, slackMaxText); problem != nil {
				return s.refuse(q, problem)
			}
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var files []*slackFile
	for _, n := range named {
		f := s.files[n.ID]
		if f == nil || !f.uploaded || f.shared {
			return s.deny(q, refused("file_not_found"))
		}
		files = append(files, f)
	}
	var channels []*slackChannel
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
		setString(&named[i].Title, f.title)
		f.title = named[i].Title
		answers[i] = map[string]string{"id": f.id, "title": f.title}
	}
	call := SlackCall{FileName: files[0].name}
	for _, c := range channels {
		shared := *m
		shared.files = files
		s.post(c, &shared)
		for _, f := range files {
			f.shares = append(f.shares, slackShare{c.id, shared.ts})
		}
		s.echo(c, &shared, "", nil)
		call = s.callOf(c, &shared)
	}
	answer := slackResult(map[string]any{"files": answers})
	if s.opts.NoHistory {
		for _, f := range files {
			delete(s.files, f.id)
		}
	}
	return s.accept(q, call, answer)
}

// fileInfo says where a file was shared: the only way to learn the timestamp
// of its message.
func (s *Slack) fileInfo(q *slackRequest) slackReply {
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
		return slackReply{status: http.StatusInternalServerError, kind: slackHTMLType}
	}
	b := s.appendFile([]byte(`{"ok":true,"file":`), f)
	b = append(append(b[:len(b)-1], `,"shares":`...), raw...)
	return s.accept(q, SlackCall{FileName: f.name}, append(b, `}}`...))
}

// serveFile gives the bytes of a file to who has the bot's token.
func (s *Slack) serveFile(path string, r *http.Request) slackReply {
	if !s.sleep(s.opts.Latency) {
		return slackReply{hangUp: true}
	}
	id, _, _ := strings.Cut(path, "/")
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[id]
	switch {
	case slackToken(r, &slackParams{}) != s.opts.BotToken:
		return slackReply{status: http.StatusOK, kind: slackHTMLType, body: []byte("<html>sign in</html>")}
	case f == nil:
		return slackReply{status: http.StatusNotFound, kind: slackHTMLType}
	}
	return slackReply{status: http.StatusOK, kind: f.mime, body: bytes.Clone(f.data)}
}

// sharedFile is an uploaded file that an image block names by its id or its
// address; one without an id when there is none.
func (s *Slack) sharedFile(id, address string) SlackFile {
	s.mu.Lock()
	defer s.mu.Unlock()
	if id == "" {
		id, _, _ = strings.Cut(strings.TrimPrefix(address, s.origin+slackFilePath), "/")
	}
	f := s.files[id]
	if f == nil || !f.uploaded {
		return SlackFile{}
	}
	return SlackFile{ID: f.id, Name: f.name, Title: f.title, URL: s.fileURL(f), Alt: f.alt, Bytes: f.data}
}
