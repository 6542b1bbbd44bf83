package content

import (
	"fmt"
	"io/fs"
	"strings"
)

// maxAsset is the most that a picture, sound or film may have, in bytes.
const maxAsset = 5 << 20

// Asset reads a file of a course, named as course-id/media/name.ending. It is an
// error when there is no such file, it lies outside the course's folder, is no
// picture, sound or film, or has more than 5 MB.
func (l *Library) Asset(name string) ([]byte, error) {
	id, path, _ := strings.Cut(name, "/")
	s := l.byID[id]
	if s == nil || s.source.FS == nil {
		return nil, fmt.Errorf("asset %s: there is no course %q", name, id)
	}
	if !fs.ValidPath(path) || !strings.HasPrefix(path, mediaFolder+"/") {
		return nil, fmt.Errorf("asset %s: it is not in the course’s folder %s", name, mediaFolder)
	}
	raw, err := readUpTo(s.source.FS, inside(s.dir, path), maxAsset)
	if err != nil {
		return nil, fmt.Errorf("asset %s: %w", name, err)
	}
	if !isMedia(path, raw[:min(len(raw), headBytes)]) {
		return nil, fmt.Errorf("asset %s: it does not hold what its ending says", name)
	}
	return raw, nil
}
