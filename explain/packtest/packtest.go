package packtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"truce/engine/trace"
	"truce/explain"
	"truce/explain/cover"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"
)

// Result is the outcome of one test.
type Result struct {
	Test *rules.Test
	// Failures are what the test expected and did not find, or why it could not
	// run; none means that it passed.
	Failures source.Diagnostics
}

// Passed reports whether all that the test expects was found.
func (r Result) Passed() bool { return len(r.Failures) == 0 }

// All runs tests of a pack in the order given. The error is the context's.
func All(ctx context.Context, p *rules.Pack, tests []*rules.Test, compile Compile) ([]Result, error) {
	t := newTester(p, compile(p)())
	results := make([]Result, 0, len(tests))
	for _, test := range tests {
		failures, err := t.run(ctx, test)
		if err != nil {
			return nil, err
		}
		results = append(results, Result{test, failures})
	}
	return results, nil
}

// tester runs tests of one pack, one after the other.
type tester struct {
	pack    *rules.Pack
	session Session
	world   *world
}

func newTester(p *rules.Pack, s Session) *tester { return &tester{p, s, newWorld(p, s)} }

// run runs a test and compares what it finds with what the test expects.
func (t *tester) run(ctx context.Context, test *rules.Test) (source.Diagnostics, error) {
	failures, err := ran(ctx, t.session, test)
	if err != nil || len(failures) > 0 {
		return failures, err
	}
	answer, err := t.session.Answer()
	if err != nil {
		return inTest(test, err)
	}
	t.world.begin(test.Case)
	c := &checker{tester: t, test: test}
	c.answer(&answer)
	x := &test.Expect
	c.conditions(x.Holds, ErrHolds, "true", facts.Value.True)
	c.conditions(x.CanHold, ErrCanHold, "true or unknown", func(v facts.Value) bool { return v.Fault() == nil && !v.False() })
	c.conditions(x.Cannot, ErrCannotHold, "false", facts.Value.False)
	c.fires()
	if err := c.proof(); err != nil {
		return inTest(test, err)
	}
	return c.found, t.world.err
}

// ran runs the rules over the case of a test, and says why they could not.
func ran(ctx context.Context, s Session, test *rules.Test) (source.Diagnostics, error) {
	if err := s.Load(test.Case); err != nil {
		return inTest(test, err)
	}
	if err := s.Run(ctx); err != nil {
		return inTest(test, err)
	}
	return nil, nil
}

// inTest is what rules could not do in a test, as its failures. The context's error
// stays one.
func inTest(test *rules.Test, err error) (source.Diagnostics, error) {
	var ds source.Diagnostics
	if !errors.As(err, &ds) {
		return nil, err
	}
	failures := make(source.Diagnostics, len(ds))
	for i, d := range ds {
		failures[i] = d.See(test.Span, "in test %s", test.Name)
	}
	return failures, nil
}

type checker struct {
	*tester
	test  *rules.Test
	found source.Diagnostics
}

func (c *checker) add(d source.Diagnostic) { c.found = append(c.found, d) }

func (c *checker) answer(a *trace.Answer) {
	want := c.test.Expect.Answer
	if len(want) == 0 {
		return
	}
	got := make([]string, len(a.Values))
	for i, v := range a.Values {
		got[i] = v.Value
	}
	slices.Sort(got)
	switch {
	case !slices.Equal(got, want):
	case len(want) == 1 && !a.Settled:
		got = append(got, "none")
	default:
		return
	}
	c.add(ErrAnswer.At(c.test.Span, "test %s: the answer is %s", c.test.Name, strings.Join(got, " or ")).
		Expect("%s", strings.Join(want, " or ")))
}

func (c *checker) conditions(es []condition.Expr, code source.Code, want string, ok func(facts.Value) bool) {
	for _, e := range es {
		if v := eval.Eval(e, c.world.env); !ok(v) {
			d := code.At(e.Span(), "test %s: %s is %s%s", c.test.Name, e.Text(), truth(v), c.present(e)).Expect("%s", want)
			if row := c.test.Row; !row.IsZero() && (e.Span().File != row.File || e.Span().Start.Compare(row.Start) < 0 || row.End.Compare(e.Span().End) < 0) {
				d.Span = c.test.Span // all rows share the condition
				d = d.See(e.Span(), "its test expects it here")
			}
			c.add(d)
		}
	}
}

func truth(v facts.Value) string {
	switch {
	case v.Fault() != nil:
		return "an error (" + v.Fault().Message + ")"
	case v.True():
		return "true"
	case v.False():
		return "false"
	}
	return "unknown"
}

// shownFacts is how many facts of a type a failure lists.
const shownFacts = 6

// present shows the facts of the types that a condition speaks of, a line each.
func (c *checker) present(e condition.Expr) string {
	var types []*facts.FactType
	condition.Walk(e, func(x condition.Expr) bool {
		if a, ok := x.(*condition.Aggregate); ok && !slices.Contains(types, a.Fact) {
			types = append(types, a.Fact)
		}
		return true
	})
	var b strings.Builder
	for _, ft := range types {
		list, err := c.session.Facts(ft)
		if err != nil {
			c.world.err = err
		}
		for i := range list[:min(len(list), shownFacts)] {
			fmt.Fprintf(&b, "\n%s %s: %s", list[i].Name, list[i].Status, fields(&list[i]))
		}
		switch n := len(list); {
		case n == 0:
			fmt.Fprintf(&b, "\nno %s holds or can hold", ft.Name)
		case n > shownFacts:
			fmt.Fprintf(&b, "\nand %d more", n-shownFacts)
		}
	}
	return b.String()
}

func fields(f *trace.Fact) string {
	parts := make([]string, len(f.Fields))
	for i, v := range f.Fields {
		field := f.Type.Fields[i]
		parts[i] = field.Name + " " + field.Type.FormatUnit(v.Value)
	}
	return strings.Join(parts, ", ")
}

// fires looks for instances of rules.
func (c *checker) fires() {
	for _, name := range c.test.Expect.Fires {
		if s := c.standing(name); s != trace.Certain {
			c.add(ErrFires.At(c.test.Span, "test %s: rule %s %s", c.test.Name, name, s).Expect("that it holds"))
		}
	}
	for _, name := range c.test.Expect.NotFires {
		if s := c.standing(name); s != 0 {
			c.add(ErrNotFires.At(c.test.Span, "test %s: rule %s %s", c.test.Name, name, s).Expect("that it cannot hold"))
		}
	}
}

// standing is the best that an instance of a rule or a line comes to; 0 where there is
// none, also of a rule that a mutant has lost.
func (c *checker) standing(name string) trace.Status {
	r := c.pack.Rule(name)
	if line, of := strings.CutPrefix(name, "report/"); of && r == nil {
		if l := c.pack.Line(line); l != nil {
			r = l.Rule
		}
	}
	var best trace.Status
	if r == nil {
		return best
	}
	cover.Choices(r, c.world.env, func(line int, sure bool) bool {
		if line == len(r.When) {
			best = max(best, trace.Possible)
			if sure {
				best = trace.Certain
			}
		}
		return best != trace.Certain
	})
	return best
}

func (c *checker) proof() error {
	x := &c.test.Expect
	if len(x.Proof)+len(x.NotProof) == 0 {
		return nil
	}
	t, err := c.session.Trace()
	if err != nil {
		return err
	}
	var used []string
	for _, n := range explain.OfAnswer(t, explain.Options{}).Nodes {
		if n.By != nil && !slices.Contains(used, n.By.Rule) {
			used = append(used, n.By.Rule)
		}
	}
	slices.Sort(used)
	for _, name := range x.Proof {
		if !slices.Contains(used, name) {
			c.add(ErrProof.At(c.test.Span, "test %s: rule %s is not in the proof of the answer", c.test.Name, name).
				Expect("it among %s", strings.Join(used, ", ")))
		}
	}
	for _, name := range x.NotProof {
		if slices.Contains(used, name) {
			c.add(ErrNotProof.At(c.test.Span, "test %s: rule %s is in the proof of the answer", c.test.Name, name))
		}
	}
	return nil
}
