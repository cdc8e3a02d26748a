package record

import (
	"errors"
	"fmt"
	"slices"

	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
)

// Settings are the thresholds that differ from the pack's, in pack order.
func Settings(p *rules.Pack, ps *trace.Parameters) []Setting {
	var list []Setting
	for i, t := range p.Thresholds {
		switch {
		case t.Points == nil:
			if v := ps.Value(i); !v.Same(t.Value) {
				list = append(list, Setting{Name: t.Name, Value: Encode(v, t.Type)})
			}
		case !slices.EqualFunc(t.Points, ps.Points(i), facts.Value.Same):
			s := Setting{Name: t.Name, Points: map[string]Value{}}
			for level, v := range ps.Points(i) {
				s.Points[t.Table.List[level]] = Encode(v, t.Type)
			}
			list = append(list, s)
		}
	}
	return list
}

// Parameters are the thresholds as the run had them: the pack's, but for those that
// the record lists.
func (r *Record) Parameters(p *rules.Pack) (*trace.Parameters, error) {
	ps := trace.NewParameters(p)
	for _, s := range r.Thresholds {
		t := p.Threshold(s.Name)
		if t == nil {
			return nil, fmt.Errorf("the pack has no threshold %s", s.Name)
		}
		if t.Points == nil {
			v, err := Decode(s.Value, t.Type)
			if err != nil {
				return nil, fmt.Errorf("threshold %s: %w", s.Name, err)
			}
			ps = ps.With(t.Index, v)
			continue
		}
		points := make([]facts.Value, len(t.Points))
		for level, name := range t.Table.List {
			v, err := Decode(s.Points[name], t.Type)
			if err != nil {
				return nil, fmt.Errorf("threshold %s, level %s: %w", s.Name, name, err)
			}
			points[level] = v
		}
		ps = ps.WithPoints(t.Index, points)
	}
	list := Settings(p, ps)
	if !Same(list, r.Thresholds) {
		return nil, errors.New("thresholds are listed that are as the pack has them, or not in its order")
	}
	return ps, nil
}
