package timetable

import (
	"strings"
	"sync"
	"time"
)

// exampleZone is offered where no known name is near.
const exampleZone = "Asia/Shanghai"

// maxZoneName is longer than any name in the database.
const maxZoneName = 64

// LoadZone finds a zone by its name in the IANA database; letter case and spaces
// for underscores are forgiven. Names whose meaning depends on the machine
// ("Local", "localtime") and the empty name are refused. The error is a
// [*SpecError] with [ReasonZoneUnknown] that offers a name.
func LoadZone(name string) (*time.Location, error) {
	if name = strings.TrimSpace(name); len(name) > maxZoneName {
		name = name[:maxZoneName] + "…" // no zone is called so, and errors stay short
	}
	name = strings.ToValidUTF8(name, "")
	if listed, ok := zoneByFold()[foldZone(name)]; ok {
		name = listed
	}
	if loc, ok := zonesLoaded.Load(name); ok {
		return loc.(*time.Location), nil
	}
	if plausibleZone(name) {
		if loc, err := time.LoadLocation(name); err == nil {
			zonesLoaded.Store(name, loc)
			return loc, nil
		}
	}
	return nil, &SpecError{Reason: ReasonZoneUnknown, Detail: name, Remedy: nearestZone(name)}
}

// zonesLoaded are the zones asked for so far, by name: the database has some six
// hundred, and reading one takes longer than all else that a reminder's copy does.
var zonesLoaded sync.Map

// plausibleZone keeps from the loader what it would read as something else than
// a zone: other files of the zone folder, leap-second variants, the machine's own.
func plausibleZone(name string) bool {
	switch strings.ToLower(name) {
	case "", "local", "localtime", "posixrules", "factory":
		return false
	}
	for _, folder := range []string{"posix/", "right/", "systemv/"} {
		if strings.HasPrefix(strings.ToLower(name), folder) {
			return false
		}
	}
	for _, r := range name {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		digit := r >= '0' && r <= '9'
		if !letter && !digit && !strings.ContainsRune("/_+-", r) {
			return false
		}
	}
	return true
}

// foldZone makes spellings of one name equal.
func foldZone(name string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), " ", "_")
}

// nearestZone is the known name closest to what was written, by the whole name or
// by its city, or the example when a third of the letters would have to change.
func nearestZone(name string) string {
	folded := foldZone(name)
	if zone, ok := zoneNicknames[folded]; ok {
		return zone
	}
	best, bestDistance := exampleZone, len(folded)/3+1
	if len(folded) < 3 {
		return best
	}
	consider := func(spelling, zone string) {
		if d := editDistance(folded, spelling, bestDistance); d < bestDistance {
			best, bestDistance = zone, d
		}
	}
	for _, zone := range zoneNames() {
		known := foldZone(zone)
		consider(known, zone)
		if slash := strings.LastIndexByte(known, '/'); slash >= 0 {
			consider(known[slash+1:], zone)
		}
	}
	return best
}

// editDistance counts the letters to insert, delete or replace between a and b;
// limit or anything above it means "limit or more".
func editDistance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
