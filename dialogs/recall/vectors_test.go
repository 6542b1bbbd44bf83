package recall

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/open-spaced-repetition/go-fsrs/v4"
)

// The numbers that four libraries' own tests assert, outside the project.
const referenceFolder = "../../../shared/reference/fsrs"

// reference reads one of the files in place.
func reference(t *testing.T, file string, v any) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(referenceFolder, file))
	if err != nil {
		t.Skipf("SKIPPED, NOT CHECKED: %s is not in %s", file, referenceFolder)
	}
	if err := json.Unmarshal(raw, v); err != nil {
		t.Fatal(err)
	}
}

// exact is a model whose weights are not brought into bounds: some of the
// numbers were made beyond them.
func exact(w fsrs.Weights, shortTerm bool) *Model {
	p := fsrs.DefaultParam()
	p.W, p.EnableShortTerm = w, shortTerm
	p.Decay = -w[20]
	p.Factor = math.Pow(0.9, 1/p.Decay) - 1
	return &Model{p: p}
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// weightsOf are those of a vector: 19 of the former version, or the default.
func weightsOf(t *testing.T, w19 []float64) fsrs.Weights {
	t.Helper()
	if w19 == nil {
		return fsrs.DefaultWeights()
	}
	w, err := fsrs.MigrateWeights(w19)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestMemoryStatesOfOtherLibraries(t *testing.T) {
	var v struct {
		Sequences []struct {
			ID        string    `json:"id"`
			W19       []float64 `json:"w19"`
			Zero      []string  `json:"set_to_zero"`
			Ratings   []int     `json:"ratings"`
			Days      []int     `json:"delta_days"`
			S         float64   `json:"expected_S"`
			D         float64   `json:"expected_D"`
			Tolerance float64   `json:"tolerance"`
		} `json:"memory_state_sequences"`
	}
	reference(t, "vectors_from_test_suites.json", &v)
	for _, x := range v.Sequences {
		w := weightsOf(t, x.W19)
		if x.Zero != nil {
			w[17], w[18], w[19] = 0, 0, 0
		}
		m, item, day := exact(w, true), Item{}, 0
		for i, r := range x.Ratings {
			day += x.Days[i]
			item = m.rate(item, day, fsrs.Rating(r))
		}
		near(t, x.ID+" S", item.Stability, x.S, x.Tolerance)
		near(t, x.ID+" D", item.Difficulty, x.D, x.Tolerance)
	}
	if len(v.Sequences) != 5 {
		t.Errorf("%d sequences", len(v.Sequences))
	}
}

func TestNextStatesOfOtherLibraries(t *testing.T) {
	type state struct{ S, D, Interval float64 }
	var v struct {
		Next []struct {
			ID       string          `json:"id"`
			W19      []float64       `json:"w19"`
			Ratings  []int           `json:"history_ratings"`
			Days     []int           `json:"history_delta_days"`
			State    *state          `json:"state"`
			Elapsed  int             `json:"elapsed_days"`
			Rating   int             `json:"rating"`
			Expected json.RawMessage `json:"expected"`
		} `json:"next_states"`
	}
	reference(t, "vectors_from_test_suites.json", &v)
	for _, x := range v.Next {
		m, item, day := exact(weightsOf(t, x.W19), true), Item{}, 0
		want := map[fsrs.Rating]state{}
		if x.State != nil {
			item = Item{Stability: x.State.S, Difficulty: x.State.D}
			var one state
			if err := json.Unmarshal(x.Expected, &one); err != nil {
				t.Fatal(err)
			}
			want[fsrs.Rating(x.Rating)] = one
		} else if err := json.Unmarshal(x.Expected, &want); err != nil {
			t.Fatal(err)
		}
		for i, r := range x.Ratings {
			day += x.Days[i]
			item = m.rate(item, day, fsrs.Rating(r))
		}
		for rating, w := range want {
			got := m.rate(item, day+x.Elapsed, rating)
			near(t, x.ID+" S", got.Stability, w.S, w.S*2e-6)
			near(t, x.ID+" D", got.Difficulty, w.D, 1e-5)
			if w.Interval > 0 {
				near(t, x.ID+" interval", m.days(got.Stability, 0.9), w.Interval, 2e-6*w.Interval)
			}
		}
	}
	if len(v.Next) != 2 {
		t.Errorf("%d of them", len(v.Next))
	}
}

func TestSchedulesOfOtherLibraries(t *testing.T) {
	var v struct {
		Sequences []struct {
			ID      string    `json:"id"`
			W19     []float64 `json:"w19"`
			Ratings []int     `json:"ratings"`
			Days    []int     `json:"expected_interval_days"`
			Before  []string  `json:"expected_state_before"`
			S4      []float64 `json:"expected_S_4dp"`
			D4      []float64 `json:"expected_D_4dp"`
			S8      []float64 `json:"expected_S_8dp"`
			D8      []float64 `json:"expected_D_8dp"`
		} `json:"scheduler_sequences"`
	}
	reference(t, "vectors_from_test_suites.json", &v)
	for _, x := range v.Sequences {
		if x.Before != nil { // steps of minutes, which are the library's own
			now, card := time.Date(2022, 11, 29, 12, 30, 0, 0, time.UTC), fsrs.Card{Due: time.Date(2022, 11, 29, 12, 30, 0, 0, time.UTC)}
			scheduler := fsrs.NewFSRS(fsrs.DefaultParam())
			for i, r := range x.Ratings {
				if card.State.String() != x.Before[i] {
					t.Errorf("%s: state %s before %d, want %s", x.ID, card.State, i, x.Before[i])
				}
				info, err := scheduler.Next(card, now, fsrs.Rating(r))
				if err != nil {
					t.Fatal(err)
				}
				card, now = info.Card, info.Card.Due
				near(t, x.ID, float64(card.ScheduledDays), float64(x.Days[i]), 0)
			}
			continue
		}
		// Without steps the library keeps good later than hard, so intervals
		// are its own; stability and difficulty are ours as well.
		w := weightsOf(t, x.W19)
		p := fsrs.DefaultParam()
		p.W, p.EnableShortTerm = w, false
		scheduler, m := fsrs.NewFSRS(p), exact(w, false)
		start := time.Date(2022, 11, 29, 12, 30, 0, 0, time.UTC)
		now, card, item := start, fsrs.Card{Due: start}, Item{}
		for i, r := range x.Ratings {
			info, err := scheduler.Next(card, now, fsrs.Rating(r))
			if err != nil {
				t.Fatal(err)
			}
			item = m.rate(item, DayOf(now), fsrs.Rating(r))
			card, now = info.Card, info.Card.Due
			near(t, x.ID+" days", float64(card.ScheduledDays), float64(x.Days[i]), 0)
			if x.S4 != nil {
				near(t, x.ID+" S", item.Stability, x.S4[i], 5.1e-5)
				near(t, x.ID+" D", item.Difficulty, x.D4[i], 5.1e-5)
			} else { // the other library rounds at every step
				near(t, x.ID+" S", item.Stability, x.S8[i], 1e-6*max(1, x.S8[i]))
				near(t, x.ID+" D", item.Difficulty, x.D8[i], 1e-6)
			}
		}
	}
	if len(v.Sequences) != 7 {
		t.Errorf("%d sequences", len(v.Sequences))
	}
}

func TestUnitValuesOfOtherLibraries(t *testing.T) {
	type row struct {
		T, S, D, R []float64
		Expected   []float64
		Expected8  []float64 `json:"expected_8dp"`
		Expected7  []float64 `json:"expected_7dp"`
	}
	var v struct {
		U struct {
			InitialS  []float64       `json:"initial_S"`
			InitialD  []float64       `json:"initial_D_8dp"`
			DBefore   []float64       `json:"next_D_from_5_before_mean_reversion"`
			D         []float64       `json:"next_D_from_5_8dp"`
			RecallS   json.RawMessage `json:"recall_S"`
			ForgetS   json.RawMessage `json:"forget_S_first_term_only"`
			ShortS    json.RawMessage `json:"short_term_S"`
			R1        row             `json:"retrievability_S1_default"`
			RPairs    row             `json:"retrievability_pairs_default"`
			R02       row             `json:"retrievability_w20_0.2_S1"`
			Intervals struct {
				Max      []float64 `json:"max_36500"`
				Uncapped []float64 `json:"uncapped_float64"`
				Rough    []float64 `json:"uncapped_float32"`
			} `json:"interval_S1_by_retention_0.1_to_1.0"`
			Interval121 float64 `json:"interval_S121.01552_r0.9"`
			SM2         []struct{ Ease, Interval, Retention, S, D float64 }
			Imports     []struct{ Ease, Interval, Retention, S, D float64 } `json:"sm2_import"`
			Convert     struct{ In, Out []float64 }                         `json:"convert_17_to_21"`
			Steps       struct {
				New struct {
					Again float64 `json:"again_min"`
					Hard  float64 `json:"hard_min"`
					Good  float64 `json:"good_min"`
					Easy  float64 `json:"easy_days"`
				}
			} `json:"steps_1m_10m"`
		} `json:"unit_values"`
	}
	reference(t, "vectors_from_test_suites.json", &v)
	u, m := v.U, exact(fsrs.DefaultWeights(), true)

	straight := fsrs.DefaultWeights()
	straight[7] = 0 // no mean reversion
	for i := range 4 {
		g := fsrs.Rating(i + 1)
		first := m.rate(Item{}, 0, g)
		near(t, "initial S", first.Stability, u.InitialS[i], 0)
		near(t, "initial D", first.Difficulty, u.InitialD[i], 5.1e-9)
		five := Item{Stability: 5, Difficulty: 5}
		near(t, "next D", m.rate(five, 0, g).Difficulty, u.D[i], 1e-8)
		near(t, "next D before mean reversion", exact(straight, true).rate(five, 0, g).Difficulty, u.DBefore[i], 1e-6)
	}

	// at is the state after a rating at which recall was r, in parts of days.
	whole := fsrs.NewFSRS(fsrs.DefaultParam())
	at := func(s, d, r float64, g fsrs.Rating) float64 {
		next, err := whole.MemoryState(fsrs.ReviewEntries{{Rating: g, DeltaT: m.days(s, r)}}, &fsrs.MemoryState{Stability: s, Difficulty: d})
		if err != nil {
			t.Fatal(err)
		}
		return next.Stability
	}
	var rows struct {
		S        float64
		D, R     []float64
		G        []int
		Expected []float64 `json:"expected_8dp"`
	}
	read := func(raw json.RawMessage) {
		rows.D, rows.R, rows.G, rows.Expected = nil, nil, nil, nil
		if err := json.Unmarshal(raw, &rows); err != nil || len(rows.Expected) != 4 {
			t.Fatal(err, rows)
		}
	}
	read(u.RecallS)
	for i, want := range rows.Expected {
		g := fsrs.Rating(rows.G[i])
		if g == fsrs.Again { // the formula of recall, which is that of Good
			g = fsrs.Good
		}
		near(t, "recall S", at(rows.S, rows.D[i], rows.R[i], g), want, 1e-8*want)
	}
	read(u.ForgetS)
	for i, want := range rows.Expected {
		near(t, "forget S", at(rows.S, rows.D[i], rows.R[i], fsrs.Again), want, 1e-8*want)
	}
	read(u.ShortS)
	for i, want := range rows.Expected {
		near(t, "same day S", m.rate(Item{Stability: rows.S, Difficulty: 5}, 0, fsrs.Rating(i+1)).Stability, want, 5.1e-9)
	}

	for i, days := range u.R1.T {
		near(t, "R", m.Recall(Item{Stability: 1}, int(days)), u.R1.Expected8[i], 5.1e-9)
	}
	for i, days := range u.RPairs.T {
		near(t, "R", m.Recall(Item{Stability: u.RPairs.S[i]}, int(days)), u.RPairs.Expected7[i], 5.1e-8)
	}
	flat := fsrs.DefaultWeights()
	flat[20] = 0.2
	for i, days := range u.R02.T {
		near(t, "R", exact(flat, true).Recall(Item{Stability: 1}, int(days)), u.R02.Expected[i], 1e-7)
	}

	endless := exact(fsrs.DefaultWeights(), true)
	endless.p.MaximumInterval = math.MaxInt32
	for i := range 10 {
		wish := float64(i+1) / 10
		near(t, "interval", float64(m.interval(1, wish)), u.Intervals.Max[i], 0)
		near(t, "interval without end", float64(endless.interval(1, wish)), u.Intervals.Uncapped[i], 0)
		near(t, "interval without end", float64(endless.interval(1, wish)), u.Intervals.Rough[i], 1e-6*u.Intervals.Rough[i])
	}
	near(t, "interval is stability", m.days(121.01552, 0.9), u.Interval121, 2e-5)

	for _, x := range u.Imports {
		got, err := whole.MemoryStateFromSM2(x.Ease, x.Interval, x.Retention)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "import S", got.Stability, x.S, 1e-5*x.S)
		near(t, "import D", got.Difficulty, x.D, 1e-5)
	}
	converted := weightsOf(t, u.Convert.In)
	for i, want := range u.Convert.Out {
		near(t, "converted weight", converted[i], want, 2e-8)
	}

	now := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	log, err := whole.Repeat(fsrs.Card{Due: now}, now)
	if err != nil {
		t.Fatal(err)
	}
	minutes := func(g fsrs.Rating) float64 { return log[g].Card.Due.Sub(now).Minutes() }
	near(t, "step again", minutes(fsrs.Again), u.Steps.New.Again, 0)
	near(t, "step hard", minutes(fsrs.Hard), u.Steps.New.Hard, 0)
	near(t, "step good", minutes(fsrs.Good), u.Steps.New.Good, 0)
	near(t, "step easy", float64(log[fsrs.Easy].Card.ScheduledDays), u.Steps.New.Easy, 0)
}

func TestModelIsThePublishedOne(t *testing.T) {
	var v struct {
		Weights   []float64 `json:"default_parameters_w0_to_w20"`
		Constants struct {
			Wish     float64   `json:"default_desired_retention"`
			Most     float64   `json:"default_maximum_interval_days"`
			Learn    []float64 `json:"default_learning_steps_minutes"`
			Relearn  []float64 `json:"default_relearning_steps_minutes"`
			Shortest float64   `json:"S_min"`
			Longest  float64   `json:"S_max"`
		}
		Bounds  struct{ Lower, Upper []float64 } `json:"parameter_bounds"`
		Derived struct {
			Decay  float64   `json:"DECAY"`
			Factor float64   `json:"FACTOR"`
			D0     []float64 `json:"D0"`
		} `json:"derived_for_defaults"`
	}
	reference(t, "fsrs6_model.json", &v)
	m := NewModel(Default)
	if !reflect.DeepEqual(Default.W[:], v.Weights) || !reflect.DeepEqual([]float64(m.p.W[:]), v.Weights) {
		t.Error("the default weights are not the published ones")
	}
	near(t, "decay", m.p.Decay, v.Derived.Decay, 1e-15)
	near(t, "factor", m.p.Factor, v.Derived.Factor, 1e-12)
	for i, want := range v.Derived.D0 {
		near(t, "D0", m.rate(Item{}, 0, fsrs.Rating(i+1)).Difficulty, min(max(want, 1), 10), 1e-12)
	}
	near(t, "retention", m.p.RequestRetention, v.Constants.Wish, 0)
	near(t, "longest interval", m.p.MaximumInterval, v.Constants.Most, 0)
	near(t, "shortest stability", shortest, v.Constants.Shortest, 0)
	near(t, "longest stability", longest, v.Constants.Longest, 0)
	if !reflect.DeepEqual(m.p.LearningSteps, v.Constants.Learn) || !reflect.DeepEqual(m.p.RelearningSteps, v.Constants.Relearn) {
		t.Error("the steps are not the published ones")
	}
	// Weights out of their bounds are brought into them; the lower one of w19
	// is this library's, with answers of the same day on.
	var low, high Weights
	for i := range low.W {
		low.W[i], high.W[i] = -1000, 1000
	}
	v.Bounds.Lower[19] = 0.01
	if got := NewModel(low).p.W; !reflect.DeepEqual([]float64(got[:]), v.Bounds.Lower) {
		t.Errorf("lower bounds %v", got)
	}
	if got := NewModel(high).p.W; !reflect.DeepEqual([]float64(got[:]), v.Bounds.Upper) {
		t.Errorf("upper bounds %v", got)
	}
}
