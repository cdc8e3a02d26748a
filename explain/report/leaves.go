package report

import (
	"fmt"
	"slices"
	"strings"

	"truce/explain"
)

// reads writes what aggregates looked at, and notes the thresholds.
func (s *proofSayer) reads(r *explain.Reads, level int) {
	s.used = append(s.used, r.Thresholds...)
	for i := range r.Aggregates {
		s.aggregate(&r.Aggregates[i], level)
	}
}

// mostLeftOut is how many members that were left out a line names.
const mostLeftOut = 6

func (s *proofSayer) aggregate(a *explain.Aggregate, level int) {
	counted, excluded := split(a)
	var parts []string
	switch {
	case len(counted) > 0:
		parts = append(parts, "counted: "+strings.Join(counted, ", "))
	case len(excluded) > 0:
		parts = append(parts, "counted none")
	default:
		parts = append(parts, "there is no "+a.Type)
	}
	if more := len(excluded) - mostLeftOut; more > 0 {
		excluded = append(excluded[:mostLeftOut:mostLeftOut], fmt.Sprintf("and %d more", more))
	}
	if len(excluded) > 0 {
		parts = append(parts, "looked at and left out: "+strings.Join(excluded, ", "))
	}
	if a.Wanted != "" {
		parts = append(parts, "one with "+a.Wanted+" would have counted")
	}
	if a.Open {
		parts = append(parts, "the case may not list all")
	}
	s.add(level, a.At, aside(a.Text+": "+strings.Join(parts, "; ")))
}

// split names the members that were counted, and those that were left out: for what
// they are, or for a fact of the same key that is sure to be there. Those of which
// at most one is so stand together, behind the others.
func split(a *explain.Aggregate) (counted, excluded []string) {
	done := map[string]bool{}
	var other, groups []string
	for i := range a.Counted {
		m := &a.Counted[i]
		switch {
		case done[m.Fact]:
		case m.RuledOutBy != "":
			excluded = append(excluded, m.Fact+" (ruled out by "+m.RuledOutBy+")")
		default:
			group := []string{member(m)}
			for k := i + 1; k < len(a.Counted); k++ {
				if r := &a.Counted[k]; slices.Contains(m.Rivals, r.Fact) {
					group, done[r.Fact] = append(group, member(r)), true
				}
			}
			if len(group) > 1 {
				groups = append(groups, "at most one of "+strings.Join(group, ", "))
				continue
			}
			counted = append(counted, group...)
		}
	}
	for i := range a.Excluded {
		other = append(other, member(&a.Excluded[i]))
	}
	return append(counted, groups...), append(excluded, other...)
}

// member is the name of a fact, with what it adds, and whether it is sure to count.
func member(m *explain.Member) string {
	s := m.Fact
	if !m.Value.IsZero() {
		s += " " + explain.Close.Print(m.Value)
	}
	if m.Selected == "unknown" {
		s += " (perhaps)"
	}
	return s
}
