package slack

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"cadrebot/bot"

	client "github.com/slack-go/slack"
)

// upload gives the platform a file in its three steps: to share it with a chat
// or, with "", to stand in messages. Only the last step shows anything, so
// what fails before it was certainly not taken.
func (a *Adapter) upload(ctx context.Context, m *bot.Media, chat string) (id string, o bot.Outcome) {
	name := m.FileName()
	to, err := a.rare.GetUploadURLExternalContext(ctx, client.GetUploadURLExternalParameters{
		FileName: name, FileSize: len(m.Data), AltTxt: clip(strings.ToValidUTF8(m.Alt, "\uFFFD"), 900),
	})
	if err != nil {
		return "", a.unshared("ask where to upload a file", err)
	}
	err = a.rare.UploadToURL(ctx, client.UploadToURLParameters{UploadURL: to.UploadURL, Filename: name, Reader: bytes.NewReader(m.Data)})
	if err != nil {
		return "", a.unshared("upload a file", a.scrub(a.plain(err), to.UploadURL))
	}
	done, err := a.rare.CompleteUploadExternalContext(ctx, client.CompleteUploadExternalParameters{
		Files: []client.FileSummary{{ID: to.FileID, Title: name}}, Channel: chat,
	})
	switch {
	case err != nil && chat == "":
		return "", a.unshared("complete an upload", err)
	case err != nil:
		return "", uploaded(fmt.Errorf("slack: share a file: %w", a.plain(err)))
	case len(done.Files) == 0:
		return "", bot.Outcome{Status: bot.Unknown, Err: fmt.Errorf("%w: no file in a success", errNoAnswer)}
	}
	return to.FileID, bot.Outcome{Status: bot.Sent}
}

// unshared is the outcome where nobody has seen anything of the file yet.
func (a *Adapter) unshared(doing string, err error) bot.Outcome {
	o := uploaded(fmt.Errorf("slack: %s: %w", doing, a.plain(err)))
	if o.Status == bot.Unknown {
		o.Status = bot.Retry
	}
	return o
}

// uploaded is the outcome of a step. An app that may not upload says the file's
// words instead.
func uploaded(err error) bot.Outcome {
	o := outcome(err)
	if says(o, "missing_scope", "no_permission", "file_uploads_disabled", "file_upload_disabled") {
		o.Status = bot.Rejected
	}
	return o
}
