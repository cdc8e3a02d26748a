package engine_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
	"truce/facts/source"
)

// The rules that two answers show are ones that hold for certain, and of those the
// first by name: neither a rule that only may hold nor the order of rules shows.
func TestTwoAnswersShowRulesThatHold(t *testing.T) {
	p := pack(t, `
pack:
  name: test
  version: "1"
  doc: A test.
  goal: {type: Verdict, field: value}
  labels: {good: {values: [pass], doc: ""}, bad: {values: [fail], doc: ""}}
facts:
  Exam: {doc: an exam, fields: {marks: {type: number, range: [0, 100], doc: marks}, late: {type: bool, doc: late}}}
  Verdict:
    concluded: true
    key: [by]
    doc: the verdict of one examiner
    fields: {by: {type: text, doc: who}, value: {type: enum, values: {pass: "", fail: ""}, doc: the verdict}}
rules:
  - rule: a-maybe
    when: [e: Exam, e.late]
    then: [{conclude: Verdict, with: {by: one, value: pass}}]
  - rule: c-sure
    when: [e: Exam, e.marks > 10]
    then: [{conclude: Verdict, with: {by: one, value: pass}}]
  - rule: b-sure
    when: [e: Exam, e.marks > 20]
    then: [{conclude: Verdict, with: {by: one, value: pass}}]
  - rule: other
    when: [e: Exam]
    then: [{conclude: Verdict, with: {by: two, value: fail}}]
`)
	s := ready(t, p, state(p, "Exam", "", map[string]facts.Value{"marks": facts.NumberOf(50)}))
	require.NoError(t, s.Run(context.Background()))
	_, err := s.Answer()
	var ds source.Diagnostics
	require.True(t, errors.As(err, &ds))
	require.Equal(t, "N102", ds[0].Code)
	var said []string
	for _, r := range ds[0].Related {
		said = append(said, r.Message)
	}
	require.Equal(t, []string{"rule b-sure concludes Verdict(one)", "rule other concludes Verdict(two)"}, said)
}
