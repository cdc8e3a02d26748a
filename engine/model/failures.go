package model

import (
	"slices"
	"strings"

	"truce/facts/source"
	"truce/rules"
)

// Failures reports every instance that is left in a fault: its premises are
// certain, and so are its tests but for the fault.
func (m *Model) Failures(instances []Instance) error {
	var ds source.Diagnostics
	for n := range instances {
		in := &instances[n]
		v := in.Truth
		if v.Fault() == nil {
			v = in.Failed
			if v.IsZero() || !in.Truth.True() {
				continue
			}
		}
		if !m.PremisesCertain(in) {
			continue
		}
		f := v.Fault()
		ds = append(ds, ErrFault.At(f.Span, "%s, in rule %s%s", f.Message, in.Rule.Name, m.bindings(in)).
			See(in.Rule.Span, "rule %s", in.Rule.Name))
	}
	// The rows of a table share conditions: a fault is told once, at its place.
	ds = slices.CompactFunc(ds.Sort(), func(a, b source.Diagnostic) bool { return a.Span == b.Span && a.Code == b.Code })
	return ds.Err()
}

// Conflicts reports keys with two facts that both have certain support and differ: of
// several facts of one key, each with the first that it excludes. The support is the
// certain instances of each fact.
func (m *Model) Conflicts(supported map[int][]int) error {
	groups := map[int][]int{}
	for i := range supported {
		if g := m.Facts[i].Group; g != 0 {
			groups[g] = append(groups[g], i)
		}
	}
	var ds source.Diagnostics
	for _, list := range groups {
		// By what concludes them, so that the order of finding does not show.
		slices.SortFunc(list, func(i, j int) int {
			if m.before(m.shown(supported[i]), m.shown(supported[j])) {
				return -1
			}
			return 1
		})
		for n, i := range list {
			for _, j := range list[:n] {
				if m.Facts[i].Excludes(&m.Facts[j]) {
					ds = append(ds, m.conflict(m.shown(supported[j]), m.shown(supported[i])))
					break
				}
			}
		}
	}
	return ds.Sort().Err()
}

// shown is the instance of several that a message names: the first by name, so that
// the order of finding does not show.
func (m *Model) shown(instances []int) *Instance {
	first := &m.Instances[instances[0]]
	for _, n := range instances[1:] {
		if in := &m.Instances[n]; m.before(in, first) {
			first = in
		}
	}
	return first
}

// before orders instances by rule, then by what they bind.
func (m *Model) before(a, b *Instance) bool {
	if c := strings.Compare(a.Rule.Name, b.Rule.Name); c != 0 {
		return c < 0
	}
	return m.bindings(a) < m.bindings(b)
}

func (m *Model) conflict(a, b *Instance) source.Diagnostic {
	if m.before(b, a) {
		a, b = b, a
	}
	return ErrConflict.At(b.Rule.Then[b.Conclusion].Span, "%s and %s cannot both be: rules %s%s and %s%s hold at once",
		m.Name(a.Fact), m.Name(b.Fact), a.Rule.Name, m.bindings(a), b.Rule.Name, m.bindings(b)).
		See(a.Rule.Span, "rule %s concludes %s", a.Rule.Name, m.Name(a.Fact)).
		See(b.Rule.Span, "rule %s concludes %s", b.Rule.Name, m.Name(b.Fact))
}

// bindings shows the premises of an instance.
func (m *Model) bindings(in *Instance) string {
	var parts []string
	for _, s := range in.Rule.When {
		if s.Kind == rules.Pattern {
			parts = append(parts, s.Name+" = "+m.Name(in.Premises[s.Slot]))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}
