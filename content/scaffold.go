package content

import (
	"embed"
	"errors"
	"io/fs"
	"strings"
	"unicode/utf8"

	"cadrebot/content/phrases"
)

//go:embed template
var templates embed.FS

// Scaffold returns the files of a new course, by their paths in its folder: a
// lesson and questions of three kinds to write over. The id is 1 to 18 small
// letters, digits and -; the title at most 80 letters on one line.
func Scaffold(lang phrases.Lang, id, title string) (map[string]string, error) {
	if id == "" || len(id) > maxID-6 || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return nil, errors.New("the id of a course is 1 to 18 small letters, digits and -, such as safety-basics")
	}
	title = strings.TrimSpace(title)
	if title == "" || utf8.RuneCountInString(title) > maxTitle || strings.ContainsFunc(title, func(r rune) bool { return r < ' ' }) {
		return nil, errors.New("the title of a course is 1 to 80 letters on one line")
	}
	root, err := fs.Sub(templates, "template/"+string(phrases.ParseLang(string(lang))))
	if err != nil {
		return nil, err
	}
	fill := strings.NewReplacer("'TITLE'", quotedWhereNeeded(title, false), "COURSE", id, "MODULE", id+"-m1",
		"LESSON", id+"-l1", "QUESTION", id+"-q")
	files := map[string]string{}
	err = fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(root, path)
		files[path] = fill.Replace(string(text))
		return err
	})
	return files, err
}
