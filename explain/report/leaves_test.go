package report

import (
	"testing"

	"github.com/stretchr/testify/require"

	"truce/explain"
)

func aggregateText(a *explain.Aggregate) string {
	s := &proofSayer{}
	s.aggregate(a, 0)
	p := &printer{}
	p.said(s.take(), 0)
	return p.out.String()
}

func TestMembersThatAreLeftOutAreCapped(t *testing.T) {
	a := &explain.Aggregate{Text: "len(F)", Type: "F"}
	for _, id := range []string{"a", "b", "c", "d", "e", "f"} {
		a.Excluded = append(a.Excluded, explain.Member{Fact: "F(" + id + ")", Selected: "false"})
	}
	require.Equal(t, "len(F): counted none; looked at and left out: F(a), F(b), F(c), F(d), F(e), F(f)\n", aggregateText(a))
	a.Excluded = append(a.Excluded, explain.Member{Fact: "F(g)"}, explain.Member{Fact: "F(h)"})
	require.Equal(t, "len(F): counted none; looked at and left out: F(a), F(b), F(c), F(d), F(e), F(f), and 2 more\n", aggregateText(a))
	require.Len(t, a.Excluded, 8)
}

func TestMembersOfOneKey(t *testing.T) {
	a := &explain.Aggregate{Text: "len(F)", Type: "F", Counted: []explain.Member{
		{Fact: "F(p)[1]", Selected: "true", Rivals: []string{"F(p)[2]"}},
		{Fact: "F(p)[2]", Selected: "true", Rivals: []string{"F(p)[1]"}},
		{Fact: "F(q)[1]", Selected: "true"},
		{Fact: "F(q)[2]", Selected: "true", RuledOutBy: "F(q)[1]"},
	}}
	require.Equal(t, "len(F): counted: F(q)[1], at most one of F(p)[1], F(p)[2]; "+
		"looked at and left out: F(q)[2] (ruled out by F(q)[1])\n", aggregateText(a))
}
