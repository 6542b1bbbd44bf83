package dialogs

import "cadrebot/dialogs/talk"

// classRoutes are what people type and press about classes.
func classRoutes() talk.Routes[*step] {
	presses := classPresses()
	return talk.Routes[*step]{
		Commands: map[string]talk.Command[*step]{
			"class":  {Words: "words.class", Do: (*step).class},
			"coming": {Words: "words.coming", Do: (*step).typeComing},
			"absent": {Words: "words.absent", Do: (*step).typeAbsent},
		},
		Presses: map[string]talk.Press[*step]{
			"cls":  {Do: func(t *step, data string) { t.pressClass(presses, data) }, Drafts: true},
			"rsvp": {Do: (*step).pressRSVP, Drafts: true},
		},
		Inputs: map[string]func(*step, string){
			"class": (*step).typeClass,
		},
		Timers: map[string]func(*step, string){
			reminderTimer: (*step).reminderDue,
		},
	}
}
