package meaning

import "truce/facts"

// What happened to an item.
type What uint8

// An item that only the new pack has is added, one that only the old one has is
// removed. One that is renamed may have changed too, where a name it is part of is
// what was renamed.
const (
	Added What = iota + 1
	Removed
	Changed
	Renamed
)

var whatNames = [...]string{"", "added", "removed", "changed", "renamed"}

func (w What) String() string { return whatNames[w] }

// Kind is the kind of an item, as a reader calls it: "rule", "threshold".
type Kind string

// The kinds of items, in the order in which they are listed.
const (
	PackItem   Kind = "pack"
	Label      Kind = "label"
	Unit       Kind = "unit"
	Quality    Kind = "quality"
	FactType   Kind = "fact type"
	Field      Kind = "field"
	Threshold  Kind = "threshold"
	Constraint Kind = "constraint"
	Assumption Kind = "assumption"
	Rule       Kind = "rule"
	Table      Kind = "table"
	Row        Kind = "row"
	Section    Kind = "section"
	Line       Kind = "line"
	Report     Kind = "report"
	Extension  Kind = "extension"
	Claim      Kind = "claim"
	Test       Kind = "test"
)

// kinds is the order of listing.
func kinds() []Kind {
	return []Kind{PackItem, Label, Unit, Quality, FactType, Field, Threshold, Constraint, Assumption, Rule, Table, Row,
		Section, Line, Report, Extension, Claim, Test}
}

// Change is what happened to one item.
type Change struct {
	Kind Kind
	What What
	Old  Name // zero of what was added
	New  Name // zero of what was removed
	// Parts are those that differ; of what was added or removed, all that it has.
	Parts []PartChange
	// WordsOnly says that all parts that differ are sentences and reasons.
	WordsOnly bool
}

// Name is what a pack calls an item, and where it stands.
type Name struct {
	Name string
	At   facts.Span
}

// Name is what the item is called now, or was called last.
func (c *Change) Name() string {
	if c.What == Removed {
		return c.Old.Name
	}
	return c.New.Name
}

// PartChange is a part that differs: the lines that the old pack has alone, and those
// that the new one has alone.
type PartChange struct {
	Part     string // "value", "when", "because"
	Old, New []Text
	Words    bool
}

// Text is a line of a part, as a reader would write it: a condition in normal form, a
// value with its unit.
type Text struct {
	Text string
	At   facts.Span // zero where it has no place of its own
}
