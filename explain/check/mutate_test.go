package check_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/enginetest"
	"truce/explain/check"
	"truce/explain/record"
	"truce/rules"
)

// A place is a spot of a JSON document that can be set or taken out.
type place struct {
	path   string
	value  any
	set    func(any)
	remove func()
}

// places lists every spot below a value, in order.
func places(path string, v any, list []place) []place {
	switch v := v.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			list = append(list, place{path + "." + k, v[k], func(x any) { v[k] = x }, func() { delete(v, k) }})
			list = places(path+"."+k, v[k], list)
		}
	case []any:
		for i := range v {
			list = append(list, place{fmt.Sprintf("%s[%d]", path, i), v[i], func(x any) { v[i] = x }, nil})
			list = places(fmt.Sprintf("%s[%d]", path, i), v[i], list)
		}
	}
	return list
}

// others are values that somebody might put in the place of one: among them that it is
// masked.
func others(v any) []any {
	mask := map[string]any{"masked": true}
	switch v := v.(type) {
	case nil:
		return []any{false, 0.0, "unknown", mask}
	case bool:
		return []any{!v, nil, mask}
	case float64:
		return []any{v + 1, v - 1, -v - 0.5, nil, mask}
	case string:
		swapped := map[string]any{"holds": "can hold", "can hold": "holds", "given": "assumed", "assumed": "given", "concluded": "given"}[v]
		if swapped == nil {
			swapped = v + "x"
		}
		return []any{swapped, "", nil, mask}
	case []any:
		list := []any{[]any{}, append(slices.Clone(v), 0.0)}
		if len(v) > 0 {
			list = append(list, v[1:], v[:len(v)-1], append(slices.Clone(v), v[0]))
		}
		if len(v) > 1 {
			turned := slices.Clone(v)
			slices.Reverse(turned)
			list = append(list, turned)
		}
		return list
	case map[string]any:
		return []any{map[string]any{}, nil, 3.0}
	}
	return nil
}

// mutate draws one change of what a record says of the rules and the run.
func mutate(t *rapid.T, text []byte) (changed []byte, what string) {
	var whole map[string]any
	require.NoError(t, json.Unmarshal(text, &whole))
	part := rapid.SampledFrom([]string{"run", "run", "run", "run", "pack", "thresholds", "grounds"}).Draw(t, "part")
	list := places(part, whole[part], nil)
	if len(list) == 0 {
		list = places("run", whole["run"], nil)
	}
	at := list[rapid.IntRange(0, len(list)-1).Draw(t, "place")]
	if at.remove != nil && rapid.IntRange(0, 3).Draw(t, "take out") == 0 {
		at.remove()
		what = at.path + " taken out"
	} else {
		other := rapid.SampledFrom(others(at.value)).Draw(t, "other")
		at.set(other)
		what = fmt.Sprintf("%s = %v in place of %v", at.path, other, at.value)
	}
	changed, err := record.Canonical(whole)
	require.NoError(t, err)
	return changed, what
}

// caught demands that a changed record is refused.
func caught(t *rapid.T, p *rules.Pack, text []byte) {
	changed, what := mutate(t, text)
	if string(changed) == string(text) {
		return
	}
	r, err := record.Read("record.json", changed)
	if err == nil {
		err = check.Run(r, p).Err()
	}
	require.Error(t, err, what)
}

// A record of which one thing was changed, with its digests made anew, is refused.
func TestEveryChangeIsCaught(t *testing.T) {
	p, ds := rules.LoadDir("../../testdata/packs/garden", rules.Options{})
	require.NoError(t, ds.Err())
	var texts [][]byte
	for _, test := range p.Tests {
		if tr, err := run(engine.Compile(p), test.Case); err == nil {
			text, err := recorded(t, tr).Bytes()
			require.NoError(t, err)
			texts = append(texts, text)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		caught(t, p, rapid.SampledFrom(texts).Draw(t, "record"))
	})
}

func TestEveryChangeOfGeneratedRunsIsCaught(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := enginetest.Pack(t, enginetest.Options{Recursive: rapid.Bool().Draw(t, "recursive")})
		p, ds := rules.Load(g.Files(g.InOrder()), rules.Options{})
		require.NoError(t, ds.Err())
		tr, err := run(engine.Compile(p), enginetest.Case(t, p.Schema))
		if err != nil {
			return
		}
		text, err := recorded(t, tr).Bytes()
		require.NoError(t, err)
		for range 5 {
			caught(t, p, text)
		}
	})
}
