package main

// openSlack makes the Slack app; nil without a token.
func (a *app) openSlack(web *webServer) (*platform, error) { return nil, nil }
