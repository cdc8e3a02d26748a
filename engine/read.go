package engine

import (
	"truce/engine/trace"
	"truce/facts"
)

// Listing is the facts of a type as a host program reads them when it needs neither
// reasons nor an order. It costs nothing to make, and holds until the session changes.
type Listing struct {
	matcher matcher
	typ     *facts.FactType
	numbers []int32
}

// Read lists the facts of a type that are at least possible.
func (s *Session) Read(t *facts.FactType) (Listing, error) {
	if err := s.current(); err != nil {
		return Listing{}, err
	}
	return Listing{s.matcher, t, s.matcher.Facts(t)}, nil
}

// Len is how many facts there are.
func (l Listing) Len() int { return len(l.numbers) }

// Status says in which of the two models a fact is.
func (l Listing) Status(i int) trace.Status { return l.matcher.Status(l.typ, l.numbers[i]) }

// Value is the value of a field, by its index.
func (l Listing) Value(i, field int) facts.Value {
	return l.matcher.Value(l.typ, l.numbers[i], field)
}

// Text is the value of a field whose kind is text or enum, and whether it is known.
func (l Listing) Text(i, field int) (value string, known bool) {
	return l.matcher.Text(l.typ, l.numbers[i], field)
}

// Integer is the value of a field whose kind is integer, date or scale, and whether it
// is known.
func (l Listing) Integer(i, field int) (value int64, known bool) {
	return l.matcher.Integer(l.typ, l.numbers[i], field)
}
