// Package bench is the work that speed is measured on: four programs with their
// inputs and the answers that must come out, and generated packs that grow along
// one axis.
//
// What flows in: the files beside it, embedded. What flows out: packs, cases and
// facts ready to be stated, expected answers, and the part of the work that is
// timed, from typed values in a session to the answer read. It never measures and
// never compares: tests of the engine and the comparison with other engines
// (testdata/peers) do, on the same inputs.
//
//	w1  assess: 37 thresholds over one record, sums by group, one recommendation
//	w2  many rules: N rules `f >= c` over one record of 50 numbers
//	w3  joins that feed themselves: reachability, and same generation over a tree
//	w4  one change among 100,000 facts: alarms, and regions that are quiet
package bench

import (
	"embed"
	"fmt"
	"io/fs"

	"truce/facts"
	"truce/rules"
)

// Files are the inputs and the expected answers, in the folders w1, w2 and w3. The
// facts of w4 are generated.
//
//go:embed w1 w2 w3 w4
var Files embed.FS

// LoadPack loads the pack in a folder of Files.
func LoadPack(dir string) (*rules.Pack, error) {
	sub, err := fs.Sub(Files, dir)
	if err != nil {
		return nil, err
	}
	p, ds := rules.LoadFS(sub, rules.Options{})
	return p, ds.Err()
}

// parse loads a pack from the text of its one file.
func parse(text string) (*rules.Pack, error) {
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: text}}, rules.Options{})
	return p, ds.Err()
}

// state makes a stated fact of the values of its fields, in pack order. The id is
// "" for a type of which there is one.
func state(p *rules.Pack, typ, id string, values ...facts.Value) (*facts.StatedFact, error) {
	t := p.Schema.Type(typ)
	if t == nil || len(values) != len(t.Fields) {
		return nil, fmt.Errorf("%s of the pack %s has not %d fields", typ, p.Name, len(values))
	}
	f := &facts.StatedFact{Type: t, ID: id, Data: make([]facts.Datum, len(values))}
	for i, v := range values {
		f.Data[i] = facts.Datum{Value: v, Given: true}
	}
	return f, nil
}

// finished is the last part of each generated pack: a goal that is always reached.
const finished = `
  Done:
    concluded: true
    key: []
    fields: {value: {type: enum, values: [done]}}
rules:
  - rule: done
    when: []
    then: [{conclude: Done, with: {value: done}}]
`
