package sender

import (
	"cadrebot/bot"
	"context"
)

// assetsAtOnce bounds the files that a sender holds in memory.
const assetsAtOnce = 8

// withAsset puts the bytes of a course's file into a message. A file that can't
// be read is left out: the adapter says in words what it would have shown.
func (s *Sender) withAsset(ctx context.Context, m bot.Message) (bot.Message, func(), error) {
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
