package engine

import (
	"truce/engine/model"
	"truce/engine/network"
	"truce/engine/oracle"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
)

// Program is a pack made ready to run. It is immutable.
type Program struct {
	pack       *rules.Pack
	network    *network.Program
	parameters *trace.Parameters     // as the pack has them
	assumed    [][]*rules.Assumption // by type and field
	unknown    [][]facts.Value       // likewise: of which nothing is known
	// unasked are the stated types of which something is there though no case says
	// so: the one of its type, and what an open type may have beyond the listed.
	unasked []*facts.FactType
}

// Compile makes a program of a checked pack.
func Compile(pack *rules.Pack) *Program {
	p := &Program{pack: pack, network: network.Compile(pack), assumed: make([][]*rules.Assumption, len(pack.Schema.Types))}
	p.parameters = p.network.Parameters()
	for _, t := range pack.Schema.Types {
		values := make([]facts.Value, len(t.Fields))
		for i, f := range t.Fields {
			values[i] = f.Type.Unknown()
		}
		p.unknown = append(p.unknown, values)
		if !t.Concluded && t.Count != facts.Many {
			p.unasked = append(p.unasked, t)
		}
	}
	for _, a := range pack.Assumptions {
		if p.assumed[a.Type.Index] == nil {
			p.assumed[a.Type.Index] = make([]*rules.Assumption, len(a.Type.Fields))
		}
		if list := p.assumed[a.Type.Index]; list[a.Field.Index] == nil {
			list[a.Field.Index] = a
		}
	}
	return p
}

// MayBreak reports whether a run may end in a fault or in a contradiction on some facts.
// It may say so of a pack that never does.
func (p *Program) MayBreak() bool { return p.network.MayBreak() }

// assumption is what the pack takes a field to be where a case is silent, or nil.
func (p *Program) assumption(field *facts.Field, t *facts.FactType) *rules.Assumption {
	if list := p.assumed[t.Index]; list != nil {
		return list[field.Index]
	}
	return nil
}

func (p *Program) matcher(o Options) matcher {
	if o.Recompute {
		return oracle.New(p.pack)
	}
	if o.Check {
		c := checked{network.New(p.network)}
		c.Eager()
		return c
	}
	return network.New(p.network)
}

// Pack is the pack that the program runs.
func (p *Program) Pack() *rules.Pack { return p.pack }

// Options configure a session. The zero value has the default limits.
type Options struct {
	Limits   Limits
	Counters *model.Counters // counts the work of runs; nil: nothing is counted
	// Recompute fires the rules with the plain matcher of package oracle, which
	// recomputes everything at every run: what the network is tested against.
	Recompute bool
	// Check looks over the memory of the network after every run, and makes it treat few
	// facts as it does many. Tests ask for it: it costs as much as all that was concluded.
	Check bool
}

// Limits end a run that grows without sense. Zero is the default, a negative number
// no limit. Time is bounded by the context of Run.
type Limits struct {
	Facts          int // concluded facts; default 1,000,000
	Justifications int // instances of rules; default 5,000,000
	Work           int // evaluation steps; default 500,000,000
}

func (l Limits) resolved() model.Limits {
	return model.Limits{
		Facts:          resolve(l.Facts, 1_000_000),
		Justifications: resolve(l.Justifications, 5_000_000),
		Work:           resolve(l.Work, 500_000_000),
	}
}

func resolve(n, fallback int) int {
	switch {
	case n == 0:
		return fallback
	case n < 0:
		return 0
	}
	return n
}
