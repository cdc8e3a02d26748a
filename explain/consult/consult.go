package consult

import (
	"context"
	"slices"

	"truce/engine"
	"truce/engine/trace"
	"truce/explain"
	"truce/explain/search"
	"truce/facts"
)

// Options of a consultation.
type Options struct {
	Search search.Options
	// Quality and Source are what every answer is stated with; "" where nobody says.
	Quality string
	Source  string
	// Assumed asks in the end for what the pack assumes, where another value would change
	// the answer.
	Assumed bool
}

// Consultation is one case being asked about. It belongs to one goroutine.
type Consultation struct {
	program *engine.Program
	options Options
	kase    *facts.Case
	steps   []step
	asked   *Question
	search  *search.Search // of the case as it is; nil before it was run
	end     End
}

// step is one question that was answered or left, and what to go back to.
type step struct {
	Step
	before *facts.Case
}

// End is why nothing more is asked.
type End string

const (
	// Going on: there is something to ask.
	Going End = ""
	// Settled: nothing that is unknown can change the answer.
	Settled End = "settled"
	// Asked: everything that could settle the answer was asked for.
	Asked End = "all asked"
)

// New begins with a case, which is not changed.
func New(p *engine.Program, c *facts.Case, o Options) *Consultation {
	return &Consultation{program: p, options: o, kase: c}
}

// Case is the case with the answers so far.
func (c *Consultation) Case() *facts.Case { return c.kase }

// Answered is how many questions have an answer, those left unknown aside.
func (c *Consultation) Answered() int {
	n := 0
	for i := range c.steps {
		if !c.steps[i].Left {
			n++
		}
	}
	return n
}

// Number is that of the question asked last, from 1.
func (c *Consultation) Number() int { return len(c.steps) + 1 }

// Ask is the next question, or nil when there is none. Its errors are those of a run,
// and the context's.
func (c *Consultation) Ask(ctx context.Context) (*Question, error) {
	c.end = Going
	if q := c.missing(); q != nil {
		c.asked = q
		return q, nil
	}
	s, err := search.New(ctx, c.program, c.kase, c.options.Search)
	if err != nil {
		return nil, err
	}
	c.search, c.asked = s, nil
	end := Settled
	if !s.Trace().Answer.Settled {
		if c.asked, err = c.unknown(ctx); c.asked != nil || err != nil {
			return c.asked, err
		}
		end = Asked
	}
	if c.options.Assumed {
		if c.asked, err = c.assumed(ctx); c.asked != nil || err != nil {
			return c.asked, err
		}
	}
	c.end = end
	return nil, nil
}

// unknown is the question for what is not known, the most decisive first.
func (c *Consultation) unknown(ctx context.Context) (*Question, error) {
	t := c.search.Trace()
	prices, err := c.search.Price(ctx)
	if err != nil {
		return nil, err
	}
	for i := range prices.Unknown {
		p := &prices.Unknown[i]
		if ref, ok := find(t, p.Name); ok && !c.done(p.Name) {
			q := c.field(t, ref)
			q.Price = p
			return q, nil
		}
	}
	ground := explain.AnswerGround(t, true)
	for _, ref := range slices.Concat(ground.Missing, ground.Later) {
		if name := explain.FieldName(t, ref); !c.done(name) {
			return c.field(t, ref), nil
		}
	}
	for _, i := range ground.Unlisted {
		if typ := t.Facts[i].Type; !c.done(typ.Name) {
			return c.list(ctx, typ)
		}
	}
	return nil, nil
}

// assumed is the question for a value that the pack assumes and the answer rests on,
// where another would change it; in the order of the facts.
func (c *Consultation) assumed(ctx context.Context) (*Question, error) {
	t := c.search.Trace()
	for _, ref := range explain.AnswerGround(t, false).Assumed {
		name := explain.FieldName(t, ref)
		if c.done(name) {
			continue
		}
		p, err := c.search.PriceOf(ctx, name)
		if err != nil {
			return nil, err
		}
		if p != nil {
			q := c.field(t, ref)
			q.Price = p
			return q, nil
		}
	}
	return nil, nil
}

// End is why the last Ask had no question.
func (c *Consultation) End() End { return c.end }

// Trace is the run of the case as the last question found it; nil before the first
// run.
func (c *Consultation) Trace() *trace.Trace {
	if c.search == nil {
		return nil
	}
	return c.search.Trace()
}

// done reports whether a name was asked for before.
func (c *Consultation) done(name string) bool {
	return slices.ContainsFunc(c.steps, func(s step) bool { return s.Name == name })
}

// Back takes the last answer back, and reports whether there was one.
func (c *Consultation) Back() bool {
	n := len(c.steps) - 1
	if n < 0 {
		return false
	}
	c.kase, c.steps, c.asked = c.steps[n].before, c.steps[:n], nil
	return true
}

// missing is the question for a value without which no rule runs.
func (c *Consultation) missing() *Question {
	for _, t := range c.program.Pack().Schema.Types {
		if t.Concluded || t.Count != facts.One {
			continue
		}
		f := c.stated(t, "")
		for _, field := range t.Fields {
			if field.Exact && (f == nil || !f.Data[field.Index].Value.IsKnown()) {
				q := c.question(t, "", field)
				q.Must = true
				return q
			}
		}
	}
	return nil
}

// stated is what the case states of a fact, or nil.
func (c *Consultation) stated(t *facts.FactType, id string) *facts.StatedFact {
	for _, f := range c.kase.Facts {
		if f.Type == t && f.ID == id {
			return f
		}
	}
	return nil
}
