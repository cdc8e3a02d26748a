package engine

import (
	"truce/engine/network"
	"truce/facts"
	"truce/facts/source"
)

// snapshots is a matcher that states all facts of a case at once.
type snapshots interface {
	Snapshot() *network.Snapshot
	Restore(*network.Snapshot)
}

// Prepared is a case that was checked and laid out for a program once, to be loaded
// often, by any session of the program. It is immutable.
type Prepared struct {
	program  *Program
	kase     *facts.Case
	asOf     int64
	complete []string
	snapshot *network.Snapshot // nil where no network could load it
	stated   []register        // by type: with the numbers that the snapshot gives the facts
}

// Prepare checks a case as Load does. The case must not be changed afterwards.
func (p *Program) Prepare(c *facts.Case) (*Prepared, error) {
	s := p.NewSession(Options{})
	if err := s.Load(c); err != nil {
		return nil, err
	}
	out := &Prepared{program: p, kase: c, asOf: c.AsOf, complete: c.Complete}
	if net, ok := s.matcher.(snapshots); ok && len(s.inexact) == 0 {
		out.snapshot, out.stated = net.Snapshot(), s.stated
	}
	return out, nil
}

// LoadPrepared is Load of a prepared case. Its one error is a case that was prepared for
// another program.
func (s *Session) LoadPrepared(c *Prepared) error {
	if c.program != s.program {
		return source.Diagnostics{ErrNotStated.At(source.Span{}, "the case was prepared for another program")}
	}
	net, ok := s.matcher.(snapshots)
	if !ok || c.snapshot == nil {
		s.reset(c.kase)
		return nil
	}
	s.begin(c.kase, c.asOf, c.complete)
	s.unbooked = c
	net.Restore(c.snapshot)
	s.matcher.Configure(s.parameters, s.asOf)
	return nil
}
