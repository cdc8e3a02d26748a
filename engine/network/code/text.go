package code

import (
	"strings"

	"truce/facts"
	"truce/rules/condition"
)

// member compiles x in [a, b], or its negation.
func (c *Compiler) member(e *condition.Member, negated bool) tester {
	is, set := comparisonOf(negated), make(set, len(e.Set))
	for i, v := range e.Set {
		set[i] = FromFact(v, c.Texts).Lo
	}
	other := set.maybe
	if k := kindOf(e.X); k == facts.Text || k == facts.Enum {
		other = set.maybeText
	}
	if p, ok := c.place(e.X); ok {
		return (&fieldMember{is, p, set, other}).test()
	}
	read := c.value(e.X)
	return func(f *Frame) Truth {
		v := read(f)
		if v.State == Point {
			return is.given(set.has(v.Lo))
		}
		return is.ofUnknown(v, other)
	}
}

// set is what a list holds, as cells.
type set []uint64

func (s set) has(cell uint64) bool {
	for _, m := range s {
		if m == cell {
			return true
		}
	}
	return false
}

// fieldMember is a list that a field is looked for in.
type fieldMember struct {
	comparison
	p     place
	set   set
	other func(Value) bool
}

//go:noinline
func (s *fieldMember) test() tester {
	return func(f *Frame) Truth {
		cell, wide := s.p.at(f)
		if wide {
			v := f.Wide[cell]
			if v.State != Point {
				return s.ofUnknown(v, s.other)
			}
			cell = v.Lo
		}
		return s.given(s.set.has(cell))
	}
}

// maybe reports whether an interval holds a member.
func (s set) maybe(v Value) bool {
	for _, m := range s {
		if int64(m) >= int64(v.Lo) && int64(m) <= int64(v.Hi) {
			return true
		}
	}
	return false
}

// maybeText reports whether a text that is not known may be a member.
func (s set) maybeText(Value) bool { return len(s) > 0 }

func (c comparison) ofUnknown(v Value, maybe func(Value) bool) Truth {
	switch {
	case v.State == Failed:
		return Truth{Fails, v.Fault}
	case maybe(v):
		return Truth{Is: Maybe}
	}
	return Truth{Is: c.no}
}

// textTest compiles a test of a text against a constant pattern, or its negation.
func (c *Compiler) textTest(e *condition.TextTest, negated bool) tester {
	is, read, holds := comparisonOf(negated), c.value(e.X), textTestOf(e)
	return func(f *Frame) Truth {
		switch v := read(f); v.State {
		case Point:
			return is.given(holds(f.Texts.Text(v.Lo)))
		case Failed:
			return Truth{Fails, v.Fault}
		}
		return Truth{Is: Maybe}
	}
}

func textTestOf(e *condition.TextTest) func(string) bool {
	pattern := e.Pattern
	switch e.Test {
	case "contains":
		return func(s string) bool { return strings.Contains(s, pattern) }
	case "startsWith":
		return func(s string) bool { return strings.HasPrefix(s, pattern) }
	case "endsWith":
		return func(s string) bool { return strings.HasSuffix(s, pattern) }
	}
	return e.Regexp.MatchString
}
