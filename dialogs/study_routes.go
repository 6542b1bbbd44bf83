package dialogs

import "cadrebot/dialogs/talk"

// studyRoutes are what people type and press about lessons, rounds and daily questions.
func studyRoutes() talk.Routes[*step] {
	return talk.Routes[*step]{
		Commands: map[string]talk.Command[*step]{
			"quiz":     {Words: "words.quiz", Do: (*step).startQuiz},
			"topics":   {Words: "words.topics", Do: (*step).topics},
			"learn":    {Words: "words.learn", Do: (*step).learn},
			"daily":    {Words: "words.daily", Do: (*step).daily},
			"progress": {Words: "words.progress", Do: func(t *step, _ string) { t.showProgress("") }},
		},
		Presses: map[string]talk.Press[*step]{
			"a":       {Do: (*step).pressAnswer},
			"quiz":    {Do: (*step).startQuiz},
			"topics":  {Do: (*step).topics},
			"learn":   {Do: (*step).learn},
			"courses": {Do: (*step).courses},
			"course":  {Do: (*step).overview},
			"module":  {Do: (*step).module},
			"begin":   {Do: (*step).beginCourse},
			"lesson":  {Do: (*step).pressLesson},
			"card":    {Do: (*step).pressCard},
			"enough":  {Do: (*step).enough},
			"few":     {Do: (*step).quizLesson},
			"go":      {Do: (*step).backToQuestion},
			"leave":   {Do: (*step).leaveQuiz},
			"daily":   {Do: (*step).pressDaily},
			"prog":    {Do: (*step).showProgress},
			"drill":   {Do: (*step).drill},
		},
		Inputs: map[string]func(*step, string){
			"daily.time": (*step).typeTime,
			"daily.more": (*step).typeMore,
		},
		Timers: map[string]func(*step, string){
			"daily": (*step).dailyDue,
		},
	}
}
