package search_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/explain/search"
	"truce/facts"
	"truce/rules"
	"truce/rules/iran"
)

func shippedStarts(t testing.TB, p, q *rules.Pack) []search.Start {
	files, err := filepath.Glob("../../testdata/cases/*.yaml")
	require.NoError(t, err)
	var list []search.Start
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		c, ds := facts.ReadCase(file, text, p.Schema, facts.ReadOptions{})
		require.NoError(t, ds.Err())
		d, ds := facts.ReadCase(file, text, q.Schema, facts.ReadOptions{})
		require.NoError(t, ds.Err())
		list = append(list, search.Start{Old: c, New: d})
	}
	for _, test := range p.Tests {
		list = append(list, search.Start{Old: test.Case, New: test.Case})
	}
	return list
}

func TestTry(t *testing.T) {
	p, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.NoError(t, ds.Err())
	starts := shippedStarts(t, p, p)
	old := engine.Compile(p)
	n, hit, lesser := 0, 0, 0
	for _, th := range p.Thresholds {
		if o := os.Getenv("ONLY"); o != "" && !strings.Contains(o, th.Name) {
			continue
		}
		if th.Plausible == nil || th.Table != nil {
			t.Log("not moved:", th.Name)
			continue
		}
		lo, hi := ends(*th.Plausible)
		for _, end := range []facts.Value{lo, hi} {
			if end.Same(th.Value) {
				continue
			}
			q := *p
			q.Thresholds = slices.Clone(p.Thresholds)
			m := *th
			m.Value = end
			q.Thresholds[th.Index] = &m
			start := time.Now()
			w, err := search.WitnessOf(context.Background(), old, engine.Compile(&q), starts, search.WitnessOptions{Thresholds: []string{th.Name}})
			require.NoError(t, err)
			n++
			if w.Old != nil && w.Answer {
				hit++
			} else if w.Old != nil {
				lesser++
			}
			t.Log(th.Name, th.Type.Format(th.Value), th.Type.Format(end), w.Old != nil, w.Answer, w.From, len(w.Changes), w.Bounds, time.Since(start))
		}
	}
	t.Log(n, hit, lesser)
}

func ends(v facts.Value) (facts.Value, facts.Value) {
	if v.Kind() == facts.Number {
		lo, hi := v.Bounds()
		return facts.NumberOf(lo), facts.NumberOf(hi)
	}
	lo, hi := v.Ends()
	return facts.Between(v.Kind(), lo, lo), facts.Between(v.Kind(), hi, hi)
}
