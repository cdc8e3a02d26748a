package iran

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

func load(t *testing.T, o rules.Options) *rules.Pack {
	t.Helper()
	p, ds := rules.LoadFS(FS(), o)
	require.Empty(t, messages(ds), "the pack loads without errors or warnings")
	require.NotNil(t, p)
	return p
}

func messages(ds source.Diagnostics) []string {
	var ms []string
	for _, d := range ds {
		ms = append(ms, d.Error())
	}
	return ms
}

func TestLoadsWholeAndWithoutExtensions(t *testing.T) {
	whole, alone := load(t, rules.Options{}), load(t, rules.Options{SourceOnly: true})
	require.NotNil(t, whole.Rule("posture/blow-outside-an-arrangement"))
	require.Nil(t, alone.Rule("posture/blow-outside-an-arrangement"))
	require.NotNil(t, whole.Line("deadline"))
	require.Nil(t, alone.Line("deadline"))
	for _, r := range alone.Rules {
		require.Empty(t, r.Extension, r.Name)
		require.NotEmpty(t, r.Cites, r.Name)
	}
}

// The ids of the register: none may be lost and none made up.
var register = strings.Fields(`C00 C01 C02 C03 C04 C05 C06 C07 C08 C09a C09b C09c C10 C11 C12 C13 C14 C15 C16
	C17 C18 C19 C20 C21 C22 C23 C24 C25 C26 C27 C28 C29 C30 C31 C32 C33 C34 C35a C35b C35c C36 C37 C38 C39`)

func TestEveryClaimIsThereOnce(t *testing.T) {
	p := load(t, rules.Options{})
	var ids []string
	for _, c := range p.Claims {
		ids = append(ids, c.ID)
		require.NotEmpty(t, c.Says, c.ID)
		require.NotEmpty(t, c.Section, c.ID)
	}
	require.Equal(t, register, ids)
}

// TestEveryClaimIsCited is the cheap half of the claim matrix: that taking a claim
// out changes an answer is shown where packs are run.
func TestEveryClaimIsCited(t *testing.T) {
	p := load(t, rules.Options{})
	byRule, byLine, byTest := map[string]bool{}, map[string]bool{}, map[string]bool{}
	mark := func(cites []string, in map[string]bool) {
		for _, id := range cites {
			in[id] = true
		}
	}
	for _, r := range p.Rules {
		mark(r.Cites, byRule)
	}
	for _, x := range p.Thresholds {
		mark(x.Cites, byRule)
	}
	for _, a := range p.Assumptions {
		mark(a.Cites, byRule)
	}
	for _, l := range p.Lines() {
		mark(l.Rule.Cites, byLine)
	}
	for _, x := range p.Tests {
		mark(x.Cites, byTest)
	}
	for _, c := range p.Claims {
		for _, k := range c.Kinds {
			if k == "read" || k == "bound" {
				require.True(t, byLine[c.ID], "a line of the report says %s", c.ID)
				continue
			}
			require.True(t, byRule[c.ID], "a rule or a threshold encodes %s", c.ID)
			require.True(t, byTest[c.ID], "a test is about %s", c.ID)
		}
	}
}

func TestEveryNumberHasItsReason(t *testing.T) {
	for _, x := range load(t, rules.Options{}).Thresholds {
		require.NotEmpty(t, x.Doc, x.Name)
		require.NotEmpty(t, x.Because, x.Name)
		require.NotEmpty(t, x.Cites, x.Name)
		require.NotEqual(t, "cited", x.Basis, "%s: the source gives no numbers", x.Name)
		if x.Basis == "judgement" && x.Type.Kind.Ordered() {
			require.NotNil(t, x.Plausible, "%s: a judgement says how far it could be off", x.Name)
		}
	}
}

func TestEveryFieldSaysWhatItIs(t *testing.T) {
	for _, typ := range load(t, rules.Options{}).Schema.Types {
		require.NotEmpty(t, typ.Doc, typ.Name)
		for _, f := range typ.Fields {
			name := typ.Name + "." + f.Name
			require.NotEmpty(t, f.Doc, name)
			if !typ.Concluded {
				require.NotEmpty(t, f.Window, name)
				require.NotEmpty(t, f.Asked, name)
			}
			if f.Type.Kind == facts.Number && !typ.Concluded {
				require.NotNil(t, f.Type.Range, name)
			}
			if f.Type.Names == nil {
				continue
			}
			for i, doc := range f.Type.Names.Docs {
				require.NotEmpty(t, doc, "%s: %s", name, f.Type.Names.List[i])
			}
		}
	}
}

var likelihood = regexp.MustCompile(`(?i)\b(likel|unlikel|certain|uncertain|probab|improbab)`)

func TestSaysNothingOfLikelihood(t *testing.T) {
	for _, f := range load(t, rules.Options{}).Files {
		for i, line := range strings.Split(f.Text, "\n") {
			require.False(t, likelihood.MatchString(line), "%s:%d: %s", f.Name, i+1, line)
		}
	}
}

func TestLabelsShareOutThePostures(t *testing.T) {
	p := load(t, rules.Options{})
	for _, v := range p.Goal.Field.Type.Names.List {
		require.NotEmpty(t, p.Label(v), v)
	}
	require.Equal(t, []string{"truce", "hold", "reversion"}, p.Labels())
}

func TestOnlyTheReadingsSeeWhatCameAfter(t *testing.T) {
	p := load(t, rules.Options{})
	for _, name := range []string{"Statement", "Consent", "TrackSeen", "Aftermath"} {
		typ := p.Schema.Type(name)
		require.NotNil(t, typ, name)
		require.True(t, typ.After, name)
		require.False(t, p.Leads(typ), name)
	}
	require.True(t, p.Leads(p.Schema.Type("Economy")))
	require.True(t, p.Schema.Type("Context").Context)
}

func TestCasesCanBeRead(t *testing.T) {
	p := load(t, rules.Options{})
	paths, err := filepath.Glob("../../testdata/cases/*.yaml")
	require.NoError(t, err)
	require.Len(t, paths, 31)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		c, ds := facts.ReadCase(path, text, p.Schema, facts.ReadOptions{Labels: p.Labels()})
		require.Empty(t, messages(ds), path)
		require.True(t, slices.Contains(p.Labels(), c.Expected.Label), path)
	}
}
