package packtest

import (
	"context"
	"slices"

	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"
)

// Coverage is what the tests of a pack come to: which rules hold in one of them, and
// which outcomes of conditions are met.
//
// A rule is covered where all of its lines certainly hold for some choice of facts in
// some test. A condition is covered twice, as true and as false, each where all that
// stands before it in its rule certainly holds: the lines before it, and inside a line
// what "and" has found true and "or" false. Conditions are the parts of lines, of values
// that are true or false, and those by which a formula chooses (c ? x : y); a quantifier
// is one condition. What a table shares and what several rows ask of is counted once, at
// its own place. Outcomes that need what cases do not state, as of a condition over
// thresholds alone, are not counted. known(x) is never false: unknown stands for it.
type Coverage struct {
	Pack  *rules.Pack
	Tests int
	Rules []RuleCover // in pack order
	Lines []RuleCover // of the report, in its order
}

// RuleCover is a rule, or a line of the report, as the tests cover it.
type RuleCover struct {
	Rule       *rules.Rule
	By         *rules.Test // the first in which it holds; nil: it is not covered
	Conditions []ConditionCover
}

// ConditionCover is a condition of a rule with the first tests that give it each outcome;
// nil where none does.
type ConditionCover struct {
	Expr        condition.Expr
	True, False *rules.Test
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

func (c *Covered) count(is bool) {
	c.All++
	if is {
		c.Hit++
	}
}

// Count counts the rules of a list and the outcomes of their conditions.
func Count(list []RuleCover) (ofRules, ofOutcomes Covered) {
	for _, r := range list {
		ofRules.count(r.By != nil)
		for _, c := range r.Conditions {
			ofOutcomes.count(c.True != nil)
			ofOutcomes.count(c.False != nil)
		}
	}
	return ofRules, ofOutcomes
}

// Cover runs tests of a pack and says what they cover. A test whose run fails covers
// nothing. The error is the context's.
func Cover(ctx context.Context, p *rules.Pack, tests []*rules.Test, compile Compile) (*Coverage, error) {
	b := newCovering(p)
	s := compile(p)()
	w := newWorld(p, s)
	for _, test := range tests {
		ds, err := ran(ctx, s, test)
		switch {
		case err != nil:
			return nil, err
		case len(ds) > 0:
			continue
		}
		w.begin(test.Case)
		for _, r := range b.rules {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			r.test(w.env, test)
		}
	}
	return b.coverage(p, len(tests)), w.err
}

// covering is the work on all rules.
type covering struct {
	rules []*coveringRule // the pack's, then those of the report
	of    map[condition.Expr]*ConditionCover
}

type coveringRule struct {
	all   *covering
	rule  *rules.Rule
	own   []*ConditionCover // those whose place it is
	by    *rules.Test
	found func(condition.Expr, facts.Value)
	now   *rules.Test // the one at hand
}

func newCovering(p *rules.Pack) *covering {
	b := &covering{of: map[condition.Expr]*ConditionCover{}}
	for _, r := range p.Rules {
		b.add(r)
	}
	for _, l := range p.Lines() {
		b.add(l.Rule)
	}
	return b
}

func (b *covering) add(r *rules.Rule) {
	c := &coveringRule{all: b, rule: r}
	for _, e := range expressions(r) {
		for _, part := range parts(e.expr) {
			if b.of[part] == nil {
				cover := &ConditionCover{Expr: part}
				b.of[part] = cover
				c.own = append(c.own, cover)
			}
		}
	}
	c.found = c.outcome
	b.rules = append(b.rules, c)
}

// outcome notes what a condition came to.
func (c *coveringRule) outcome(part condition.Expr, v facts.Value) {
	cover := c.all.of[part]
	if cover == nil {
		return
	}
	call, isCall := part.(*condition.Call)
	switch {
	case v.True() && cover.True == nil:
		cover.True = c.now
	case (v.False() || isCall && call.Func == condition.Known && v.Fault() == nil && !v.True()) && cover.False == nil:
		cover.False = c.now
	}
}

// test notes what one test covers of the rule.
func (c *coveringRule) test(env *eval.Env, test *rules.Test) {
	c.now = test
	choices(c.rule, env, func(line int, sure bool) bool {
		switch {
		case !sure:
		case line == len(c.rule.When):
			if c.by == nil {
				c.by = test
			}
			for _, conclusion := range c.rule.Then {
				for _, e := range conclusion.Fields {
					inExpression(e, env, c.found)
				}
			}
		case c.rule.When[line].Expr != nil && c.rule.When[line].NotRow == "":
			inExpression(c.rule.When[line].Expr, env, c.found)
		}
		return true
	})
}

func (b *covering) coverage(p *rules.Pack, tests int) *Coverage {
	out := &Coverage{Pack: p, Tests: tests}
	for i, r := range b.rules {
		c := RuleCover{Rule: r.rule, By: r.by}
		for _, own := range r.own {
			c.Conditions = append(c.Conditions, *own)
		}
		if i < len(p.Rules) {
			out.Rules = append(out.Rules, c)
		} else {
			out.Lines = append(out.Lines, c)
		}
	}
	return out
}

// place is an expression of a rule and the line of "when" that it stands in; the
// expressions of conclusions stand in the line behind the last.
type place struct {
	rule *rules.Rule
	line int
	expr condition.Expr
}

// expressions are those of a rule in the order of writing, but not what desugaring has
// added to a row.
func expressions(r *rules.Rule) []place {
	return slices.DeleteFunc(allExpressions(r), func(p place) bool {
		return p.line < len(r.When) && r.When[p.line].NotRow != ""
	})
}

func allExpressions(r *rules.Rule) []place {
	var list []place
	for i, s := range r.When {
		if s.Expr != nil {
			list = append(list, place{r, i, s.Expr})
		}
	}
	for _, c := range r.Then {
		for _, e := range c.Fields {
			list = append(list, place{r, len(r.When), e})
		}
	}
	return list
}
