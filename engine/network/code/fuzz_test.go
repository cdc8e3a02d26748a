package code_test

import (
	"testing"

	"pgregory.net/rapid"
)

// FuzzCompiled holds compiled code against the reference, for expressions and worlds
// that are drawn from the fuzzer's bytes.
func FuzzCompiled(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) {
		e := drawExpression(t)
		for range 2 {
			w := drawWorld(t)
			check(t, e, w)
			checkInside(t, e, w)
		}
	}))
}
