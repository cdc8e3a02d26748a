package engine_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/facts"
	"truce/rules"
)

// A level of a table counts for another number until it is rolled back, for the network
// as for the oracle, and an interval of it leaves open what its ends would settle.
func TestSetPoint(t *testing.T) {
	p, ds := rules.LoadDir("../testdata/packs/garden", rules.Options{})
	require.NoError(t, ds.Err())
	c, ds := facts.ReadCase("c.yaml", []byte("case: c\ntitle: t\nas_of: 2024-01-01\nfacts: {Soil: {feel: damp}, Sky: {heat: 20, rain: 0}}\n"),
		p.Schema, facts.ReadOptions{})
	require.NoError(t, ds.Err())
	for _, recompute := range []bool{false, true} {
		t.Run(fmt.Sprint(recompute), func(t *testing.T) {
			s := engine.Compile(p).NewSession(engine.Options{Recompute: recompute})
			require.NoError(t, s.Load(c))
			answer := func() []string {
				require.NoError(t, s.Run(context.Background()))
				a, err := s.Answer()
				require.NoError(t, err)
				return values(a)
			}
			require.Equal(t, []string{"leave"}, answer())
			mark := s.Mark()
			require.NoError(t, s.SetPoint("soil_points", "damp", facts.NumberOf(1)))
			require.Equal(t, []string{"water"}, answer())
			require.NoError(t, s.SetPoint("soil_points", "damp", facts.NumberBetween(0.5, 1)))
			require.ElementsMatch(t, []string{"leave", "water"}, answer())
			require.NoError(t, s.SetPoint("soil_points", "dust", facts.NumberOf(0)))
			require.ElementsMatch(t, []string{"leave", "water"}, answer(), "the other level stays as it was set")
			s.Rollback(mark)
			require.Equal(t, []string{"leave"}, answer())
			for _, e := range []error{s.SetPoint("soil_points", "mud", facts.NumberOf(1)), s.SetPoint("enough", "damp", facts.NumberOf(1)),
				s.SetPoint("none", "damp", facts.NumberOf(1)), s.SetPoint("soil_points", "damp", facts.TextOf("x"))} {
				require.Equal(t, "N108", code(t, e))
			}
		})
	}
}
