package study

import "cadrebot/dialogs/talk"

// Routes are what people type and press about lessons, rounds and daily questions.
func Routes() talk.Routes[*Talk] {
	return talk.Routes[*Talk]{
		Commands: map[string]talk.Command[*Talk]{
			"quiz":     {Words: "words.quiz", Do: (*Talk).StartQuiz},
			"topics":   {Words: "words.topics", Do: (*Talk).topics},
			"learn":    {Words: "words.learn", Do: (*Talk).learn},
			"daily":    {Words: "words.daily", Do: (*Talk).daily},
			"progress": {Words: "words.progress", Do: func(t *Talk, _ string) { t.showProgress("") }},
		},
		Presses: map[string]talk.Press[*Talk]{
			"a":       {Do: (*Talk).pressAnswer},
			"quiz":    {Do: (*Talk).StartQuiz},
			"topics":  {Do: (*Talk).topics},
			"learn":   {Do: (*Talk).learn},
			"courses": {Do: (*Talk).courses},
			"course":  {Do: (*Talk).overview},
			"module":  {Do: (*Talk).module},
			"begin":   {Do: (*Talk).beginCourse},
			"lesson":  {Do: (*Talk).pressLesson},
			"card":    {Do: (*Talk).pressCard},
			"enough":  {Do: (*Talk).enough},
			"few":     {Do: (*Talk).quizLesson},
			"go":      {Do: (*Talk).backToQuestion},
			"leave":   {Do: (*Talk).leaveQuiz},
			"daily":   {Do: (*Talk).pressDaily},
			"prog":    {Do: (*Talk).showProgress},
			"drill":   {Do: (*Talk).drill},
		},
		Inputs: map[string]func(*Talk, string){
			"daily.time": (*Talk).typeTime,
			"daily.more": (*Talk).typeMore,
		},
		Timers: map[string]func(*Talk, string){
			"daily": (*Talk).dailyDue,
		},
	}
}
