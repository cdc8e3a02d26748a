package facts_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
	"truce/facts/source"
)

// declared is a small schema that has each kind, each count, and each place
// before and after the decision.
func declared(t testing.TB) *facts.Schema {
	t.Helper()
	s := &facts.Schema{
		Units: []string{"percent", "year", "mb", "d", "kg"},
		Qualities: []*facts.Quality{
			{Name: "primary", Mark: "reported", Doc: "an official series"},
			{Name: "press", Mark: "reported", Doc: "a figure read in a newspaper"},
			{Name: "coded", Mark: "coded", Doc: "a judgement from events that were read"},
		},
	}
	add := func(f *facts.FactType, fields ...*facts.Field) {
		for _, field := range fields {
			require.True(t, f.AddField(field))
		}
		require.True(t, s.AddType(f))
	}
	share := facts.NumberBetween(-10, 500)
	add(&facts.FactType{Name: "Economy", Doc: "The economy at the date of the case."},
		&facts.Field{Name: "inflation", Doc: "Consumer prices on a year earlier.", Window: "the last month that had ended",
			Asked: "the statistical office", Type: facts.Type{Kind: facts.Number, Unit: "percent/year", Range: &share}},
		&facts.Field{Name: "exports", Doc: "Oil sold abroad.", Type: facts.Type{Kind: facts.Number, Unit: "mb/d"}},
		&facts.Field{Name: "reserves", Doc: "Months of imports that reserves pay for.", Type: facts.Type{Kind: facts.Integer}},
		&facts.Field{Name: "rationed", Doc: "Whether goods are rationed.", Type: facts.Type{Kind: facts.Bool}},
		&facts.Field{Name: "note", Doc: "What figures leave out.", Type: facts.Type{Kind: facts.Text}})
	unrest := &facts.Names{List: []string{"low", "raised", "mass_protest", "crackdown"},
		Docs: []string{"no more than usual", "", "in several towns", "order by force"}}
	add(&facts.FactType{Name: "Society"},
		&facts.Field{Name: "unrest", Type: facts.Type{Kind: facts.Scale, Names: unrest}})
	offer := &facts.Names{List: []string{"none", "message", "text"}, Docs: []string{"", "", "a draft"}}
	add(&facts.FactType{Name: "Offer"},
		&facts.Field{Name: "form", Type: facts.Type{Kind: facts.Enum, Names: offer}},
		&facts.Field{Name: "since", Doc: "The day on which it was made.", Type: facts.Type{Kind: facts.Date}})
	add(&facts.FactType{Name: "Event", Count: facts.Open, Doc: "What happened before."},
		&facts.Field{Name: "date", Type: facts.Type{Kind: facts.Date}},
		&facts.Field{Name: "effect", Type: facts.Type{Kind: facts.Scale, Names: unrest}},
		&facts.Field{Name: "text", Type: facts.Type{Kind: facts.Text}})
	add(&facts.FactType{Name: "Party", Count: facts.Many},
		&facts.Field{Name: "seats", Type: facts.Type{Kind: facts.Integer}})
	add(&facts.FactType{Name: "Stressor", Concluded: true},
		&facts.Field{Name: "severity", Type: facts.Type{Kind: facts.Number}})
	add(&facts.FactType{Name: "Context", Context: true},
		&facts.Field{Name: "brent", Type: facts.Type{Kind: facts.Number}})
	add(&facts.FactType{Name: "Aftermath", After: true},
		&facts.Field{Name: "text", Type: facts.Type{Kind: facts.Text}})
	return s
}

// withExact is declared with one more type that has an exact field.
func withExact(t testing.TB) *facts.Schema {
	t.Helper()
	s := declared(t)
	f := &facts.FactType{Name: "Setting"}
	require.True(t, f.AddField(&facts.Field{Name: "round", Exact: true, Type: facts.Type{Kind: facts.Integer}}))
	require.True(t, f.AddField(&facts.Field{Name: "place", Type: facts.Type{Kind: facts.Text}}))
	require.True(t, s.AddType(f))
	return s
}

// requireCoded checks that findings have a declared code and a place inside the
// text.
func requireCoded(t require.TestingT, codes []source.Code, ds source.Diagnostics, name, text string) {
	known := map[string]bool{}
	for _, c := range codes {
		known[c.ID] = true
	}
	ends := lineLengths(text)
	for _, d := range ds {
		require.True(t, known[d.Code], "code %q of %q", d.Code, d.Message)
		spans := []source.Span{d.Span}
		for _, r := range d.Related {
			spans = append(spans, r.Span)
		}
		for _, s := range spans {
			if s.IsZero() {
				continue
			}
			require.Equal(t, name, s.File)
			for _, p := range []source.Pos{s.Start, s.End} {
				if p.IsZero() {
					continue
				}
				require.LessOrEqual(t, p.Line, len(ends), "%v in %q", d, text)
				require.LessOrEqual(t, p.Col, ends[p.Line-1]+1, "%v in %q", d, text)
				require.Positive(t, p.Col)
			}
			require.LessOrEqual(t, s.Start.Compare(s.End), 0, "%v in %q", d, text)
		}
	}
}

// lineLengths are the lengths of the lines of a text, in runes.
func lineLengths(text string) []int {
	lengths := []int{0}
	for _, c := range text {
		if c == '\n' {
			lengths = append(lengths, 0)
			continue
		}
		lengths[len(lengths)-1]++
	}
	return lengths
}
