package packtest

import (
	"slices"

	"truce/explain/cover"
)

// Format is the version of the JSON form of tests, and of mutants.
const Format = "truce.packtest/1"

// MutationDocument is the JSON form of what became of mutants.
type MutationDocument struct {
	All        int            `json:"all"` // mutants that there are
	Tried      int            `json:"tried"`
	Killed     cover.Count    `json:"killed"`     // of those that load and are not equivalent
	Unloadable int            `json:"unloadable"` // the pack would not load
	Equivalent int            `json:"equivalent"` // no facts tell it from the pack
	Kinds      []KindItem     `json:"kinds"`
	Survivors  []SurvivorItem `json:"survivors"`
}

// KindItem is how many mutants of a kind were killed.
type KindItem struct {
	Kind   string      `json:"kind"`
	Killed cover.Count `json:"killed"`
}

// SurvivorItem is a mutant that no test notices.
type SurvivorItem struct {
	At      string    `json:"at"`
	Kind    string    `json:"kind"`
	Of      string    `json:"of"` // "rule x", "threshold y"
	Was     string    `json:"was"`
	Becomes string    `json:"becomes,omitempty"` // "": it is left out
	Nearest *TestItem `json:"nearest,omitempty"` // the test that comes to the place; none: no test does

	says string
}

// TestItem is a test and where it stands.
type TestItem struct {
	Test string `json:"test"`
	At   string `json:"at"`
}

// Document is the mutation in its JSON form.
func (m *Mutation) Document() *MutationDocument {
	d := &MutationDocument{All: m.All, Tried: len(m.Tried), Killed: m.Score().Item(),
		Unloadable: m.Count(Unloadable), Equivalent: m.Count(Equivalent), Survivors: []SurvivorItem{}}
	for _, kind := range Kinds() {
		of := Mutation{Tried: slices.DeleteFunc(slices.Clone(m.Tried), func(t Tried) bool { return t.Mutant.Kind != kind })}
		if score := of.Score(); score.All > 0 {
			d.Kinds = append(d.Kinds, KindItem{kind, score.Item()})
		}
	}
	for _, t := range m.Tried {
		if t.Outcome != Survived {
			continue
		}
		x := t.Mutant
		item := SurvivorItem{At: x.At.String(), Kind: x.Kind, Of: x.Of, Was: x.Was, Becomes: x.Becomes, says: x.String()}
		if t.Nearest != nil {
			item.Nearest = &TestItem{t.Nearest.Name, t.Nearest.Span.String()}
		}
		d.Survivors = append(d.Survivors, item)
	}
	return d
}
