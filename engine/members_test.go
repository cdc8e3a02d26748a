package engine_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
)

// Members are what aggregates see of a type: alternatives share a group, and what may not
// be listed stands for any number.
func TestMembers(t *testing.T) {
	p := pack(t, schema+`
rules:
  - rule: passes
    when: [e: Exam, e.marks >= 50]
    then: [{conclude: Verdict, with: {value: pass}}]
  - rule: fails
    when: [e: Exam, e.marks < 50]
    then: [{conclude: Verdict, with: {value: fail}}]
`)
	s := ready(t, p, state(p, "Exam", "", map[string]facts.Value{"marks": facts.NumberBetween(40, 60)}))
	_, err := s.Members(p.Schema.Type("Verdict"))
	require.Error(t, err, "nothing has run")
	require.NoError(t, s.Run(context.Background()))
	verdicts, err := s.Members(p.Schema.Type("Verdict"))
	require.NoError(t, err)
	require.Len(t, verdicts, 2)
	for i, m := range verdicts {
		require.Equal(t, i, m.Ref)
		require.False(t, m.Presence.IsKnown(), "each can hold")
		require.NotZero(t, m.Group)
		require.Equal(t, verdicts[0].Group, m.Group)
	}
	notes, err := s.Members(p.Schema.Type("Note"))
	require.NoError(t, err)
	require.Len(t, notes, 1)
	require.Equal(t, -1, notes[0].Copies)
}
