package bench

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"strconv"

	"truce/facts"
	"truce/rules"
)

// Graph is one input of w3.
type Graph struct {
	Name     string
	Tree     bool // pairs are child and parent, and the question is same generation
	Expected int  // facts derived

	file  string // where it is not the name's own
	first int    // pairs of it that are taken; 0: all
}

// small are beginnings of the graphs below, which nested loops can do.
func small() []Graph {
	return []Graph{
		{Name: "bt5", Tree: true, Expected: 1364, file: "bt7", first: 62},
		{Name: "g300_300", Expected: 2860, file: "g300_600", first: 300},
	}
}

// Graphs are the inputs of w3, the small ones first.
func Graphs() []Graph {
	return append(small(), []Graph{
		{Name: "bt7", Tree: true, Expected: 21_844},
		{Name: "g300_600", Expected: 51_602},
		{Name: "g1000_1500", Expected: 244_568},
		{Name: "bt9", Tree: true, Expected: 349_524},
		{Name: "rt2000", Tree: true, Expected: 439_377},
		{Name: "g1000_2000", Expected: 638_641},
		{Name: "g1000_5000", Expected: 981_089},
	}...)
}

// Derived is the name of the type whose facts are derived.
func (g Graph) Derived() string {
	if g.Tree {
		return "Same"
	}
	return "Path"
}

// Pairs reads the graph.
func (g Graph) Pairs() ([][2]int64, error) {
	file, err := Files.Open("w3/" + cmp.Or(g.file, g.Name) + ".csv")
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, err
	}
	if g.first > 0 {
		rows = rows[:g.first]
	}
	pairs := make([][2]int64, len(rows))
	for i, row := range rows {
		for j := range pairs[i] {
			if pairs[i][j], err = strconv.ParseInt(row[j], 10, 64); err != nil {
				return nil, err
			}
		}
	}
	return pairs, file.Close()
}

// Load gives the pack and the pairs as a case.
func (g Graph) Load() (*rules.Pack, *facts.Case, error) {
	dir, typ := "w3/path", "Edge"
	if g.Tree {
		dir, typ = "w3/generation", "Parent"
	}
	p, err := LoadPack(dir)
	if err != nil {
		return nil, nil, err
	}
	pairs, err := g.Pairs()
	if err != nil {
		return nil, nil, err
	}
	c := &facts.Case{}
	for i, pair := range pairs {
		f, err := state(p, typ, fmt.Sprint("e", i), facts.IntegerOf(pair[0]), facts.IntegerOf(pair[1]))
		if err != nil {
			return nil, nil, err
		}
		c.Facts = append(c.Facts, f)
	}
	return p, c, nil
}
