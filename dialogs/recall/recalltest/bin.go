package recalltest

import "math"

// Bins sort probabilities foreseen into tenths, each beside what came of it.
type Bins [10]Bin

// Bin is how often things foreseen alike happened.
type Bin struct{ N, Foreseen, Seen float64 } // sums

func (b *Bins) note(foreseen, seen float64) {
	x := &b[min(int(foreseen*10), 9)]
	x.N++
	x.Foreseen += foreseen
	x.Seen += seen
}

// Means are what was foreseen and what was seen, on average.
func (b Bin) Means() (foreseen, seen float64) { return b.Foreseen / b.N, b.Seen / b.N }

// Off is by how much more was foreseen than seen.
func (b Bin) Off() float64 { return (b.Foreseen - b.Seen) / b.N }

// Error is the root of the mean square by which the bins are off, each by its
// share: what the benchmarks of such models call RMSE (bins).
func (b Bins) Error() float64 {
	sum := 0.0
	for _, x := range b {
		if x.N > 0 {
			sum += x.N * x.Off() * x.Off()
		}
	}
	return math.Sqrt(sum / b.All().N)
}

// All is everything in one bin.
func (b Bins) All() (all Bin) {
	for _, x := range b {
		all.N += x.N
		all.Foreseen += x.Foreseen
		all.Seen += x.Seen
	}
	return all
}
