package recall

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"math"
	"slices"
)

// A memory is kept as {"w":"6.0","i":"…"}: the name of the weights, and the
// items in base64, ascending by their identifiers. An item is
//
//	5 bits   how many letters its identifier shares with the one before
//	14 bits  day, since epoch
//	12 bits  stability, as steps of a logarithm; 0: to be learned
//	9 bits   difficulty
//
// and the rest of its identifier, three letters in 16 bits, ended by a group
// that is not full or by its 24th letter. So an item of a course takes some 8
// bytes before base64, and one that shares nothing with its neighbour 21.
type kept struct {
	Weights string `json:"w"`
	Items   string `json:"i"`
}

const (
	idLetters  = "abcdefghijklmnopqrstuvwxyz0123456789-"
	idLength   = 24
	epoch      = 18262 // 2020-01-01
	dayMax     = 1<<14 - 1
	stepsMax   = 1<<12 - 1
	hardMax    = 1<<9 - 1
	shortest   = 0.001 // FSRS's own bounds of stability
	longest    = 36500
	letterBase = len(idLetters) + 1
)

// base64 of the alphabet that JSON leaves as it is.
var letters64 = base64.RawURLEncoding

// Keep is the memory as a value that marshals. An item whose identifier is not
// of 1 to 24 letters a to z, digits and - is left out.
func (m *Memory) Keep(w Weights) any {
	var out []byte
	before := ""
	for _, id := range slices.Sorted(maps.Keys(m.items)) {
		if !keepable(id) {
			continue
		}
		shared := 0
		for shared < min(len(id), len(before)) && id[shared] == before[shared] {
			shared++
		}
		out = appendItem(out, shared, m.items[id])
		out = appendLetters(out, id[shared:], idLength-shared)
		before = id
	}
	return kept{w.Name, letters64.EncodeToString(out)}
}

// Read reads what Keep has written. Of a memory that is damaged it returns what
// comes before the damage; it never fails. One written under other weights than
// the model's is carried over to them.
func Read(data []byte, model *Model) *Memory {
	m := &Memory{items: map[string]Item{}}
	var k kept
	if json.Unmarshal(data, &k) != nil {
		return m
	}
	raw := make([]byte, letters64.DecodedLen(len(k.Items)))
	n, _ := letters64.Decode(raw, []byte(k.Items)) // up to the damage
	raw = raw[:n]
	before := ""
	for len(raw) >= itemBytes {
		shared, item := readItem(raw)
		if shared > len(before) {
			break
		}
		rest, size, ok := readLetters(raw[itemBytes:], idLength-shared)
		id := before[:shared] + rest
		if !ok || id <= before {
			break
		}
		m.items[id], before = model.carried(item, k.Weights), id
		raw = raw[itemBytes+size:]
	}
	return m
}

const itemBytes = 5

func appendItem(out []byte, shared int, i Item) []byte {
	day := uint64(min(max(i.Day-epoch, 0), dayMax))
	var steps, hard uint64
	if !i.New() {
		s := math.Log(min(max(i.Stability, shortest), longest)/shortest) / math.Log(longest/shortest)
		steps = 1 + uint64(math.Round(s*(stepsMax-1)))
		hard = uint64(math.Round((min(max(i.Difficulty, 1), 10) - 1) / 9 * hardMax))
	}
	bits := uint64(shared)<<35 | day<<21 | steps<<9 | hard
	return append(out, byte(bits>>32), byte(bits>>24), byte(bits>>16), byte(bits>>8), byte(bits))
}

func readItem(raw []byte) (shared int, i Item) {
	bits := uint64(raw[0])<<32 | uint64(raw[1])<<24 | uint64(raw[2])<<16 | uint64(raw[3])<<8 | uint64(raw[4])
	i.Day = int(bits>>21&dayMax) + epoch
	if steps := bits >> 9 & stepsMax; steps > 0 {
		i.Stability = shortest * math.Pow(longest/shortest, float64(steps-1)/(stepsMax-1))
		i.Difficulty = 1 + float64(bits&hardMax)*9/hardMax
	}
	return int(bits >> 35), i
}
