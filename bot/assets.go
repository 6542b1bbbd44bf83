package bot

import "context"

// Assets reads the files of courses.
type Assets interface {
	// Asset returns a file by its name, "course-id/media/x.png".
	Asset(name string) ([]byte, error)
}

// assetsAtOnce bounds the files that a sender holds in memory.
const assetsAtOnce = 8

// mediaMost is how many bytes of its own a message may carry.
const mediaMost = 1 << 20

// withAsset puts the bytes of a course's file into a message. A file that can't
// be read is left out: the adapter says in words what it would have shown.
func (s *Sender) withAsset(ctx context.Context, m Message) (Message, func(), error) {
	select {
	case s.assets <- struct{}{}:
	case <-ctx.Done():
		return m, func() {}, ctx.Err()
	}
	media := *m.Media
	m.Media = &media
	done := func() { <-s.assets }
	if s.Assets == nil {
		return m, done, nil
	}
	data, err := s.Assets.Asset(media.Asset)
	if err != nil {
		s.log.Error("a course's file can't be sent; its words go alone", "channel", s.channel.Name, "file", media.Asset, "error", err)
		return m, done, nil
	}
	media.Data = data
	return m, done, nil
}

// bounded leaves out bytes that are too many for a message to carry.
func bounded(m Message) Message {
	if m.Media != nil && len(m.Media.Data) > mediaMost {
		media := *m.Media
		media.Data = nil
		m.Media = &media
	}
	return m
}
