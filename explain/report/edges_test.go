package report_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/explain/report"
	"truce/facts"
	"truce/rules"
)

const edges = `
pack:
  name: edges
  version: "1"
  doc: What stands at the edge of an answer.
  goal: {type: Verdict, field: value}
  labels: {good: {values: [pass], doc: ""}, bad: {values: [fail], doc: ""}}
facts:
  Exam:
    doc: an exam
    fields:
      marks: {type: integer, range: [0, 100], doc: marks}
      late: {type: bool, doc: handed in late}
      retake: {type: bool, doc: whether it is one}
  Note:
    count: many
    doc: a note
    fields: {size: {type: integer, doc: size}}
  Verdict:
    concluded: true
    key: []
    doc: the verdict
    fields: {value: {type: enum, values: {pass: "", fail: ""}, doc: the verdict}}
assumptions:
  - {field: Exam.retake, value: false, because: nobody said so}
rules:
  - rule: enough
    when: [e: Exam, e.marks >= 50, not e.retake]
    then: [{conclude: Verdict, with: {value: pass}}]
  - rule: too-late
    when: [e: Exam, e.late]
    then: [{conclude: Verdict, with: {value: fail}}]
report:
  answer: {pass: it is passed, fail: it is failed}
  disclaimer: No more than that.
  sections:
    - {section: open, title: What is open, kind: unknowns, short: 5}
    - {section: later, title: What came later, kind: known_later, short: 5}
  confidence:
    - {level: low, says: "{deciding} conditions."}
`

const edgeCase = `
case: edge
title: Is it passed?
as_of: 2020-01-01
facts:
  Exam: {marks: 60, retake: {value: true, known_on: 2020-02-01}}
  Note:
    - {id: late-note, size: {value: 3, known_on: 2020-03-01}}
`

// What would contradict the answer, what an assumption stands in for, and what was
// not there yet: each is told.
func TestEdgesOfAnAnswer(t *testing.T) {
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: edges}}, rules.Options{})
	require.NoError(t, ds.Err())
	c, ds := facts.ReadCase("edge.yaml", []byte(edgeCase), p.Schema, facts.ReadOptions{})
	require.NoError(t, ds.Err())
	s := engine.Compile(p).NewSession(engine.Options{})
	require.NoError(t, s.Load(c))
	require.NoError(t, s.Run(context.Background()))
	tr, err := s.Trace()
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, report.Assess(tr).Text(&b, report.Form{Full: true}))
	require.Contains(t, b.String(), "it is passed")
	require.NotContains(t, b.String(), "it is failed")
	require.Contains(t, b.String(), "If rule too-late held too, the rules would contradict each other: Verdict[fail] is ruled out.")
	require.Contains(t, b.String(), "Exam.retake is given as true, known only on 2020-02-01; the rules assumed false.")
	require.Contains(t, b.String(), "All that is given of Note(late-note) became known only later; to the rules it was not there.")
}
