// Package han makes Chinese text comparable: traditional characters become
// simplified ones, and numerals become digits.
//
// It knows nothing of what the text is about, and every function is pure and total.
package han
