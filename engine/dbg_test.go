package engine_test

import (
	"context"
	"strings"
	"testing"
	"os"

	"github.com/stretchr/testify/require"

	"truce/engine"
)

func TestDbg(t *testing.T) {
	p, c := shipped(t)
	var out [2]string
	for i := range 2 {
		s := engine.Compile(p).NewSession(engine.Options{Recompute: i == 1})
		_ = c
		require.NoError(t, s.Run(context.Background()))
		tr, err := s.Trace()
		require.NoError(t, err)
		var b strings.Builder
		tr.Write(&b)
		out[i] = b.String()
	}
	os.WriteFile("/tmp/net.txt", []byte(out[0]), 0o644)
	os.WriteFile("/tmp/ora.txt", []byte(out[1]), 0o644)
}
