package talk

// Routes are what a conversation understands, as a value. T is its step.
type Routes[T any] struct {
	// Commands are by the name behind the slash.
	Commands map[string]Command[T]
	// Presses are by the verb before the first colon of a button's data.
	Presses map[string]Press[T]
	// Inputs take the next text, when a conversation has asked for one.
	Inputs map[string]func(t T, text string)
	// Timers are by the name before the first colon.
	Timers map[string]func(t T, rest string)
}

// Command is what a slash command or its plain words do.
type Command[T any] struct {
	Words string // the phrase that lists its plain words
	Do    func(t T, rest string)
}

// Press is what a button does. With Drafts an open draft goes on; else nothing
// that was asked for is waited for any more.
type Press[T any] struct {
	Do     func(t T, rest string)
	Drafts bool
}
