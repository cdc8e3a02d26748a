package rules

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestForms holds the forms of names against what they are as patterns.
func TestForms(t *testing.T) {
	forms := []struct {
		form
		pattern *regexp.Regexp
	}{
		{typeForm, regexp.MustCompile(`^[A-Z][A-Za-z0-9_]*$`)},
		{wordForm, regexp.MustCompile(`^[a-z][a-z0-9_]*$`)},
		{symbolForm, regexp.MustCompile(`^[a-z][a-z0-9_-]*$`)},
		{ruleForm, regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*$`)},
	}
	names := rapid.StringOfN(rapid.SampledFrom([]rune("aAzZ09_- \né\u0080\xff")), 0, 4, -1)
	rapid.Check(t, func(t *rapid.T) {
		name := names.Draw(t, "name")
		for _, f := range forms {
			require.Equal(t, f.pattern.MatchString(name), f.is(name), "%q as %s", name, f.says)
		}
	})
	require.False(t, wordForm.is("a\xff"))
}
