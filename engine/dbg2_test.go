package engine_test

import (
	"fmt"
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/enginetest"
)

func TestDbg2(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := enginetest.Options{Recursive: rapid.Bool().Draw(t, "r"), Faults: rapid.Bool().Draw(t, "f")}
		g := enginetest.Pack(t, o)
		p := load(t, g.Files(g.InOrder()))
		c := enginetest.Case(t, p.Schema)
		var out [2]string
		for i := range 2 {
			s := engine.Compile(p).NewSession(engine.Options{Recompute: i == 1, Limits: engine.Limits{Facts: 400, Justifications: 4000, Work: 2_000_000}})
			_ = c
			if err := s.Run(context.Background()); err != nil {
				out[i] = err.Error()
				continue
			}
			tr, err := s.Trace()
			var b strings.Builder
			if tr != nil { tr.Write(&b) }
			out[i] = b.String() + fmt.Sprint(err)
		}
		if out[0] != out[1] {
			t.Fatalf("%s\n==== net\n%s\n==== oracle\n%s", g.Files(g.InOrder())[0].Text, out[0], out[1])
		}
	})
}
