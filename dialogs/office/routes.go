package office

import "cadrebot/dialogs/talk"

// Routes are what people type and press about notices and about themselves.
func Routes() talk.Routes[*Talk] {
	return talk.Routes[*Talk]{
		Commands: map[string]talk.Command[*Talk]{
			"notice": {Words: "words.notice", Do: (*Talk).notice},
			"read":   {Words: "words.read", Do: (*Talk).typeRead},
		},
		Presses: map[string]talk.Press[*Talk]{
			"cat":   {Do: (*Talk).pressCategory},
			"unit":  {Do: (*Talk).pressUnit},
			"cats":  {Do: (*Talk).askCategory},
			"units": {Do: (*Talk).askUnit},
			"ntc":   {Do: (*Talk).pressNotice, Drafts: true},
			"read":  {Do: (*Talk).pressRead, Drafts: true},
		},
		Inputs: map[string]func(*Talk, string){
			"unit":   (*Talk).typeUnit,
			"notice": (*Talk).typeNotice,
		},
	}
}
