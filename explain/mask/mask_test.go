package mask_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/enginetest"
	"truce/explain/check"
	"truce/explain/mask"
	"truce/explain/record"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/iran"
)

var asked = record.Asked{Engine: "test", At: time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC), By: "analyst"}

func secretOf(t require.TestingT, digit string) mask.Secret {
	s, ok := mask.ReadSecret(strings.Repeat(digit, 64))
	require.True(t, ok)
	return s
}

// recorded is the record in clear of a run, or nil where it does not come to an end.
func recorded(t require.TestingT, program *engine.Program, c *facts.Case) *record.Record {
	s := program.NewSession(engine.Options{Limits: engine.Limits{Facts: 400, Justifications: 4000, Work: 2_000_000}})
	require.NoError(t, s.Load(c))
	if s.Run(context.Background()) != nil {
		return nil
	}
	tr, err := s.Trace()
	if err != nil {
		return nil
	}
	r, err := record.Of(tr, asked)
	require.NoError(t, err)
	return r
}

// back is a record as it is read from its bytes.
func back(t require.TestingT, r *record.Record) *record.Record {
	text := bytesOf(t, r)
	out, err := record.Read("record.json", []byte(text))
	require.NoError(t, err)
	return out
}

func bytesOf(t require.TestingT, r *record.Record) string {
	text, err := r.Bytes()
	require.NoError(t, err)
	return string(text)
}

// policyOf is a policy of some fields, which may be asked for, or nil where one of them
// cannot be masked.
func policyOf(t require.TestingT, p *rules.Pack, names []string) *mask.Policy {
	policy, ds := mask.ReadPolicy("mask.yaml", []byte("asked: ["+strings.Join(names, ", ")+"]"), p)
	for _, d := range ds {
		require.Equal(t, record.ErrMask.ID, d.Code, d.Error())
	}
	return policy
}

// stated are the fields of which a case says something.
func stated(c *facts.Case) []string {
	var names []string
	seen := map[string]bool{}
	for _, f := range c.Facts {
		for i := range f.Data {
			if name := f.Type.Name + "." + f.Type.Fields[i].Name; f.Data[i].Given && !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
	}
	return names
}

func drawFields(t *rapid.T, c *facts.Case) []string {
	names := stated(c)
	if len(names) == 0 {
		return nil
	}
	return rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, min(4, len(names)), rapid.ID[string]).Draw(t, "masked")
}

// applied masks a record; nil where that is refused, as it must be for a reason.
func applied(t require.TestingT, r *record.Record, p *rules.Pack, policy *mask.Policy) *record.Record {
	before := bytesOf(t, r)
	out, err := mask.Apply(r, p, policy, secretOf(t, "5"))
	require.Equal(t, before, bytesOf(t, r), "the record in clear was changed")
	if err != nil {
		var ds source.Diagnostics
		require.True(t, errors.As(err, &ds), err)
		require.Contains(t, []string{record.ErrMask.ID, mask.ErrTold.ID}, ds[0].Code, err.Error())
		require.Nil(t, out)
		return nil
	}
	return out
}

func realCases(t testing.TB) (*rules.Pack, []*facts.Case) {
	p, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.NoError(t, ds.Err())
	paths, err := filepath.Glob("../../testdata/cases/*.yaml")
	require.NoError(t, err)
	var cases []*facts.Case
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		c, ds := facts.ReadCase(path, text, p.Schema, facts.ReadOptions{})
		require.NoError(t, ds.Err())
		cases = append(cases, c)
	}
	return p, cases
}

// sound checks a masked record: its reasoning follows, its digests are those of the case.
func sound(t require.TestingT, r *record.Record, p *rules.Pack, c *facts.Case) {
	r = back(t, r)
	require.NoError(t, check.Run(r, p).Err())
	list, _, err := mask.Open(r, p, c, secretOf(t, "5"))
	require.NoError(t, err)
	require.NotEmpty(t, list)
	other, _, err := mask.Open(r, p, c, secretOf(t, "6"))
	require.NoError(t, err)
	for i := range list {
		require.True(t, list[i].Same)
		require.False(t, other[i].Same)
	}
}

// someOf are some fields of a case, others for each number.
func someOf(c *facts.Case, n int) []string {
	var names []string
	for i, name := range stated(c) {
		if i%16 == n%16 {
			names = append(names, name)
		}
	}
	return names
}

func TestMaskedRealCasesCheck(t *testing.T) {
	p, cases := realCases(t)
	program := engine.Compile(p)
	done, refused := 0, 0
	for n, c := range cases {
		policy := policyOf(t, p, someOf(c, n))
		if policy == nil {
			refused++
			continue
		}
		out := applied(t, recorded(t, program, c), p, policy)
		if out == nil {
			refused++
			continue
		}
		sound(t, out, p, c)
		done++
	}
	t.Logf("%d masked, %d refused", done, refused)
	require.Greater(t, done, 4*refused)
}

// appliedTo masks the wind of a case over the small pack with rules of its own.
func appliedTo(t *testing.T, own, wind string) (whole, masked *record.Record, err error) {
	p := packWith(t, own)
	text := "case: a\ntitle: Goes it?\nas_of: 2024-05-01\nfacts:\n  Sky: {wind: " + wind + ", clear: true}\n  Boat: [{id: a, length: 7}, {id: b, length: 9}]\n"
	c, ds := facts.ReadCase("case.yaml", []byte(text), p.Schema, facts.ReadOptions{})
	require.NoError(t, ds.Err())
	whole = recorded(t, engine.Compile(p), c)
	masked, err = mask.Apply(whole, p, policyOf(t, p, []string{"Sky.wind"}), secretOf(t, "5"))
	if err == nil {
		sound(t, masked, p, c)
	}
	return whole, masked, err
}

const second = "  - rule: second\n    doc: d\n    when: [s: Sky, \"s.sea >= 'rough'\"]\n    then: [{conclude: Copy, with: {name: a, clear: true, wind: 30}}]\n"

// Facts that values tell apart cannot be told apart without them.
func TestMaskedAlternativesAreRefused(t *testing.T) {
	own := rule(`"s.wind > 3"`, "name: a, clear: true, wind: =s.wind")
	_, _, err := appliedTo(t, own+second, "20")
	require.ErrorContains(t, err, "V070: facts of type Copy may be one another, and masked values tell them apart")
	_, masked, err := appliedTo(t, own+second, "30")
	require.NoError(t, err)
	require.Equal(t, record.MaskedValue, masked.Run.Facts[len(masked.Run.Facts)-2].Fields["wind"].Value)
	// of another key, the value that nothing masked computes stays
	_, masked, err = appliedTo(t, own+strings.ReplaceAll(second, "name: a", "name: b"), "20")
	require.NoError(t, err)
	text := bytesOf(t, masked)
	require.Contains(t, text, `"name":"Copy(a)"`)
	require.Contains(t, text, `{"clear":{"origin":"concluded","value":true},"name":{"origin":"concluded","value":"a"},"wind":{"origin":"concluded","value":{"masked":true}}}`)
	require.Contains(t, text, `"wind":{"origin":"concluded","value":30}`)
	require.NotContains(t, text, `20}`)
}

// Where a masked value chooses between two branches, the record has what both look at,
// and heights rise with it.
func TestBothBranchesOfAMaskedChoice(t *testing.T) {
	own := second + "  - rule: own\n    doc: d\n    when: [s: Sky, {either: \"s.wind > 3 ? 1 : sum(map(Copy, .wind))\"}]\n    then: [{conclude: Total, with: {wind: =either}}]\n"
	whole, masked, err := appliedTo(t, own, "20")
	require.NoError(t, err)
	total := func(r *record.Record) record.Fact { return r.Run.Facts[len(r.Run.Facts)-2] }
	require.Equal(t, "Total", total(whole).Name)
	require.Equal(t, 1, total(whole).Height)
	require.Equal(t, 2, total(masked).Height)
}

func TestMaskedGeneratedRunsCheck(t *testing.T) {
	done, refused := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		g := enginetest.Pack(t, enginetest.Options{Recursive: rapid.Bool().Draw(t, "recursive"), Faults: rapid.Bool().Draw(t, "faults")})
		p, ds := rules.Load(g.Files(g.InOrder()), rules.Options{})
		require.NoError(t, ds.Err())
		c := enginetest.Case(t, p.Schema)
		r := recorded(t, engine.Compile(p), c)
		names := drawFields(t, c)
		if r == nil || names == nil {
			return
		}
		if policy := policyOf(t, p, names); policy != nil {
			if out := applied(t, r, p, policy); out != nil {
				sound(t, out, p, c)
				done++
				return
			}
		}
		refused++
	})
	t.Logf("%d masked, %d refused", done, refused)
	require.Positive(t, done)
}

// same demands of two cases of which only the masked fields differ that, where no truth
// does, they have one record but for the digests. It says whether none did.
func same(t require.TestingT, p *rules.Pack, program *engine.Program, c, d *facts.Case, names []string) bool {
	policy := policyOf(t, p, names)
	a, b := recorded(t, program, c), recorded(t, program, d)
	if policy == nil || a == nil || b == nil {
		return false
	}
	if a, b = applied(t, a, p, policy), applied(t, b, p, policy); a == nil || b == nil || truths(a) != truths(b) {
		return false
	}
	require.Equal(t, digests.ReplaceAllString(bytesOf(t, a), ""), digests.ReplaceAllString(bytesOf(t, b), ""))
	require.NotEqual(t, bytesOf(t, a), bytesOf(t, b))
	return true
}

func TestMaskedValuesOfRealCasesDoNotShow(t *testing.T) {
	p, cases := realCases(t)
	program := engine.Compile(p)
	alike, step := 0, 0
	for n, c := range cases {
		names := someOf(c, n)
		d := otherwise(c, names, func(most int) int {
			step++
			return step % most
		})
		if same(t, p, program, c, d, names) {
			alike++
		}
	}
	t.Logf("%d of %d with the same truths", alike, len(cases))
	require.Greater(t, 4*alike, len(cases))
}

func TestMaskedValuesOfGeneratedRunsDoNotShow(t *testing.T) {
	alike := 0
	rapid.Check(t, func(t *rapid.T) {
		g := enginetest.Pack(t, enginetest.Options{Recursive: rapid.Bool().Draw(t, "recursive")})
		p, ds := rules.Load(g.Files(g.InOrder()), rules.Options{})
		require.NoError(t, ds.Err())
		c := enginetest.Case(t, p.Schema)
		names := drawFields(t, c)
		if names == nil {
			return
		}
		d := otherwise(c, names, func(most int) int { return rapid.IntRange(0, most-1).Draw(t, "choice") })
		if same(t, p, engine.Compile(p), c, d, names) {
			alike++
		}
	})
	t.Logf("%d with the same truths", alike)
	require.Positive(t, alike)
}

// otherwise is a case that says something else of some fields, by choices among so many.
func otherwise(c *facts.Case, names []string, choose func(most int) int) *facts.Case {
	d := *c
	d.Facts = nil
	for _, f := range c.Facts {
		g := *f
		g.Data = slices.Clone(f.Data)
		for i, field := range f.Type.Fields {
			if x := &g.Data[i]; x.Given && slices.Contains(names, f.Type.Name+"."+field.Name) {
				x.Note = "said otherwise"
				x.Value = near(x.Value, field.Type, choose)
			}
		}
		d.Facts = append(d.Facts, &g)
	}
	return &d
}

// near is a value of a type, not far from another where there is a way between them.
func near(v facts.Value, t facts.Type, choose func(most int) int) facts.Value {
	var out facts.Value
	switch {
	case v.IsUnknown() || t.Kind == facts.Text:
		return v
	case t.Kind == facts.Enum:
		return facts.EnumOf(t.Names.List[choose(len(t.Names.List))])
	case t.Kind == facts.Bool:
		return facts.BoolOf(choose(2) == 0)
	case t.Kind == facts.Number:
		lo, hi := v.Bounds()
		by := []float64{0.001, -0.001, 0.5, -0.5, 3}[choose(5)]
		out = facts.NumberBetween(lo+by, hi+by)
	default:
		lo, hi := v.Ends()
		by := int64(choose(3) - 1)
		out = facts.Between(t.Kind, lo+by, hi+by)
	}
	if inside, ok := out.Clip(t.Unknown()); ok && !inside.IsUnknown() {
		return inside
	}
	return v
}

var digests = regexp.MustCompile(`"(masked|case_digest)":"[0-9a-f]{64}"`)

// truths are what a record has of a run beside values: rules, facts, and what was true.
func truths(r *record.Record) string {
	var b strings.Builder
	for _, js := range [...][]record.Justification{r.Run.Justifications, r.Run.Lines} {
		for _, j := range js {
			fmt.Fprintln(&b, j.Rule, j.Conclusion, j.Premises, j.Status)
			reads := func(x *record.Reads) {
				if x != nil {
					for _, a := range x.Aggregates {
						for _, m := range a.Members {
							fmt.Fprint(&b, m.Fact, string(m.Selected), " ")
						}
					}
				}
			}
			for _, s := range j.Steps {
				reads(s.Reads)
				for _, a := range s.Atoms {
					fmt.Fprint(&b, string(a.Truth), " ")
					reads(a.Reads)
				}
			}
			for _, f := range j.Formulas {
				reads(f.Reads)
			}
		}
	}
	for _, f := range r.Run.Facts {
		var origins []string
		for _, field := range f.Fields {
			origins = append(origins, field.Origin)
		}
		fmt.Fprintln(&b, f.Name, f.Status, len(origins))
	}
	return b.String()
}
