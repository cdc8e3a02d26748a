package mask_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/explain/mask"
)

// One record of a real case with two masked values, which most of its run rests on.
func BenchmarkApply(b *testing.B) {
	p, cases := realCases(b)
	r := recorded(b, engine.Compile(p), cases[len(cases)/2])
	policy := policyOf(b, p, []string{"Economy.inflation", "Economy.dollar_dearer_year"})
	b.ReportAllocs()
	for b.Loop() {
		out, err := mask.Apply(r, p, policy, secretOf(b, "5"))
		require.NoError(b, err)
		require.NotEmpty(b, out.Masked)
	}
}
