package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"truce/engine"
	"truce/facts"
	"truce/rules"
)

// ManyRules is w2 with some number of rules, of which some percentage holds.
type ManyRules struct {
	Text     string // the pack's one file
	Pack     *rules.Pack
	Program  *engine.Program
	Cases    []*engine.Prepared
	Expected []int // by case: how many rules hold

	hit *facts.FactType
}

// ReadJSON reads one of Files.
func ReadJSON(name string, into any) error {
	text, err := Files.ReadFile(name)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

// LoadManyRules makes w2 with 100, 1,000 or 10,000 rules, 1 or 10 percent of them
// true.
func LoadManyRules(n, percent int) (*ManyRules, error) {
	size := fmt.Sprintf("%d_%d", n, percent)
	var list [][2]json.Number // field, threshold
	var records []map[string]float64
	var expected map[string][]int
	if err := ReadJSON("w2/rules_"+size+".json", &list); err != nil {
		return nil, err
	}
	if err := ReadJSON("w2/records.json", &records); err != nil {
		return nil, err
	}
	if err := ReadJSON("w2/expect.json", &expected); err != nil {
		return nil, err
	}
	m := &ManyRules{Text: manyRules(len(records[0]), list), Expected: expected[size]}
	var err error
	if m.Pack, err = parse(m.Text); err != nil {
		return nil, err
	}
	m.hit, m.Program = m.Pack.Schema.Type("Hit"), engine.Compile(m.Pack)
	for _, r := range records {
		values := make([]facts.Value, len(r))
		for i := range values {
			values[i] = facts.NumberOf(r[fmt.Sprint("f", i)])
		}
		f, err := state(m.Pack, "Record", "", values...)
		if err != nil {
			return nil, err
		}
		c, err := m.Program.Prepare(&facts.Case{Facts: []*facts.StatedFact{f}})
		if err != nil {
			return nil, err
		}
		m.Cases = append(m.Cases, c)
	}
	return m, nil
}

func manyRules(fields int, list [][2]json.Number) string {
	var b strings.Builder
	b.WriteString("pack:\n  name: w2\n  version: \"1\"\n  goal: {type: Done, field: value}\nfacts:\n  Record:\n    fields:\n")
	for i := range fields {
		fmt.Fprintf(&b, "      f%d: {type: number, exact: true}\n", i)
	}
	b.WriteString("  Hit:\n    concluded: true\n    fields: {rule: {type: integer}}")
	b.WriteString(finished)
	for i, r := range list {
		fmt.Fprintf(&b, "  - rule: r%d\n    when: [r: Record, r.f%s >= %s]\n    then: [{conclude: Hit, with: {rule: %d}}]\n", i, r[0], r[1], i)
	}
	return b.String()
}

// Run is the timed part: a record goes into the session and each Hit is visited.
// It gives their number and the sum of their rules' numbers.
func (m *ManyRules) Run(ctx context.Context, s *engine.Session, c *engine.Prepared) (hits int, sum int64, err error) {
	if err := s.LoadPrepared(c); err != nil {
		return 0, 0, err
	}
	if err := s.Run(ctx); err != nil {
		return 0, 0, err
	}
	list, err := s.Read(m.hit)
	if err != nil {
		return 0, 0, err
	}
	for i := range list.Len() {
		rule, _ := list.Integer(i, 0)
		sum += rule
	}
	return list.Len(), sum, nil
}

// Reload reads and checks the pack's text once more.
func (m *ManyRules) Reload() (*rules.Pack, error) { return parse(m.Text) }
