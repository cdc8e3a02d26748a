package trace_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine/trace"
	"truce/facts"
)

func TestFindAndCanonicalText(t *testing.T) {
	exam := &facts.FactType{Name: "Exam"}
	exam.AddField(&facts.Field{Name: "marks", Type: facts.Type{Kind: facts.Number, Unit: "point"}})
	place := facts.Span{File: "case.yaml"}
	tr := &trace.Trace{Facts: []trace.Fact{{
		Name: "Exam", Type: exam, Status: trace.Certain, Span: place,
		Fields: []trace.Field{{Value: facts.NumberBetween(40, 60), Origin: trace.Given}},
	}}, Answer: trace.Answer{Values: []trace.GoalValue{{Value: "pass", Status: trace.Possible, Facts: []int{0}}}}}
	tr.Index()
	i, ok := tr.Find("Exam")
	require.True(t, ok)
	require.Zero(t, i)
	_, ok = tr.Find("exam")
	require.False(t, ok)

	var b strings.Builder
	require.NoError(t, tr.Write(&b))
	require.Equal(t, `fact Exam, holds, height 0
  marks = 40 to 60 point (given)
answer settled=false none=false
  pass can hold Exam
`, b.String(), "no place in a file shows")
}
