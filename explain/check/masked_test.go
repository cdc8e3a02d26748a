package check_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/enginetest"
	"truce/explain/check"
	"truce/explain/mask"
	"truce/explain/record"
	"truce/facts"
	"truce/rules"
)

// masked is a record with some fields of the case masked, or nil where they cannot be.
func masked(t require.TestingT, p *rules.Pack, r *record.Record, names []string) []byte {
	policy, ds := mask.ReadPolicy("mask.yaml", []byte("asked: ["+strings.Join(names, ", ")+"]"), p)
	if ds.HasErrors() {
		return nil
	}
	secret, _ := mask.ReadSecret(strings.Repeat("5", 64))
	out, err := mask.Apply(r, p, policy, secret)
	if err != nil || out.Masked == nil {
		return nil
	}
	text, err := out.Bytes()
	require.NoError(t, err)
	return text
}

func stated(c *facts.Case) []string {
	var names []string
	for _, f := range c.Facts {
		for i := range f.Data {
			if f.Data[i].Given {
				names = append(names, f.Type.Name+"."+f.Type.Fields[i].Name)
			}
		}
	}
	return names
}

// openPart is a part of a run that may be otherwise where masked values are: the truth of
// a comparison, which facts are counted, and which instances there are.
var openPart = regexp.MustCompile(`^run\.(justifications|lines)(\[\d+\]\.(steps|formulas)\[\d+\].*\.(truth|selected))?$`)

// caughtOrOpen demands that a changed record is refused, or that the change is of what
// masked values leave open, and the check says so.
func caughtOrOpen(t *rapid.T, p *rules.Pack, text []byte) (open bool) {
	changed, what := mutate(t, text)
	if string(changed) == string(text) {
		return false
	}
	r, err := record.Read("record.json", changed)
	if err != nil {
		return false
	}
	found := check.Run(r, p)
	if found.HasErrors() {
		return false
	}
	path, _, _ := strings.Cut(what, " ")
	require.Regexp(t, openPart, path, what)
	require.NotEmpty(t, found, what)
	for _, d := range found {
		require.Equal(t, "V018", d.Code)
	}
	if at := regexp.MustCompile(`^run\.(.*steps\[\d+\]\.atoms\[\d+\])`).FindString(path); at != "" {
		part, err := json.Marshal(atPath(t, changed, at))
		require.NoError(t, err)
		require.Contains(t, string(part), `{"masked":true}`, what)
	}
	return true
}

// atPath is the part of a document at a path.
func atPath(t *rapid.T, text []byte, path string) any {
	var whole map[string]any
	require.NoError(t, json.Unmarshal(text, &whole))
	for _, p := range places("run", whole["run"], nil) {
		if p.path == path {
			return p.value
		}
	}
	t.Fatalf("no %s", path)
	return nil
}

// changes counts what became of some.
type changes struct{ open, caught int }

func (c *changes) change(t *rapid.T, p *rules.Pack, text []byte) {
	for range 4 {
		if caughtOrOpen(t, p, text) {
			c.open++
		} else {
			c.caught++
		}
	}
}

func TestChangesOfMaskedRunsAreCaughtOrOpen(t *testing.T) {
	p, ds := rules.LoadDir("../../testdata/packs/garden", rules.Options{})
	require.NoError(t, ds.Err())
	program := engine.Compile(p)
	c := &changes{}
	rapid.Check(t, func(t *rapid.T) {
		test := rapid.SampledFrom(p.Tests).Draw(t, "test")
		tr, err := run(program, test.Case)
		if err != nil {
			return
		}
		text := masked(t, p, recorded(t, tr), []string{rapid.SampledFrom(stated(test.Case)).Draw(t, "masked")})
		if text == nil {
			return
		}
		c.change(t, p, text)
	})
	t.Logf("%d open, %d caught", c.open, c.caught)
	require.Greater(t, c.caught, c.open)
}

func TestChangesOfMaskedGeneratedRunsAreCaughtOrOpen(t *testing.T) {
	c := &changes{}
	rapid.Check(t, func(t *rapid.T) {
		g := enginetest.Pack(t, enginetest.Options{Recursive: rapid.Bool().Draw(t, "recursive")})
		p, ds := rules.Load(g.Files(g.InOrder()), rules.Options{})
		require.NoError(t, ds.Err())
		drawn := enginetest.Case(t, p.Schema)
		tr, err := run(engine.Compile(p), drawn)
		if err != nil || len(stated(drawn)) == 0 {
			return
		}
		text := masked(t, p, recorded(t, tr), []string{rapid.SampledFrom(stated(drawn)).Draw(t, "masked")})
		if text == nil {
			return
		}
		c.change(t, p, text)
	})
	t.Logf("%d open, %d caught", c.open, c.caught)
	require.Greater(t, c.caught, c.open)
}
