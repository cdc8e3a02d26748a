package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"truce/engine"
	"truce/testdata/bench"
)

// spec is w1 as data.
type spec struct {
	fields []field
	rules  []rule
	reco   [5]int64         // total, economy and proxies of a truce; total and deterrence of a reversion
	inputs []map[string]any // float64, int64, string or bool
}

type field struct{ name, kind string }

// rule fires where all its tests hold; it counts for a group with its severity.
type rule struct {
	id       string
	group    int
	severity int64
	tests    []test
}

// test compares a field with a constant or with another field.
type test struct {
	field field
	op    string
	other string // a field
	value any    // float64, string or bool
}

// literal is the constant as the languages write it that tell numbers from integers.
func (t test) literal() string {
	switch v := t.value.(type) {
	case float64:
		s := strconv.FormatFloat(v, 'f', -1, 64)
		if t.field.kind == "num" && v == float64(int64(v)) {
			s += ".0"
		}
		return s
	case string:
		return strconv.Quote(v)
	}
	return fmt.Sprint(t.value)
}

// text writes the test with each field as name says.
func (t test) text(name func(string) string) string {
	right := t.literal()
	if t.other != "" {
		right = name(t.other)
	}
	return name(t.field.name) + " " + t.op + " " + right
}

// conjunction writes all tests of a rule.
func (r rule) conjunction(and string, name func(string) string) string {
	s := ""
	for i, t := range r.tests {
		if i > 0 {
			s += and
		}
		s += t.text(name)
	}
	return s
}

var groups = [3]string{"economy", "proxies", "deterrence"}

func loadSpec() (*spec, error) {
	var raw struct {
		Facts [][]any
		Rules [][4]any
		Reco  [5]int64
	}
	if err := bench.ReadJSON("w1/spec.json", &raw); err != nil {
		return nil, err
	}
	s := &spec{reco: raw.Reco}
	kinds := map[string]field{}
	for _, f := range raw.Facts {
		one := field{f[0].(string), f[1].(string)}
		kinds[one.name] = one
		s.fields = append(s.fields, one)
	}
	for _, r := range raw.Rules {
		one := rule{id: r[0].(string), severity: int64(r[2].(float64))}
		for i, g := range groups {
			if g == r[1] {
				one.group = i
			}
		}
		for _, t := range r[3].([]any) {
			parts := t.([]any)
			c := test{field: kinds[parts[0].(string)], op: parts[1].(string), value: parts[2]}
			if m, ok := parts[2].(map[string]any); ok {
				c.other = m["f"].(string)
			}
			one.tests = append(one.tests, c)
		}
		s.rules = append(s.rules, one)
	}
	return s, s.readInputs()
}

func (s *spec) readInputs() error {
	text, err := bench.Files.ReadFile("w1/inputs.jsonl")
	if err != nil {
		return err
	}
	for line := range bytes.Lines(text) {
		in := map[string]any{}
		if err := json.Unmarshal(line, &in); err != nil {
			return err
		}
		for _, f := range s.fields {
			if f.kind == "int" {
				in[f.name] = int64(in[f.name].(float64))
			}
		}
		s.inputs = append(s.inputs, in)
	}
	return nil
}

// recommend is what an engine of mere expressions leaves to its host.
func (s *spec) recommend(out *bench.Assessed) {
	total := out.Sums[0] + out.Sums[1] + out.Sums[2]
	switch r := s.reco; {
	case total >= r[0] || out.Sums[0] >= r[1] && out.Sums[1] >= r[2]:
		out.Recommendation = "truce"
	case total <= r[3] && out.Sums[2] <= r[4]:
		out.Recommendation = "reversion"
	default:
		out.Recommendation = "hold"
	}
}

// fire enters a rule that holds.
func (r rule) fire(out *bench.Assessed) {
	out.Fired = append(out.Fired, r.id)
	out.Sums[r.group] += r.severity
}

// assessor gives the answer to the input of that number, in memory used again.
type assessor func(i int, out *bench.Assessed) error

func assess(s settings, t *table, clips string) error {
	w, err := bench.LoadAssess()
	if err != nil {
		return err
	}
	sp, err := loadSpec()
	if err != nil {
		return err
	}
	session := w.Program.NewSession(engine.Options{})
	for _, e := range []struct {
		name string
		make func() (assessor, error)
	}{
		{ours, func() (assessor, error) {
			return func(i int, out *bench.Assessed) error {
				return w.Run(context.Background(), session, w.Cases[i], out)
			}, nil
		}},
		{"by hand", sp.byHand}, {"expr, bare loop", sp.expr}, {"cel-go, bare loop", sp.cel}, {"OPA, prepared", sp.opa}, {"Grule, one instance", sp.grule},
	} {
		f, err := e.make()
		if err == nil {
			err = checkAssessor(w.Expected, f)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
		out := &bench.Assessed{}
		fig, err := measure(s, func(i int) error { return f(i%len(w.Cases), out) })
		if err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
		t.add("w1", e.name, fig)
	}
	if clips == "" {
		return nil
	}
	fig, err := sp.clips(clips, w.Expected)
	if err == nil {
		t.add("w1", "CLIPS", fig)
	}
	return err
}

var errAnswer = errors.New("gives another answer")

func checkAssessor(expected []string, f assessor) error {
	var out bench.Assessed
	for i, line := range expected {
		if err := f(i, &out); err != nil {
			return err
		}
		if out.Line() != line {
			return fmt.Errorf("%w: input %d: %s, expected %s", errAnswer, i, out.Line(), line)
		}
	}
	return nil
}
