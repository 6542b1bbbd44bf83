package bot

// Assets reads the files of courses.
type Assets interface {
	// Asset returns a file by its name, "course-id/media/x.png".
	Asset(name string) ([]byte, error)
}
