package page

import (
	"testing"

	"github.com/stretchr/testify/require"

	"truce/explain"
	"truce/explain/report"
	"truce/explain/search"
	"truce/facts"
	"truce/rules"
)

func points(v facts.Value) explain.Value {
	return explain.Value{Type: facts.Type{Kind: facts.Number, Unit: "point"}, Value: v}
}

func drawing() *builder {
	return &builder{voc: explain.VocabularyOf(&rules.Pack{Schema: &facts.Schema{}})}
}

// Numbers of one unit are drawn on one line, from zero; what need not be is apart.
func TestSideBySide(t *testing.T) {
	b := drawing()
	got := b.sideBySide([]report.Shown{
		{Text: "b.side_one", Value: points(facts.NumberBetween(1, 2))},
		{Text: "b.other", Value: points(facts.NumberOf(4))},
		{Text: "-b.third", Value: points(facts.NumberBetween(-1, 1))},
	})
	require.Equal(t, &Ranges{Low: "-1", High: "4", Zero: "20%", Rows: []RangeRow{
		{Name: "side one", Text: "between 1 and 2 point", Sure: Bar{"20%", "20%"}, Open: Bar{"40%", "20%"}, From: "40%", To: "60%"},
		{Name: "other", Text: "4 point", Sure: Bar{"20%", "80%"}, Open: Bar{"100%", "0%"}, From: "100%", To: "100%"},
		{Name: "-b.third", Text: "between -1 and 1 point", Sure: Bar{"20%", "0%"}, Open: Bar{"0%", "40%"}, From: "0%", To: "40%"},
	}}, got)
	require.Equal(t, "0%", b.sideBySide([]report.Shown{{Text: "a", Value: points(facts.NumberOf(0))}, {Text: "b", Value: points(facts.NumberOf(0))}}).Zero)
	for name, values := range map[string][]report.Shown{
		"one alone":     {{Text: "a", Value: points(facts.NumberOf(1))}},
		"another unit":  {{Text: "a", Value: points(facts.NumberOf(1))}, {Text: "b", Value: explain.Value{Type: facts.Type{Kind: facts.Number, Unit: "day"}, Value: facts.NumberOf(1)}}},
		"an unknown":    {{Text: "a", Value: points(facts.NumberOf(1))}, {Text: "b", Value: points(facts.Type{Kind: facts.Number}.Unknown())}},
		"what is none":  {{Text: "a", Value: points(facts.NumberOf(1))}, {Text: "b", Value: explain.Value{Type: facts.Type{Kind: facts.Bool}, Value: facts.BoolOf(true)}}},
		"without units": {{Text: "a", Value: explain.Value{Value: facts.NumberOf(1)}}, {Text: "b", Value: explain.Value{Value: facts.NumberOf(2)}}},
	} {
		require.Nil(t, b.sideBySide(values), name)
	}
}

// Reasons for and against are drawn on one scale.
func TestWeigh(t *testing.T) {
	pro, con := Section{Lines: make([]Line, 2)}, Section{Lines: make([]Line, 1)}
	drawing().weigh([]weighed{
		{&pro, []report.Line{{Weight: points(facts.NumberOf(2))}, {}}},
		{&con, []report.Line{{Weight: points(facts.NumberOf(0.5))}}},
	})
	require.Equal(t, Bar{"0%", "100%"}, pro.Lines[0].Weight.Rows[0].Sure)
	require.Nil(t, pro.Lines[1].Weight, "a reason without a weight has no picture")
	require.Equal(t, Bar{"0%", "25%"}, con.Lines[0].Weight.Rows[0].Sure)
}

// Each side of the middle is the width of what is plausible.
func TestTornado(t *testing.T) {
	scale := facts.Type{Kind: facts.Integer}
	value := func(lo, hi int64) explain.Value {
		return explain.Value{Type: scale, Value: facts.Between(facts.Integer, lo, hi)}
	}
	then := search.Answer{Settled: true, Values: []string{"stay"}}
	got := tornado(&search.Robustness{Ranges: []search.Range{
		{Name: "wind", At: value(4, 4), Inside: value(0, 10), Stands: value(0, 7), Falls: true, Margin: 0.4,
			High: &search.End{Last: value(7, 7), First: value(8, 8), Then: then}},
		{Name: "rain", At: value(1, 1), Inside: value(0, 10), Stands: value(0, 10)},
	}})
	require.Equal(t, []TornadoBar{{Name: "wind", At: "4", Above: "above 7: settled on stay",
		Stands: []Bar{{"30%", "20%"}, {"50%", "15%"}}, Falls: []Bar{{"65%", "15%"}}}}, got.Bars)
	require.Equal(t, []string{"The answer stands whatever one of these alone is: rain."}, got.Notes)
}
