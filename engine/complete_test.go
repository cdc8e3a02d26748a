package engine_test

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
)

const notes = schema + `
rules:
  - rule: noted
    when: [e: Exam, "none(Note, .size > 3)"]
    then: [{conclude: Verdict, with: {value: pass}}]
`

func TestCompletingAnOpenType(t *testing.T) {
	s := ready(t, pack(t, notes))
	settled := func() bool {
		require.NoError(t, s.Run(context.Background()))
		tr, err := s.Trace()
		require.NoError(t, err)
		_, open := tr.Find("Note(*)")
		require.Equal(t, !open, len(tr.Case.Complete) == 1, "the case that is read says so too")
		return tr.Answer.Settled
	}
	require.False(t, settled())
	mark := s.Mark()
	require.NoError(t, s.Complete("Note"))
	_, err := s.Answer()
	require.Equal(t, "N106", code(t, err))
	require.True(t, settled())
	require.NoError(t, s.Complete("Note"), "again: nothing changes")
	_, err = s.Answer()
	require.NoError(t, err)
	require.True(t, s.Rollback(mark))
	require.False(t, settled())

	for _, name := range []string{"Exam", "Item", "Verdict", "Nothing"} {
		require.Equal(t, "N109", code(t, s.Complete(name)), name)
	}
	require.NoError(t, s.Load(&facts.Case{Complete: []string{"Note"}}))
	require.True(t, settled())
	require.NoError(t, s.Load(&facts.Case{}))
	require.False(t, settled(), "a case says what is complete")
}

// A mark inside what was rolled back stays gone when as many changes follow again.
func TestAMarkDoesNotComeBack(t *testing.T) {
	p := pack(t, marking)
	exam := func(marks float64) *facts.StatedFact {
		return state(p, "Exam", "", map[string]facts.Value{"marks": facts.NumberOf(marks), "late": facts.BoolOf(false)})
	}
	s := ready(t, p, exam(70))
	outer := s.Mark()
	require.NoError(t, s.Modify(exam(20)))
	require.NoError(t, s.Run(context.Background()))
	inner := s.Mark()
	require.True(t, s.Rollback(outer))
	require.NoError(t, s.Modify(exam(80)))
	require.NoError(t, s.Modify(exam(90)))
	require.False(t, s.Rollback(inner))
	require.NoError(t, s.Run(context.Background()))
	a, err := s.Answer()
	require.NoError(t, err)
	require.Equal(t, []string{"pass"}, values(a))
}

// Loading the same case again is loading a case: thresholds stay, marks are gone.
func TestMarksEndWithTheCaseAndItsSession(t *testing.T) {
	p := pack(t, schema+`
thresholds:
  enough: {value: 50, plausible: [30, 70], basis: judgement, because: a test, doc: marks that are enough}
rules:
  - rule: enough
    when: [e: Exam, e.marks >= threshold.enough]
    then: [{conclude: Verdict, with: {value: pass}}]
`)
	c := &facts.Case{Facts: []*facts.StatedFact{state(p, "Exam", "", map[string]facts.Value{"marks": facts.NumberOf(60)})}}
	s, other := ready(t, p), ready(t, p)
	require.NoError(t, s.Load(c))
	require.NoError(t, other.Load(c))
	require.NoError(t, s.Run(context.Background()))
	mark := s.Mark()
	require.False(t, other.Rollback(mark), "it is another session's")
	require.NoError(t, s.SetThreshold("enough", facts.NumberOf(70)))
	require.NoError(t, s.Load(c))
	require.False(t, s.Rollback(mark))
	_, err := s.Answer()
	require.Equal(t, "N106", code(t, err))
}

// What no case file could say, a host program cannot either.
func TestValuesThatAreNone(t *testing.T) {
	p := pack(t, schema, `
facts:
  Free:
    doc: without a range
    fields:
      x: {type: number, doc: a number}
      e: {type: enum, values: {p: "", q: ""}, doc: a symbol}
thresholds:
  free: {value: 1, plausible: [open, open], basis: judgement, because: a test, doc: a number}
rules:
  - rule: done
    then: [{conclude: Verdict, with: {value: pass}}]
`)
	s := ready(t, p)
	for name, v := range map[string]facts.Value{
		"infinite":      facts.NumberOf(math.Inf(1)),
		"infinite low":  facts.NumberBetween(math.Inf(-1), math.Inf(-1)),
		"no number":     facts.NumberOf(math.NaN()),
		"half a number": facts.NumberBetween(0, math.NaN()),
		"upside down":   facts.NumberBetween(2, 1),
	} {
		require.Equal(t, "N103", code(t, s.Assert(state(p, "Free", "", map[string]facts.Value{"x": v}))), name)
		require.Equal(t, "N108", code(t, s.SetThreshold("free", v)), name)
	}
	require.Equal(t, "N103", code(t, s.Assert(state(p, "Free", "", map[string]facts.Value{"e": facts.EnumOf("r")}))))
	open := facts.NumberBetween(1, math.Inf(1))
	require.NoError(t, s.Assert(state(p, "Free", "", map[string]facts.Value{"x": open, "e": facts.EnumOf("p")})))
	require.NoError(t, s.Run(context.Background()))
}
