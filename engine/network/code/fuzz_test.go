package code_test

import (
	"testing"

	"pgregory.net/rapid"

	"truce/rules/condition"
)

// FuzzCompiled holds compiled code against the reference, for expressions that the
// fuzzer writes, in worlds that are drawn from a seed.
func FuzzCompiled(f *testing.F) {
	for i, text := range hot {
		f.Add(text, uint16(i))
	}
	scope, worlds := scope(), rapid.Custom(drawWorld)
	f.Fuzz(func(t *testing.T, text string, seed uint16) {
		e, ds := condition.Parse(condition.Source{Text: text}, scope)
		if ds.HasErrors() {
			return
		}
		for i := range 4 {
			w := worlds.Example(int(seed)<<2 + i)
			check(t, e, w)
			checkInside(t, e, w)
		}
	})
}
