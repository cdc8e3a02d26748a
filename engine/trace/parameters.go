package trace

import (
	"truce/facts"
	"truce/rules"
)

// Parameters are the thresholds of a pack as a run had them. They are never changed,
// only copied.
type Parameters struct {
	values []facts.Value
	points [][]facts.Value
}

// NewParameters are the thresholds as the pack has them.
func NewParameters(p *rules.Pack) *Parameters {
	ps := &Parameters{values: make([]facts.Value, len(p.Thresholds)), points: make([][]facts.Value, len(p.Thresholds))}
	for i, t := range p.Thresholds {
		ps.values[i], ps.points[i] = t.Value, t.Points
	}
	return ps
}

// Value is the value of the threshold at an index.
func (p *Parameters) Value(i int) facts.Value { return p.values[i] }

// Points are the points of the table at an index, by level.
func (p *Parameters) Points(i int) []facts.Value { return p.points[i] }

// With is a copy in which one threshold has another value.
func (p *Parameters) With(i int, v facts.Value) *Parameters {
	q := *p
	q.values = append([]facts.Value(nil), p.values...)
	q.values[i] = v
	return &q
}

// WithPoints is a copy in which one table has other points.
func (p *Parameters) WithPoints(i int, points []facts.Value) *Parameters {
	q := *p
	q.points = append([][]facts.Value(nil), p.points...)
	q.points[i] = points
	return &q
}
