package bottest

// FaultKind is what goes wrong with a call.
type FaultKind int

const (
	// FailBefore answers with an error; the call has no effect.
	FailBefore FaultKind = iota
	// FailAfter lets the call have its effect and answers with an error.
	FailAfter
	// HangUpBefore closes the connection; the call has no effect.
	HangUpBefore
	// HangUpAfter lets the call have its effect and closes the connection.
	HangUpAfter
	// Delayed only takes its time.
	Delayed
)
