package dialogs

import "cadrebot/dialogs/talk"

// audienceRoutes are the timers of what is on its way to an audience.
func audienceRoutes() talk.Routes[*step] {
	return talk.Routes[*step]{
		Timers: map[string]func(*step, string){
			"notice": (*step).noticeProgress,
		},
	}
}
