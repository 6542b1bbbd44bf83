package grading

import (
	"sync"

	"cadrebot/content/phrases"
	"cadrebot/dialogs/when"
)

// graded is a grader with the words that come with the program.
var graded = sync.OnceValue(func() *Grader {
	catalog, err := phrases.Load()
	if err != nil {
		panic(err)
	}
	times, err := when.New(catalog)
	if err != nil {
		panic(err)
	}
	return New(times)
})
