package check_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/explain/check"
	"truce/explain/record"
)

func TestCodesAreDocumented(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range slices.Concat(record.Codes(), check.Codes()) {
		require.Regexp(t, `^V0\d\d$`, c.ID)
		require.False(t, seen[c.ID], c.ID)
		seen[c.ID] = true
		require.NotEmpty(t, c.Title, c.ID)
		require.NotEmpty(t, c.Doc, c.ID)
		require.NotEmpty(t, c.Example, c.ID)
	}
}
