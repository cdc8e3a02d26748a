package packtest

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/rules"
)

// A failure of a row names the row and points at it, also where all rows share what was
// expected.
func TestFailuresOfRows(t *testing.T) {
	p := ferry(t, "report:\n  answer:", `  - test: wind
    as_of: 2024-05-01
    facts: {Deck: {passengers: 100}}
    complete: [Warning]
    expect: {holds: ['any(Crowding, .each == 2)']}
    rows:
      - {row: calm, facts: {Weather: {wind: 10}}, expect: {answer: sail}}
      - {row: rough, facts: {Weather: {wind: 50}}, expect: {answer: sail, cannot_hold: ['any(Crowding, .each > 1)']}}
      - {row: storm, facts: {Weather: {wind: 50}}, expect: {answer: stay, fires: [report/wind, verdict/warned], not_fires: [verdict/storm]}}

report:
  answer:`)
	require.Equal(t, []string{"calm", "storm", "wind/calm", "wind/rough", "wind/storm"}, namesOf(p.Tests))
	ds := failures(t, p)
	var got []string
	for _, d := range ds {
		require.Equal(t, "pack.yaml", d.Span.File)
		got = append(got, d.Code+" "+lineOf(t, p, d.Span.Start.Line)+": "+firstLine(d.Message))
	}
	require.Equal(t, []string{
		"T002 row: calm: test wind/calm: any(Crowding, .each == 2) is false",
		"T001 row: rough: test wind/rough: the answer is stay",
		"T004 row: rough: test wind/rough: any(Crowding, .each > 1) is true",
		"T007 row: storm: test wind/storm: rule verdict/warned cannot hold",
		"T008 row: storm: test wind/storm: rule verdict/storm holds",
	}, got)
	require.Equal(t, "its test expects it here", ds[0].Related[0].Message)
}

func TestRulesThatFire(t *testing.T) {
	require.Empty(t, failures(t, ferry(t,
		"expect: {answer: sail, proof: [verdict/fair], not_proof: [verdict/storm]}",
		"expect: {fires: [crowding, verdict/fair, report/wind], not_fires: [verdict/storm, verdict/warned]}")))
	ds := failures(t, ferry(t, "Weather: {wind: 10}", "Weather: {wind: {low: 30, high: 50}}",
		"expect: {answer: sail, proof: [verdict/fair], not_proof: [verdict/storm]}", "expect: {fires: [verdict/storm], not_fires: [verdict/storm]}"))
	require.Len(t, ds, 2, "what can hold neither fires nor does not")
	require.Equal(t, "test calm: rule verdict/storm can hold", ds[0].Message)
	require.Equal(t, "test calm: rule verdict/storm can hold", ds[1].Message)
}

// lineOf is the part of a line of the pack that names a row.
func lineOf(t *testing.T, p *rules.Pack, line int) string {
	t.Helper()
	text := strings.Split(p.Files[0].Text, "\n")[line-1]
	name, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(text), "- {"), ",")
	return name
}

func firstLine(s string) string {
	first, _, _ := strings.Cut(s, "\n")
	return first
}

func namesOf(tests []*rules.Test) []string {
	var names []string
	for _, t := range tests {
		names = append(names, t.Name)
	}
	return names
}

// BenchmarkTests runs the suite of the shipped pack.
func BenchmarkTests(b *testing.B) {
	p := shipped(b)
	tests := newTester(p, compile(p)())
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		for _, test := range p.Tests {
			ds, err := tests.run(context.Background(), test)
			require.NoError(b, err)
			require.Empty(b, ds)
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "tests/s")
}

// BenchmarkCover counts what the suite of the shipped pack covers.
func BenchmarkCover(b *testing.B) {
	p := shipped(b)
	b.ReportAllocs()
	for b.Loop() {
		_, err := Cover(context.Background(), p, p.Tests, compile)
		require.NoError(b, err)
	}
}

// BenchmarkMutants makes, compiles and tries mutants of the shipped pack, one after the
// other.
func BenchmarkMutants(b *testing.B) {
	p := shipped(b)
	ctx := context.Background()
	reach, err := reachOf(ctx, p, p.Tests, compile)
	require.NoError(b, err)
	l := &laboratory{pack: p, tests: p.Tests, compile: compile, reach: reach}
	mutants := sample(Mutants(p), 50)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		_, err := l.try(ctx, mutants[n%len(mutants)])
		require.NoError(b, err)
		n++
	}
}

func shipped(b *testing.B) *rules.Pack {
	b.Helper()
	p, ds := rules.LoadFS(os.DirFS("../../rules/iran"), rules.Options{})
	require.NoError(b, ds.Err())
	return p
}
