package engine_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/engine/trace"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

const head = `
pack:
  name: test
  version: "1"
  doc: A test.
  goal: {type: Verdict, field: value}
  labels: {good: {values: [pass], doc: ""}, bad: {values: [fail], doc: ""}}
`

const schema = head + `
facts:
  Exam:
    doc: one exam
    fields:
      marks: {type: number, range: [0, 100], doc: marks}
      late: {type: bool, doc: handed in late}
  Note:
    count: open
    doc: a note on the exam
    fields:
      size: {type: integer, range: [0, 9], doc: size}
  Item:
    count: many
    doc: an item
    fields:
      n: {type: integer, range: [0, 1000000], doc: number}
  Verdict:
    concluded: true
    key: []
    doc: the verdict
    fields:
      value: {type: enum, values: {pass: "", fail: ""}, doc: the verdict}
`

func pack(t *testing.T, texts ...string) *rules.Pack {
	var files []rules.File
	for i, text := range texts {
		files = append(files, rules.File{Name: []string{"pack.yaml", "more.yaml"}[i], Text: text})
	}
	p, ds := rules.Load(files, rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

// state makes a stated fact from field values by name.
func state(p *rules.Pack, typ, id string, values map[string]facts.Value) *facts.StatedFact {
	ft := p.Schema.Type(typ)
	f := &facts.StatedFact{Type: ft, ID: id, Data: make([]facts.Datum, len(ft.Fields))}
	for i, field := range ft.Fields {
		f.Data[i].Value = field.Type.Unknown()
		if v, ok := values[field.Name]; ok {
			f.Data[i] = facts.Datum{Value: v, Given: true}
		}
	}
	return f
}

func ready(t *testing.T, p *rules.Pack, fs ...*facts.StatedFact) *engine.Session {
	s := engine.Compile(p).NewSession(engine.Options{})
	for _, f := range fs {
		require.NoError(t, s.Assert(f))
	}
	return s
}

func values(a trace.Answer) []string {
	var vs []string
	for _, v := range a.Values {
		vs = append(vs, v.Value)
	}
	return vs
}

func code(t *testing.T, err error) string {
	var ds source.Diagnostics
	require.True(t, errors.As(err, &ds), "%v", err)
	return ds[0].Code
}

const marking = schema + `
tables:
  - table: verdict
    hit: first
    when: [e: Exam]
    conclude: Verdict
    rows:
      - row: enough
        when: [e.marks >= 50, not e.late]
        with: {value: pass}
      - row: otherwise
        with: {value: fail}
`

func TestSettledAndOpen(t *testing.T) {
	p := pack(t, marking)
	for _, c := range []struct {
		name    string
		marks   facts.Value
		late    facts.Value
		want    []string
		settled bool
	}{
		{"known", facts.NumberOf(50), facts.BoolOf(false), []string{"pass"}, true},
		{"below", facts.NumberOf(49.5), facts.BoolOf(false), []string{"fail"}, true},
		{"across", facts.NumberBetween(40, 60), facts.BoolOf(false), []string{"pass", "fail"}, false},
		{"interval above", facts.NumberBetween(50, 60), facts.BoolOf(false), []string{"pass"}, true},
		{"late decides", facts.NumberBetween(0, 100), facts.BoolOf(true), []string{"fail"}, true},
		{"late unknown", facts.NumberOf(70), facts.UnknownBool(), []string{"pass", "fail"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := ready(t, p, state(p, "Exam", "", map[string]facts.Value{"marks": c.marks, "late": c.late}))
			require.NoError(t, s.Run(context.Background()))
			a, err := s.Answer()
			require.NoError(t, err)
			require.Equal(t, c.want, values(a))
			require.Equal(t, c.settled, a.Settled)
			require.False(t, a.NoneCanHold, "the table is total")
		})
	}
}

func TestAbsentFactOfOneIsUnknown(t *testing.T) {
	s := ready(t, pack(t, marking))
	require.NoError(t, s.Run(context.Background()))
	a, err := s.Answer()
	require.NoError(t, err)
	require.Equal(t, []string{"pass", "fail"}, values(a))
}

func TestOneValueThatMayNotHoldIsNotSettled(t *testing.T) {
	p := pack(t, schema+`
rules:
  - rule: only
    when: [e: Exam, e.marks > 50]
    then: [{conclude: Verdict, with: {value: pass}}]
`)
	s := ready(t, p)
	require.NoError(t, s.Run(context.Background()))
	a, err := s.Answer()
	require.NoError(t, err)
	require.Equal(t, []string{"pass"}, values(a))
	require.False(t, a.Settled)
	require.True(t, a.NoneCanHold)

	require.NoError(t, s.Assert(state(p, "Exam", "", map[string]facts.Value{"marks": facts.NumberOf(1)})))
	require.NoError(t, s.Run(context.Background()))
	_, err = s.Answer()
	require.Equal(t, "N101", code(t, err))
	require.ErrorContains(t, err, "no rule concludes Verdict")
}

func TestConflictShowsBothRules(t *testing.T) {
	p := pack(t, schema+`
rules:
  - rule: high
    when: [e: Exam, e.marks > 50]
    then: [{conclude: Verdict, with: {value: pass}}]
  - rule: late
    when: [e: Exam, e.late]
    then: [{conclude: Verdict, with: {value: fail}}]
`)
	s := ready(t, p, state(p, "Exam", "", map[string]facts.Value{"marks": facts.NumberOf(60), "late": facts.BoolOf(true)}))
	err := s.Run(context.Background())
	require.Equal(t, "N001", code(t, err))
	require.ErrorContains(t, err, "rules high (e = Exam) and late (e = Exam) hold at once")
	_, err = s.Answer()
	require.Equal(t, "N106", code(t, err), "conclusions cannot be read after an error")

	// Where one of them is only possible, both are alternatives, and the certain one
	// stays certain: the other can hold only where the rules contradict each other.
	require.NoError(t, s.Modify(state(p, "Exam", "", map[string]facts.Value{"marks": facts.NumberOf(60)})))
	require.NoError(t, s.Run(context.Background()))
	tr, err := s.Trace()
	require.NoError(t, err)
	i, ok := tr.Find("Verdict[pass]")
	require.True(t, ok)
	require.Equal(t, trace.Certain, tr.Facts[i].Status)
	require.Len(t, tr.Facts[i].Alternatives, 1)
	require.Equal(t, trace.Possible, tr.Facts[tr.Facts[i].Alternatives[0]].Status)
	require.Equal(t, []string{"pass"}, values(tr.Answer))
	require.True(t, tr.Answer.Settled)
	require.Equal(t, tr.Facts[i].Alternatives, tr.Answer.Contradictions, "the contradiction is told")
}

func TestOpenTypes(t *testing.T) {
	p := pack(t, schema, `
facts:
  Seen:
    concluded: true
    key: []
    doc: what was seen
    fields:
      some: {type: bool, doc: any}
      none: {type: bool, doc: none}
      every: {type: bool, doc: all}
      count: {type: integer, doc: count}
  Big:
    concluded: true
    doc: a big note
    fields: {size: {type: integer, doc: size}}
rules:
  - rule: seen
    when:
      - n: count(Note, .size > 3)
    then:
      - conclude: Seen
        with: {some: '=any(Note, .size > 3)', none: '=none(Note, .size > 3)', every: '=all(Note, .size > 3)', count: =n}
  - rule: big
    when: [n: Note, n.size > 7]
    then: [{conclude: Big, with: {size: =n.size}}]
  - rule: done
    then: [{conclude: Verdict, with: {value: pass}}]
`)
	note := state(p, "Note", "a", map[string]facts.Value{"size": facts.IntegerOf(2)})
	s := ready(t, p, note)
	require.NoError(t, s.Run(context.Background()))
	tr, err := s.Trace()
	require.NoError(t, err)
	field := func(name string, i int) string {
		n, ok := tr.Find(name)
		require.True(t, ok)
		return tr.Facts[n].Type.Fields[i].Type.Format(tr.Facts[n].Fields[i].Value)
	}
	require.Equal(t, "unknown", field("Seen", 0), "there may be another")
	require.Equal(t, "unknown", field("Seen", 1))
	require.Equal(t, "false", field("Seen", 2), "one listed note fails")
	require.Equal(t, "at least 0", field("Seen", 3))
	_, ok := tr.Find("Note(*)")
	require.True(t, ok)

	closed := &facts.Case{Facts: []*facts.StatedFact{note}, Complete: []string{"Note"}}
	require.NoError(t, s.Load(closed))
	require.NoError(t, s.Run(context.Background()))
	tr, err = s.Trace()
	require.NoError(t, err)
	require.Equal(t, "false", field("Seen", 0))
	require.Equal(t, "true", field("Seen", 1))
	require.Equal(t, "0", field("Seen", 3))
}

func TestFaults(t *testing.T) {
	p := pack(t, schema, `
facts:
  Share:
    concluded: true
    key: []
    doc: a share
    fields: {of: {type: number, range: [0, 10], doc: share}}
rules:
  - rule: share
    when:
      - e: Exam
      - not e.late
    then: [{conclude: Share, with: {of: =100 / e.marks}}]
  - rule: done
    then: [{conclude: Verdict, with: {value: pass}}]
`)
	exam := func(marks facts.Value, late facts.Value) *facts.StatedFact {
		return state(p, "Exam", "", map[string]facts.Value{"marks": marks, "late": late})
	}
	no := facts.BoolOf(false)
	for _, c := range []struct {
		name  string
		exam  *facts.StatedFact
		error string
	}{
		{"division by zero", exam(facts.NumberOf(0), no), "division by zero, in rule share (e = Exam)"},
		{"out of range", exam(facts.NumberOf(1), no), "of = 100 is outside its range, 0 to 10"},
		{"false beats the fault", exam(facts.NumberOf(0), facts.BoolOf(true)), ""},
		{"unknown beats the fault", exam(facts.NumberOf(0), facts.UnknownBool()), ""},
		{"across zero is unknown", exam(facts.NumberBetween(0, 50), no), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := ready(t, p, c.exam).Run(context.Background())
			if c.error == "" {
				require.NoError(t, err)
				return
			}
			require.Equal(t, "N002", code(t, err))
			require.ErrorContains(t, err, c.error)
		})
	}
}

const counting = `
facts:
  N:
    concluded: true
    doc: a number
    fields: {v: {type: integer, doc: value}}
rules:
  - rule: start
    then: [{conclude: N, with: {v: 0}}]
  - rule: next
    when: [n: N]
    then: [{conclude: N, with: {v: =n.v + 1}}]
  - rule: done
    then: [{conclude: Verdict, with: {value: pass}}]
`

func TestRulesThatFeedThemselvesEnd(t *testing.T) {
	p := pack(t, schema, counting)
	for _, c := range []struct {
		limits engine.Limits
		code   string
	}{
		{engine.Limits{Facts: 50}, "N003"},
		{engine.Limits{Justifications: 50}, "N004"},
		{engine.Limits{Work: 500}, "N005"},
	} {
		s := engine.Compile(p).NewSession(engine.Options{Limits: c.limits})
		err := s.Run(context.Background())
		require.Equal(t, c.code, code(t, err))
		require.ErrorContains(t, err, "of rule next")
		var ds source.Diagnostics
		errors.As(err, &ds)
		require.True(t, ds[0].Limit)
	}
}

func TestCancellation(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s := engine.Compile(pack(t, schema, counting)).NewSession(engine.Options{})
	err := s.Run(ctx)
	require.ErrorIs(t, err, context.Canceled)
	require.True(t, engine.Canceled(err))
	require.ErrorContains(t, err, "N006")
}

func TestChangesMarksAndRollback(t *testing.T) {
	p := pack(t, marking)
	exam := func(marks float64) *facts.StatedFact {
		return state(p, "Exam", "", map[string]facts.Value{"marks": facts.NumberOf(marks), "late": facts.BoolOf(false)})
	}
	good, bad := exam(70), exam(20)
	s := ready(t, p, good)
	require.NoError(t, s.Run(context.Background()))
	answer := func() string {
		a, err := s.Answer()
		require.NoError(t, err)
		return a.Values[0].Value
	}
	require.Equal(t, "pass", answer())

	mark := s.Mark()
	require.NoError(t, s.Modify(bad))
	require.Same(t, bad, s.Stated("Exam"))
	_, err := s.Answer()
	require.Equal(t, "N106", code(t, err), "not run since the change")
	require.NoError(t, s.Run(context.Background()))
	require.Equal(t, "fail", answer())
	inner := s.Mark()
	require.NoError(t, s.Retract("Exam"))
	require.Nil(t, s.Stated("Exam"))
	require.True(t, s.Rollback(mark))
	require.Same(t, good, s.Stated("Exam"))
	require.Equal(t, "pass", answer(), "readable again without a run")
	require.False(t, s.Rollback(inner), "a mark inside what was rolled back is gone")

	require.Equal(t, "N104", code(t, s.Assert(exam(1))))
	require.Equal(t, "N105", code(t, s.Retract("Item(x)")))
	require.Equal(t, "N105", code(t, s.Modify(state(p, "Item", "x", map[string]facts.Value{"n": facts.IntegerOf(1)}))))
	require.Equal(t, "N103", code(t, s.Assert(state(p, "Verdict", "", nil))))
	require.Equal(t, "N103", code(t, s.Assert(state(p, "Item", "y", map[string]facts.Value{"n": facts.IntegerOf(-1)}))))
	require.Equal(t, "pass", answer(), "a refused change changes nothing")
}

func TestThresholdsCanBeSet(t *testing.T) {
	p := pack(t, schema+`
thresholds:
  enough: {value: 50, plausible: [30, 70], basis: judgement, because: a test, doc: marks that are enough}
  good: {value: 80, plausible: [60, 90], basis: judgement, because: a test, doc: marks that are good}
constraints: [threshold.enough < threshold.good]
tables:
  - table: verdict
    hit: first
    when: [e: Exam]
    conclude: Verdict
    rows:
      - row: enough
        when: [e.marks >= threshold.enough]
        with: {value: pass}
      - row: otherwise
        with: {value: fail}
`)
	s := ready(t, p, state(p, "Exam", "", map[string]facts.Value{"marks": facts.NumberOf(55)}))
	ask := func() trace.Answer {
		require.NoError(t, s.Run(context.Background()))
		a, err := s.Answer()
		require.NoError(t, err)
		return a
	}
	require.Equal(t, []string{"pass"}, values(ask()))
	mark := s.Mark()
	require.NoError(t, s.SetThreshold("enough", facts.NumberOf(60)))
	require.Equal(t, []string{"fail"}, values(ask()))
	require.NoError(t, s.SetThreshold("enough", facts.NumberBetween(50, 60)))
	require.Equal(t, []string{"pass", "fail"}, values(ask()))
	require.Equal(t, "N108", code(t, s.SetThreshold("enough", facts.NumberOf(90))), "the constraint")
	require.Equal(t, "N108", code(t, s.SetThreshold("enuf", facts.NumberOf(1))))
	require.Equal(t, "N108", code(t, s.SetThreshold("enough", facts.TextOf("x"))))
	require.True(t, s.Rollback(mark))
	a, err := s.Answer()
	require.NoError(t, err)
	require.Equal(t, []string{"pass"}, values(a))
}

func TestWhatIsKnownLaterIsUnknown(t *testing.T) {
	p := pack(t, marking+`
assumptions:
  - {field: Exam.late, value: false, cites: [], because: nobody said so}
`)
	day := int64(100)
	later := state(p, "Exam", "", map[string]facts.Value{"marks": facts.NumberOf(70)})
	later.Data[0].KnownOn = &day
	s := ready(t, p)
	for _, c := range []struct {
		asOf   int64
		origin trace.Origin
		want   int
	}{{99, trace.KnownLater, 2}, {100, trace.Given, 1}} {
		require.NoError(t, s.Load(&facts.Case{AsOf: c.asOf, Facts: []*facts.StatedFact{later}}))
		require.NoError(t, s.Run(context.Background()))
		tr, err := s.Trace()
		require.NoError(t, err)
		i, _ := tr.Find("Exam")
		require.Equal(t, c.origin, tr.Facts[i].Fields[0].Origin)
		require.Equal(t, trace.Assumed, tr.Facts[i].Fields[1].Origin)
		require.Len(t, tr.Answer.Values, c.want)
	}
}
