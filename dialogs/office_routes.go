package dialogs

import "cadrebot/dialogs/talk"

// officeRoutes are what people type and press about notices and about themselves.
func officeRoutes() talk.Routes[*step] {
	return talk.Routes[*step]{
		Commands: map[string]talk.Command[*step]{
			"notice": {Words: "words.notice", Do: (*step).notice},
			"read":   {Words: "words.read", Do: (*step).typeRead},
		},
		Presses: map[string]talk.Press[*step]{
			"cat":   {Do: (*step).pressCategory},
			"unit":  {Do: (*step).pressUnit},
			"cats":  {Do: (*step).askCategory},
			"units": {Do: (*step).askUnit},
			"ntc":   {Do: (*step).pressNotice, Drafts: true},
			"read":  {Do: (*step).pressRead, Drafts: true},
		},
		Inputs: map[string]func(*step, string){
			"unit":   (*step).typeUnit,
			"notice": (*step).typeNotice,
		},
	}
}
