package audience

import "cadrebot/dialogs/talk"

// Routes are the timers of what is on its way to an audience.
func Routes() talk.Routes[*Reach] {
	return talk.Routes[*Reach]{
		Timers: map[string]func(*Reach, string){
			"notice": (*Reach).noticeProgress,
		},
	}
}
