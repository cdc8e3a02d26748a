// Package cover counts which rules of a pack hold in some runs, and which outcomes of its
// conditions the runs come to.
//
// What flows in: a pack, and the facts of finished runs as an environment of the reference
// evaluator (rules/eval). What flows out: for each rule and each condition whether it came
// to hold, to be true, to be false; as a document, and as text. It runs nothing, and asks
// no engine what it did: each choice of facts is tried again, so that what is counted is
// found a second time.
//
// The runs may be those of a pack's tests (explain/packtest), or of recorded answers.
package cover

import (
	"context"

	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"
)

// Coverage is what runs of a pack come to: which rules hold in one of them, and which
// outcomes of conditions are met.
//
// A rule is covered where all of its lines certainly hold for some choice of facts in
// some run. A condition is covered twice, as true and as false, each where all that
// stands before it in its rule certainly holds: the lines before it, and inside a line
// what "and" has found true and "or" false. Conditions are the parts of lines, of values
// that are true or false, and those by which a formula chooses (c ? x : y); a quantifier
// is one condition. What a table shares and what several rows ask of is counted once, at
// its own place. Outcomes that need what cases do not state, as of a condition over
// thresholds alone, are not counted. known(x) is never false: unknown stands for it.
type Coverage struct {
	Rules []Rule // in pack order
	Lines []Rule // of the report, in its order
}

// Rule is a rule, or a line of the report, as runs cover it.
type Rule struct {
	Rule       *rules.Rule
	Holds      bool // in some run
	Conditions []Condition
}

// Condition is a condition of a rule, and whether some run gives it each outcome.
type Condition struct {
	Expr        condition.Expr
	True, False bool
}

// Covered is a count of what is covered, of all that there is.
type Covered struct{ Hit, All int }

// Percent is the share in percent; of nothing, all is covered.
func (c Covered) Percent() float64 {
	if c.All == 0 {
		return 100
	}
	return 100 * float64(c.Hit) / float64(c.All)
}

// Add counts one thing more, which is covered or not.
func (c *Covered) Add(is bool) {
	c.All++
	if is {
		c.Hit++
	}
}

// CountRules counts the rules of a list and the outcomes of their conditions.
func CountRules(list []Rule) (ofRules, ofOutcomes Covered) {
	for _, r := range list {
		ofRules.Add(r.Holds)
		for _, c := range r.Conditions {
			ofOutcomes.Add(c.True)
			ofOutcomes.Add(c.False)
		}
	}
	return ofRules, ofOutcomes
}

// Counter counts over runs of one pack. It is used by one goroutine at a time; several can
// share the runs, and be merged.
type Counter struct {
	pack  *rules.Pack
	rules []*counted // the pack's, then those of the report
	of    map[condition.Expr]*Condition
}

type counted struct {
	all   *Counter
	rule  *rules.Rule
	own   []*Condition // those whose place it is
	asked []*Condition // all that it asks
	holds bool
	found func(condition.Expr, facts.Value)
}

// New begins to count.
func New(p *rules.Pack) *Counter {
	c := &Counter{pack: p, of: map[condition.Expr]*Condition{}}
	for _, r := range p.Rules {
		c.add(r)
	}
	for _, l := range p.Lines() {
		c.add(l.Rule)
	}
	return c
}

func (c *Counter) add(r *rules.Rule) {
	x := &counted{all: c, rule: r}
	for _, e := range Expressions(r) {
		for _, part := range parts(e.Expr) {
			if c.of[part] == nil {
				c.of[part] = &Condition{Expr: part}
				x.own = append(x.own, c.of[part])
			}
			x.asked = append(x.asked, c.of[part])
		}
	}
	x.found = x.outcome
	c.rules = append(c.rules, x)
}

// Run counts a finished run, whose facts the environment sees. Of a rule it costs what a
// loop over each pattern inside the other costs, until all that it asks has come to both
// outcomes. The error is the context's.
func (c *Counter) Run(ctx context.Context, env *eval.Env) error {
	for _, r := range c.rules {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !r.done() {
			r.run(ctx, env)
		}
	}
	return ctx.Err()
}

// done reports that no run can add to what is known of a rule.
func (x *counted) done() bool {
	for _, c := range x.asked {
		if !c.True || !c.False {
			return false
		}
	}
	return x.holds
}

// outcome notes what a condition came to.
func (x *counted) outcome(part condition.Expr, v facts.Value) {
	c := x.all.of[part]
	if c == nil {
		return
	}
	call, isCall := part.(*condition.Call)
	switch {
	case v.True():
		c.True = true
	case v.False() || isCall && call.Func == condition.Known && v.Fault() == nil:
		c.False = true
	}
}

// often is after how many steps a context is asked whether it has ended.
const often = 1 << 12

// run notes what one run covers of the rule, until the context ends.
func (x *counted) run(ctx context.Context, env *eval.Env) {
	steps := 0
	Choices(x.rule, env, func(line int, sure bool) bool {
		if steps++; steps%often == 0 && ctx.Err() != nil {
			return false
		}
		switch {
		case !sure:
		case line == len(x.rule.When):
			x.holds = true
			for _, conclusion := range x.rule.Then {
				for _, e := range conclusion.Fields {
					inExpression(e, env, x.found)
				}
			}
		case x.rule.When[line].Expr != nil && x.rule.When[line].NotRow == "":
			inExpression(x.rule.When[line].Expr, env, x.found)
		}
		return true
	})
}

// Merge adds what another counter of the same pack has found.
func (c *Counter) Merge(o *Counter) {
	for i, x := range c.rules {
		x.holds = x.holds || o.rules[i].holds
	}
	for part, found := range o.of {
		own := c.of[part]
		own.True, own.False = own.True || found.True, own.False || found.False
	}
}

// Coverage is what was counted.
func (c *Counter) Coverage() *Coverage {
	out := &Coverage{}
	for i, x := range c.rules {
		r := Rule{Rule: x.rule, Holds: x.holds}
		for _, own := range x.own {
			r.Conditions = append(r.Conditions, *own)
		}
		if i < len(c.pack.Rules) {
			out.Rules = append(out.Rules, r)
		} else {
			out.Lines = append(out.Lines, r)
		}
	}
	return out
}
