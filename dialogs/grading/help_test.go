package grading

import (
	"sync"

	"cadrebot/content"
	"cadrebot/dialogs/when"
)

// graded is a grader with the words that come with the program.
var graded = sync.OnceValue(func() *Grader {
	phrases, err := content.LoadPhrases()
	if err != nil {
		panic(err)
	}
	times, err := when.New(phrases)
	if err != nil {
		panic(err)
	}
	return New(times)
})
