package engine_test

import (
	"testing"

	"pgregory.net/rapid"

	"truce/engine/enginetest"
)

// FuzzSequence drives the network through drawn changes over drawn packs, and compares
// it after every run with the oracle, stated afresh, and with what it should remember.
func FuzzSequence(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) {
		o := enginetest.Options{Recursive: rapid.Bool().Draw(t, "recursive"), Faults: rapid.Bool().Draw(t, "faults")}
		g := enginetest.Pack(t, o)
		p := load(t, g.Files(g.InOrder()))
		enginetest.Sequence(t, p, 20, sessions(p, rapid.IntRange(0, 3).Draw(t, "check") > 0))
	}))
}
