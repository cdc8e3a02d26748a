package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"truce/engine"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
)

// Assess is w1.
type Assess struct {
	Pack     *rules.Pack
	Program  *engine.Program
	Cases    []*engine.Prepared
	Expected []string // by case: rules that fire, sums by group, recommendation

	stressor, score *facts.FactType
}

// LoadAssess reads w1.
func LoadAssess() (*Assess, error) {
	p, err := LoadPack("w1/pack")
	if err != nil {
		return nil, err
	}
	a := &Assess{Pack: p, Program: engine.Compile(p), stressor: p.Schema.Type("Stressor"), score: p.Schema.Type("Score")}
	inputs, err := Files.ReadFile("w1/inputs.jsonl")
	if err != nil {
		return nil, err
	}
	for line := range bytes.Lines(inputs) {
		c, err := situation(p, line)
		if err != nil {
			return nil, err
		}
		ready, err := a.Program.Prepare(c)
		if err != nil {
			return nil, err
		}
		a.Cases = append(a.Cases, ready)
	}
	expected, err := Files.ReadFile("w1/expect.txt")
	if err != nil {
		return nil, err
	}
	a.Expected = strings.Split(strings.TrimSpace(string(expected)), "\n")
	if len(a.Expected) != len(a.Cases) {
		return nil, fmt.Errorf("w1 has %d inputs and %d answers", len(a.Cases), len(a.Expected))
	}
	return a, nil
}

func situation(p *rules.Pack, line []byte) (*facts.Case, error) {
	given := map[string]any{}
	if err := json.Unmarshal(line, &given); err != nil {
		return nil, err
	}
	t := p.Schema.Type("Situation")
	values := make([]facts.Value, len(t.Fields))
	for i, f := range t.Fields {
		switch x := given[f.Name].(type) {
		case bool:
			values[i] = facts.BoolOf(x)
		case string:
			values[i] = facts.EnumOf(x)
		case float64:
			values[i] = facts.NumberOf(x)
			if f.Type.Kind == facts.Integer {
				values[i] = facts.IntegerOf(int64(x))
			}
		}
	}
	f, err := state(p, t.Name, "", values...)
	if err != nil {
		return nil, err
	}
	return &facts.Case{Facts: []*facts.StatedFact{f}}, nil
}

// Assessed is what an assessment is read for.
type Assessed struct {
	Fired          []string
	Sums           [3]int64 // economy, proxies, deterrence
	Recommendation string

	answer trace.Answer // memory that is used again
}

// Run is the timed part: a case goes into the session, and out is read, whose
// memory is used again.
func (a *Assess) Run(ctx context.Context, s *engine.Session, c *engine.Prepared, out *Assessed) error {
	if err := s.LoadPrepared(c); err != nil {
		return err
	}
	if err := s.Run(ctx); err != nil {
		return err
	}
	if err := s.AnswerInto(&out.answer); err != nil {
		return err
	}
	out.Recommendation = out.answer.Values[0].Value
	stressors, err := s.Read(a.stressor)
	if err != nil {
		return err
	}
	out.Fired = out.Fired[:0]
	for i := range stressors.Len() {
		id, _ := stressors.Text(i, 0)
		out.Fired = append(out.Fired, id)
	}
	scores, err := s.Read(a.score)
	if err != nil {
		return err
	}
	for i := range out.Sums {
		out.Sums[i], _ = scores.Integer(0, i)
	}
	return nil
}

// Line is the answer as Expected has it.
func (a *Assessed) Line() string {
	fired := slices.Sorted(slices.Values(a.Fired))
	return fmt.Sprintf("%s|%d|%d|%d|%s", strings.Join(fired, ","), a.Sums[0], a.Sums[1], a.Sums[2], a.Recommendation)
}
