package content

import (
	"embed"
	"io/fs"
)

//go:embed courses
var starter embed.FS

// Starter is the source of the courses that come with the program.
func Starter() Source {
	sub, err := fs.Sub(starter, "courses")
	if err != nil {
		panic(err) // the path is a constant
	}
	return Source{Name: "starter", FS: sub}
}
