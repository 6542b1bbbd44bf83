// Package recalltest simulates learners, to find out what a schedule asks of
// them and how well the model foresees what they recall. How they forget
// follows other people's models than the one that is tried.
//
// It must never be part of the bot.
package recalltest
