package packdiff

import (
	"truce/explain"
	"truce/explain/compare"
	"truce/rules"
	"truce/rules/meaning"
)

// Format is the version of the JSON form of Document. Fields may be added to a
// version; none changes its meaning.
const Format = "truce.rulesdiff/1"

// Document is the difference of two packs. It is the JSON document of that name as it
// stands.
type Document struct {
	Format  string          `json:"format"`
	Old     explain.PackRef `json:"old"`
	New     explain.PackRef `json:"new"`
	Differs bool            `json:"differs"` // in meaning
	Changes []Change        `json:"changes"`
	Words   []Change        `json:"words_only"` // what differs in sentences and reasons alone
	Cases   *Cases          `json:"cases,omitempty"`
	Witness *Witness        `json:"witness,omitempty"`
}

// Change is what happened to one item of the pack.
type Change struct {
	Kind string `json:"kind"` // rule, threshold, row, ...
	What string `json:"what"` // added, removed, changed, renamed
	Name string `json:"name"` // of the new pack, or of the old one where it was removed
	Old  Named  `json:"old,omitzero"`
	New  Named  `json:"new,omitzero"`
	// Parts are those that differ; of what was added or removed, all but sentences.
	Parts []Part `json:"parts,omitempty"`
}

// Named is what a pack calls an item, and where it stands.
type Named struct {
	Name string `json:"name"`
	At   string `json:"at,omitempty"`
}

// Part is a part of an item with the lines that either pack has alone.
type Part struct {
	Part  string `json:"part"`
	Words bool   `json:"words,omitempty"`
	Old   []Line `json:"old,omitempty"`
	New   []Line `json:"new,omitempty"`
}

// Line is a condition in normal form, a value with its unit, a name.
type Line struct {
	Text string `json:"text"`
	At   string `json:"at,omitempty"`
}

// Cases are what cases come to under both packs.
type Cases struct {
	Total       int    `json:"total"`
	Answers     int    `json:"other_answers"`     // cases whose answer changes
	Conclusions int    `json:"other_conclusions"` // cases with the same answer and some other conclusion
	Failures    int    `json:"failures"`          // cases that one pack alone cannot read or run
	Differ      []Case `json:"differ"`            // all of these, in the order given
}

// Case is a case that comes out otherwise.
type Case struct {
	ID      string  `json:"id"`
	Differs Differs `json:"differs"`
	From    Outcome `json:"from"`
	To      Outcome `json:"to"`
	// Fact is a conclusion that differs, the answer before others, and Path the way from
	// it down to the first thing that does.
	Fact string         `json:"fact,omitempty"`
	Path []compare.Step `json:"path,omitempty"`
	// Facts is how many conclusions differ.
	Facts int `json:"facts,omitempty"`
}

// Differs is in what a case differs.
type Differs string

// A failure is that one pack alone has an outcome.
const (
	Answer      Differs = "answer"
	Conclusions Differs = "conclusions"
	Failure     Differs = "failure"
)

// Outcome is what a case came to.
type Outcome struct {
	Settled     bool     `json:"settled"`
	Values      []string `json:"values,omitempty"` // that can hold
	NoneCanHold bool     `json:"none_can_hold,omitempty"`
	Failed      string   `json:"failed,omitempty"` // the first finding
}

// Witness is a case made to show a difference that no given case shows, or that none
// was found.
type Witness struct {
	Found   bool   `json:"found"`
	From    string `json:"from,omitempty"` // the case it was made of
	Changes []Move `json:"changes,omitempty"`
	Case    *Case  `json:"case,omitempty"` // as it came out when it was run again
	Text    string `json:"text,omitempty"` // the case as a file
	Bounds  Bounds `json:"bounds"`
}

// Move is a value that was changed in a case.
type Move struct {
	Name string        `json:"name"`
	From explain.Value `json:"from"`
	To   explain.Value `json:"to"`
}

// Bounds are what the search for a witness looked through.
type Bounds struct {
	Starts   int `json:"starts"`         // cases that it could set out from
	Begun    int `json:"starts_moved"`   // of those, how many it moved values of
	Values   int `json:"values"`         // that moved, of the case with most
	Together int `json:"moved_together"` // how many values it moved at once, at most
	Runs     int `json:"runs"`           // of the rules, by both packs
	Budget   int `json:"budget"`         // of runs
	Boxes    int `json:"boxes_refuted"`  // ranges in which both packs settle on one answer
}

// Of compares two packs.
func Of(older, newer *rules.Pack) *Document {
	d := &Document{Format: Format, Old: refOf(older), New: refOf(newer), Changes: []Change{}, Words: []Change{}}
	for _, c := range meaning.Diff(older, newer) {
		if x := changeOf(c); c.WordsOnly {
			d.Words = append(d.Words, x)
		} else {
			d.Changes = append(d.Changes, x)
		}
	}
	d.Differs = len(d.Changes) > 0
	return d
}

func refOf(p *rules.Pack) explain.PackRef {
	return explain.PackRef{Name: p.Name, Version: p.Version, Digest: p.Digest}
}

func changeOf(c meaning.Change) Change {
	x := Change{Kind: string(c.Kind), What: c.What.String(), Name: c.Name(), Old: namedOf(c.Old), New: namedOf(c.New)}
	for _, p := range c.Parts {
		x.Parts = append(x.Parts, Part{Part: p.Part, Words: p.Words, Old: linesOf(p.Old), New: linesOf(p.New)})
	}
	return x
}

func namedOf(n meaning.Name) Named { return Named{n.Name, n.At.String()} }

func linesOf(list []meaning.Text) []Line {
	var lines []Line
	for _, t := range list {
		lines = append(lines, Line{t.Text, t.At.String()})
	}
	return lines
}

// Places visits all that says where something stands in a file of the old pack, or of
// the new one.
func (d *Document) Places(older, newer func(at any)) {
	for _, list := range [][]Change{d.Changes, d.Words} {
		for i := range list {
			older(&list[i].Old)
			newer(&list[i].New)
			for k := range list[i].Parts {
				older(&list[i].Parts[k].Old)
				newer(&list[i].Parts[k].New)
			}
		}
	}
	if d.Cases != nil {
		for i := range d.Cases.Differ {
			d.Cases.Differ[i].Places(older, newer)
		}
	}
	if d.Witness != nil && d.Witness.Case != nil {
		d.Witness.Case.Places(older, newer)
	}
}

// Places visits all that says where something stands in a file of the old pack, or of
// the new one.
func (c *Case) Places(older, newer func(at any)) {
	for i := range c.Path {
		older(&c.Path[i].A)
		newer(&c.Path[i].B)
	}
}
