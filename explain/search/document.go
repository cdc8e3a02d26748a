package search

import (
	"truce/explain"
	"truce/explain/whynot"
)

// FlipFormat is the version of the JSON form of a Flip. Fields may be added to a
// version; none changes its meaning.
const FlipFormat = "truce.flip/1"

// Flip is what settles a case on an answer.
type Flip struct {
	Format string `json:"format"`
	About
	To string `json:"to"`
	// Already says that the case is settled on it as it is.
	Already bool `json:"already"`
	// Impossible says that the answer can hold nowhere, whatever moves.
	Impossible bool     `json:"impossible"`
	Moving     []string `json:"moving"` // what was allowed to move
	// Held is what the pack declares fixed and nobody set free.
	Held []string `json:"held,omitempty"`
	// AtLeast is how many changes it takes, proved: no set of fewer can do it.
	AtLeast int `json:"at_least_changes"`
	// Needed are what any way must change.
	Needed  []string `json:"needed"`
	Fewest  *Way     `json:"fewest,omitempty"`
	Nearest *Way     `json:"nearest,omitempty"`
	// WhyNot is, of an impossible answer, what stands in its way with all that moves at
	// its whole range.
	WhyNot *whynot.Document `json:"why_not,omitempty"`
	// Parts are, of an answer that is impossible and yet can hold in a run with all at its
	// whole range, the parts of one value's range that each exclude it.
	Parts []Part `json:"parts,omitempty"`
	Effort
}

// Part is a part of the range of a value in which an answer cannot hold, whatever else
// moves, and what stands in its way there.
type Part struct {
	Name   string           `json:"name"`
	Value  explain.Value    `json:"value"`
	WhyNot *whynot.Document `json:"why_not,omitempty"`
}

// About is what every document of this package says of the run it is about.
type About struct {
	Case   string `json:"case"`
	AsOf   string `json:"as_of"`
	Pack   string `json:"pack"`
	Digest string `json:"digest"`
	Answer Answer `json:"answer"` // of the case as it is
	// Disclaimer is what the pack says under every answer.
	Disclaimer string `json:"disclaimer,omitempty"`
}

// Answer is what a run came to.
type Answer struct {
	Settled     bool     `json:"settled"`
	Values      []string `json:"values"` // that can hold
	NoneCanHold bool     `json:"none_can_hold,omitempty"`
	Error       string   `json:"error,omitempty"`
}

// Effort is what a search took.
type Effort struct {
	Runs        int  `json:"runs"`
	SetsRefuted int  `json:"sets_refuted,omitempty"` // sets run at their whole range, and refuted
	Boxes       int  `json:"boxes_refuted,omitempty"`
	Exhausted   bool `json:"exhausted"` // the runs were used up before the search was done
}

// Way is a set of changes that was run and settles the answer.
type Way struct {
	Changes  []Change `json:"changes"`
	Distance float64  `json:"distance"`
	// ProvedFewest: every smaller set was refuted. Of the nearest way it is not asked.
	ProvedFewest bool `json:"proved_fewest"`
	// ProvedNearest: every nearer point was refuted; of the way of fewest changes,
	// among those of as many changes.
	ProvedNearest bool `json:"proved_nearest"`
	// AtLeast is the distance below which there is nothing, proved.
	AtLeast float64 `json:"at_least_distance"`
}

// Change is one value changed.
type Change struct {
	Name      string        `json:"name"` // Type.field, Type(id).field or threshold.name
	Threshold bool          `json:"threshold,omitempty"`
	From      explain.Value `json:"from"`
	To        explain.Value `json:"to"`
	Origin    string        `json:"origin,omitempty"` // of From: given, absent, assumed, known later
	Then      string        `json:"then,omitempty"`   // the origin of To, where it was asked what if
	Distance  float64       `json:"distance"`
}
