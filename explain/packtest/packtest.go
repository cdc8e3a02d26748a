package packtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"truce/engine/trace"
	"truce/explain"
	"truce/explain/world"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"
)

// Run runs a pack over a case. An error that is not source.Diagnostics is the
// context's, and ends the work.
type Run func(context.Context, *rules.Pack, *facts.Case) (*trace.Trace, error)

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
func All(ctx context.Context, p *rules.Pack, tests []*rules.Test, run Run) ([]Result, error) {
	results := make([]Result, 0, len(tests))
	for _, test := range tests {
		r, err := one(ctx, p, test, run)
		if err != nil {
			return nil, err
		}
		results = append(results, r)
	}
	return results, nil
}

func one(ctx context.Context, p *rules.Pack, test *rules.Test, run Run) (Result, error) {
	t, err := run(ctx, p, test.Case)
	if err == nil {
		return Result{test, check(t, test)}, nil
	}
	var ds source.Diagnostics
	if !errors.As(err, &ds) {
		return Result{}, err
	}
	failures := make(source.Diagnostics, len(ds))
	for i, d := range ds {
		failures[i] = d.See(test.Span, "in test %s", test.Name)
	}
	return Result{test, failures}, nil
}

// check compares a finished run with what a test expects of it.
func check(t *trace.Trace, test *rules.Test) source.Diagnostics {
	c := &checker{trace: t, test: test, env: world.Of(t, t.Parameters)}
	c.answer()
	x := &test.Expect
	c.conditions(x.Holds, ErrHolds, "true", facts.Value.True)
	c.conditions(x.CanHold, ErrCanHold, "true or unknown", func(v facts.Value) bool { return v.Fault() == nil && !v.False() })
	c.conditions(x.Cannot, ErrCannotHold, "false", facts.Value.False)
	c.proof()
	return c.found
}

type checker struct {
	trace *trace.Trace
	test  *rules.Test
	env   *eval.Env
	found source.Diagnostics
}

func (c *checker) add(d source.Diagnostic) { c.found = append(c.found, d) }

func (c *checker) answer() {
	want := c.test.Expect.Answer
	if len(want) == 0 {
		return
	}
	a := &c.trace.Answer
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
		if v := eval.Eval(e, c.env); !ok(v) {
			c.add(code.At(e.Span(), "test %s: %s is %s%s", c.test.Name, e.Text(), truth(v), c.present(e)).Expect("%s", want))
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
		n := 0
		for i := range c.trace.Facts {
			f := &c.trace.Facts[i]
			if f.Type != ft {
				continue
			}
			if n++; n <= shownFacts {
				fmt.Fprintf(&b, "\n%s %s: %s", f.Name, f.Status, fields(f))
			}
		}
		switch {
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

func (c *checker) proof() {
	x := &c.test.Expect
	if len(x.Proof)+len(x.NotProof) == 0 {
		return
	}
	var used []string
	for _, n := range explain.OfAnswer(c.trace, explain.Options{}).Nodes {
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
}
