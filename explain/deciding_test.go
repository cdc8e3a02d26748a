package explain_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine/trace"
	"truce/explain"
)

func deciding(tr *trace.Trace) []string {
	var list []string
	for _, d := range explain.DecidingConditions(tr) {
		list = append(list, d.Rule.Name+": "+d.Expr.Text()+" ["+d.Mark.String()+"]")
	}
	return list
}

func TestDecidingConditions(t *testing.T) {
	require.Equal(t, []string{
		"gusts: w.gusts > 2 * threshold.strong_wind [reported]",
		"waves: points(w.waves, threshold.wave_points) [coded]",
		"wind: max(0, w.wind - threshold.strong_wind) [reported]",
	}, deciding(at(t, "storm")))
	require.Equal(t, []string{
		"advice/go: b.sound [assumed]",
		`objects: any(Sighting, .what == "rock" and .near < 5) [coded]`,
		"waves: points(w.waves, threshold.wave_points) [coded]",
		"wind: max(0, w.wind - threshold.strong_wind) [reported]",
	}, deciding(at(t, "haze")), "a condition that rows share counts once; what is unknown counts nowhere")
	require.Equal(t, []string{
		"advice/go: w.turning [computed]",
		"advice/go: b.sound [reported]",
		"waves: points(w.waves, threshold.wave_points) [reported]",
		"wind: max(0, w.wind - threshold.strong_wind) [reported]",
	}, deciding(at(t, "fair")))
}

func TestCounts(t *testing.T) {
	tr := at(t, "haze")
	require.Equal(t, explain.Counts{Deciding: 4, Reported: 1, Coded: 2, Assumed: 1, Answers: 3},
		explain.Count(explain.DecidingConditions(tr), tr))
}

func fields(tr *trace.Trace, refs []trace.FieldRef) []string {
	var list []string
	for _, r := range refs {
		list = append(list, explain.FieldName(tr, r))
	}
	return list
}

func TestAnswerGround(t *testing.T) {
	tr := at(t, "haze")
	all, open := explain.AnswerGround(tr, false), explain.AnswerGround(tr, true)
	require.Equal(t, []string{"Boat.sound"}, fields(tr, all.Assumed))
	require.Equal(t, []string{"Weather.wind", "Weather.turning", "Sighting(rock-1).near"}, fields(tr, all.Missing))
	require.Equal(t, []string{"Weather.gusts"}, fields(tr, all.Later))
	require.Len(t, all.Unlisted, 1)
	require.Equal(t, all.Missing, open.Missing)
	require.Empty(t, open.Assumed, "the assumption leaves nothing open")

	storm := at(t, "storm")
	require.Equal(t, explain.Ground{}, explain.AnswerGround(storm, false), "the hull does not decide whether to wait")
	require.Empty(t, explain.KnownLater(storm))
	require.Equal(t, []string{"Weather.gusts"}, fields(tr, explain.KnownLater(tr)))
}

// Over generated packs: what decides is on the ground of the answer, and what an
// answer assumes is among what its proof reads.
func TestGroundOfGeneratedAnswers(t *testing.T) {
	generated(t, func(t *rapid.T, tr *trace.Trace) {
		all, open := explain.AnswerGround(tr, false), explain.AnswerGround(tr, true)
		require.Subset(t, all.Missing, open.Missing)
		require.Subset(t, all.Unlisted, open.Unlisted)
		ds := explain.DecidingConditions(tr)
		for _, d := range ds {
			require.NotEmpty(t, d.Fields)
			require.NotZero(t, d.Mark)
			for _, ref := range d.Fields {
				require.False(t, tr.Facts[ref.Fact].Type.Concluded)
			}
		}
		c := explain.Count(ds, tr)
		require.Equal(t, len(ds), c.Reported+c.Coded+c.Assumed+c.Computed+c.Judgement)
		if tr.Answer.Settled {
			require.Equal(t, 1, c.Answers)
		}
	})
}
