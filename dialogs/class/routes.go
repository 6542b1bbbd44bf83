package class

import "cadrebot/dialogs/talk"

// Routes are what people type and press about classes.
func Routes() talk.Routes[*Talk] {
	presses := classPresses()
	return talk.Routes[*Talk]{
		Commands: map[string]talk.Command[*Talk]{
			"class":  {Words: "words.class", Do: (*Talk).class},
			"coming": {Words: "words.coming", Do: (*Talk).typeComing},
			"absent": {Words: "words.absent", Do: (*Talk).typeAbsent},
		},
		Presses: map[string]talk.Press[*Talk]{
			"cls":  {Do: func(t *Talk, data string) { t.pressClass(presses, data) }, Drafts: true},
			"rsvp": {Do: (*Talk).pressRSVP, Drafts: true},
		},
		Inputs: map[string]func(*Talk, string){
			"class": (*Talk).typeClass,
		},
		Timers: map[string]func(*Talk, string){
			reminderTimer: (*Talk).reminderDue,
		},
	}
}
