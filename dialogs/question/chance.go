package question

import "cadrebot/dialogs/recall"

// even is the chance to hit one of n things.
func even(n int) float64 { return 1 / float64(max(n, 1)) }

// oneOf is what somebody earns who takes one of n things at random.
func oneOf(n int) recall.Guess { return recall.Guess{Right: even(n), Credit: even(n)} }

// orders is what somebody earns who puts n things together at random.
func orders(n int) recall.Guess {
	ways := 1
	for i := 2; i <= n; i++ {
		ways *= i
	}
	return recall.Guess{Right: even(ways), Credit: even(n)}
}

// notGuessed is for words and numbers.
func notGuessed() recall.Guess { return recall.Guess{} }
