package search

import (
	"context"
	"errors"

	"truce/engine"
	"truce/explain"
	"truce/facts"
)

// Start is a case from which a search for a witness sets out, as each of two packs
// reads it.
type Start struct{ Old, New *facts.Case }

// WitnessOptions say what sets two packs apart, and how far a search for a witness
// goes.
type WitnessOptions struct {
	Limits engine.Limits // of each run
	// Runs is how many runs of the rules the search may take, of both packs together; 0
	// is DefaultWitnessRuns.
	Runs int
	// Rules and Thresholds are the names of those that differ, in either pack.
	Rules, Thresholds []string
	Progress          func(done, total int, name string)
}

// DefaultWitnessRuns is the budget of a search for a witness where none is given.
const DefaultWitnessRuns = 6_000

// Witness is a case that two packs answer differently, or what was looked through
// without finding one.
type Witness struct {
	Old, New *facts.Case // as each pack reads it; nil where none was found
	// Answer says that the answers differ; otherwise only a conclusion does.
	Answer  bool
	From    string   // the case it was made of
	Changes []Change // to that case; none: it is the case itself
	Bounds  Bounds
}

// Bounds are what a search for a witness looked through.
type Bounds struct {
	Starts   int `json:"starts"`         // cases that it could set out from
	Begun    int `json:"starts_begun"`   // of those, how many it moved values of
	Values   int `json:"values"`         // that moved, of the case with most
	Together int `json:"moved_together"` // how many values it moved at once, at most
	Runs     int `json:"runs"`
	Budget   int `json:"budget"`
	Boxes    int `json:"boxes_refuted"` // ranges in which both packs settle on one answer
}

// versus is the search for a case that tells two packs apart.
//
// It runs the starting cases first. Then it moves one value of a case at a time to the
// points where conditions turn, those between an old and a new threshold before others;
// where two neighbouring points have different answers, it halves what lies between them
// down to the grid, since packs that turn at different places differ between those. Then
// it does the same with one or two other values moved already. Values are run at their
// whole ranges together before they are moved one by one: where both packs settle on one
// answer there, no point inside can tell them apart.
type versus struct {
	options  WitnessOptions
	old, new *engine.Program
	parts    [2]*engine.Program // what leads to the goal, of each
	points   *turning
	starts   []Start
	out      *Witness
	lesser   *Witness // differs in a conclusion
}

// WitnessOf searches for a case that two packs answer differently, setting out from
// cases that both can read. Its error is the context's. What it finds was run on both
// packs whole.
func WitnessOf(ctx context.Context, older, newer *engine.Program, starts []Start, o WitnessOptions) (*Witness, error) {
	if o.Runs == 0 {
		o.Runs = DefaultWitnessRuns
	}
	v := &versus{options: o, old: older, new: newer, starts: starts, out: &Witness{Bounds: Bounds{Starts: len(starts), Budget: o.Runs}}}
	v.parts[0], v.parts[1] = engine.Compile(slice(older.Pack(), nil)), engine.Compile(slice(newer.Pack(), nil))
	v.points = turningPoints(older.Pack(), newer.Pack(), o)
	err := v.search(ctx)
	if errors.Is(err, errBudget) || errors.Is(err, errFound) {
		err = nil
	}
	if err == nil && v.out.Old == nil && v.lesser != nil {
		v.lesser.Bounds = v.out.Bounds
		return v.lesser, nil
	}
	return v.out, err
}

// errFound ends a search that has found what it looked for. It never leaves the package.
var errFound = errors.New("found")

// mostBegun is in how many starting cases values are moved: those first in which the
// packs come to different conclusions.
const mostBegun = 16

// The shares of the runs that moving one, two and three values may take.
var witnessShares = [...]float64{0.5, 0.85, 1}

func (v *versus) search(ctx context.Context) error {
	var duels []*duel
	for i, s := range v.starts {
		v.progress(s.Old.ID)
		d, err := v.begin(ctx, s)
		if err != nil {
			return err
		}
		if d == nil {
			continue // a pack that has no answer to it does not differ in its answer
		}
		d.turn = i
		duels = append(duels, d)
	}
	inOrder(duels)
	duels = duels[:min(len(duels), mostBegun)]
	for together, share := range witnessShares {
		limit := int(share * float64(v.options.Runs))
		for i, d := range duels {
			// To move one value at a time takes few runs; of more, each case has its part of
			// what is left.
			d.budget = limit
			if together > 0 {
				d.budget = v.out.Bounds.Runs + (limit-v.out.Bounds.Runs)/(len(duels)-i)
			}
			err := d.move(ctx, together+1)
			if err != nil && !errors.Is(err, errBudget) {
				return err
			}
		}
	}
	return nil
}

func (v *versus) progress(name string) {
	if v.options.Progress != nil {
		v.options.Progress(min(v.out.Bounds.Runs, v.options.Runs), v.options.Runs, name)
	}
}

// duel is one starting case on both packs.
type duel struct {
	versus *versus
	start  Start
	turn   int // in the order given
	sides  [2]*Search
	dims   []*rival
	budget int
	differ bool // in some conclusion, as it is
	begun  bool
}

// begin runs a start on both packs, and judges it as it is; nil where one of them has no
// answer.
func (v *versus) begin(ctx context.Context, s Start) (*duel, error) {
	d := &duel{versus: v, start: s, budget: v.options.Runs}
	var o [2]outcome
	for i, c := range []*facts.Case{s.Old, s.New} {
		side := &Search{program: []*engine.Program{v.old, v.new}[i], options: Options{Limits: v.options.Limits}, kase: c}
		v.out.Bounds.Runs++
		var err error
		if side.all, err = side.session(ctx, side.program); err != nil {
			if engine.Canceled(err) {
				return nil, err
			}
			return nil, nil
		}
		a, err := side.all.Answer()
		if err != nil {
			return nil, nil
		}
		o[i], d.sides[i] = outcomeOf(&a), side
	}
	if v.out.Bounds.Runs >= v.options.Runs {
		return nil, errBudget
	}
	return d, d.judge(ctx, nil, o)
}

// prepare gets a start ready to be moved: by the rules that lead to the goal alone.
func (d *duel) prepare(ctx context.Context) error {
	d.begun = true
	d.versus.out.Bounds.Begun++
	for i, side := range d.sides {
		var err error
		if side.slim, err = side.session(ctx, d.versus.parts[i]); err != nil {
			return err
		}
		d.versus.out.Bounds.Runs++
	}
	return d.rivals()
}

// both runs both packs with values changed.
func (d *duel) both(ctx context.Context, at []move) (o [2]outcome, err error) {
	bounds := &d.versus.out.Bounds
	if bounds.Runs+2 > d.budget {
		return o, errBudget
	}
	bounds.Runs += 2
	for i, side := range d.sides {
		if o[i], err = side.on(ctx, side.slim, settingsOf(at, i)); err != nil {
			return o, err
		}
	}
	return o, nil
}

// answers reports whether an outcome is an answer: something can hold.
func (o *outcome) answers() bool { return o.failed == nil && len(o.can) > 0 }

// apart reports whether both packs have an answer, and not the same.
func apart(o [2]outcome) bool { return o[0].answers() && o[1].answers() && !o[0].same(&o[1]) }

// alike reports whether both packs settle on one answer.
func alike(o [2]outcome) bool {
	return o[0].answers() && o[1].answers() && o[0].settled && o[1].settled && o[0].same(&o[1])
}

// point runs a point, and ends the search where the answers differ there.
func (d *duel) point(ctx context.Context, at []move) error {
	o, err := d.both(ctx, at)
	if err != nil {
		return err
	}
	return d.judge(ctx, at, o)
}

// judge looks at what both packs came to at a point.
func (d *duel) judge(ctx context.Context, at []move, o [2]outcome) error {
	v := d.versus
	v.out.Bounds.Together = max(v.out.Bounds.Together, len(at))
	if !apart(o) {
		if !d.differ && (v.lesser == nil || len(at) == 0) {
			return d.conclusions(ctx, at)
		}
		return nil
	}
	at, ok, err := d.least(ctx, at)
	if err != nil || !ok {
		return err
	}
	d.found(v.out, at, true)
	return errFound
}

// onWhole reports whether the packs as a whole answer a point differently.
func (d *duel) onWhole(ctx context.Context, at []move) (bool, error) {
	var o [2]outcome
	var err error
	for i, side := range d.sides {
		if o[i], err = side.check(ctx, settingsOf(at, i)); err != nil {
			return false, err
		}
	}
	return apart(o), nil
}

// least takes back moves that it goes without; false where the packs as a whole do
// not differ.
func (d *duel) least(ctx context.Context, at []move) ([]move, bool, error) {
	ok, err := d.onWhole(ctx, at)
	if err != nil || !ok {
		return at, false, err
	}
	for i := 0; i < len(at); {
		fewer := append(append([]move(nil), at[:i]...), at[i+1:]...)
		ok, err := d.onWhole(ctx, fewer)
		if err != nil {
			return at, false, err
		}
		if ok {
			at = fewer
		} else {
			i++
		}
	}
	return at, true, nil
}

// found notes a witness.
func (d *duel) found(w *Witness, at []move, answer bool) {
	w.Answer, w.From = answer, d.start.Old.ID
	w.Old, w.New = moved(d.start.Old, at, 0), moved(d.start.New, at, 1)
	w.Changes = []Change{}
	for _, m := range at {
		r := m.of.sides[0]
		w.Changes = append(w.Changes, Change{Name: r.label, From: r.valueOf(r.at), To: explain.Value{Type: r.as, Value: m.value[0]}, Origin: r.origin.String()})
	}
}
