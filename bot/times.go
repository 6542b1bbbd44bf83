package bot

import (
	"encoding/json"
	"slices"
)

// Times are times of the day in minutes after midnight, 0 to 1439, ascending,
// each once.
type Times []int

// UnmarshalJSON also reads the one time that was kept as its minute plus one.
// What is no time of the day is left out.
func (t *Times) UnmarshalJSON(data []byte) error {
	var list []int
	one := 0
	if json.Unmarshal(data, &one) == nil {
		list = []int{one - 1}
	} else if err := json.Unmarshal(data, &list); err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(m int) bool { return m < 0 || m >= 24*60 })
	slices.Sort(list)
	*t = slices.Compact(list)
	return nil
}
