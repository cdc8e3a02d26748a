package audit_test

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"truce/explain/audit"
	"truce/explain/audit/store"
)

// grownLog is how a log of eleven records grew out of each shorter one, by its size.
func grownLog(t testing.TB) []*audit.Growth {
	ctx := context.Background()
	signer, _, public := keyPair(t, 1)
	s, err := store.Create(ctx, filepath.Join(t.TempDir(), "audit.db"), signer, public)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	entry := crossings(t, 1)
	var kept []string
	for range 12 {
		text, err := s.Checkpoint(ctx)
		require.NoError(t, err)
		kept = append(kept, text)
		_, _, err = s.Append(ctx, signer, entry)
		require.NoError(t, err)
	}
	var list []*audit.Growth
	for _, text := range kept {
		g, err := audit.GrowthSince(ctx, s, text)
		require.NoError(t, err)
		list = append(list, g)
	}
	return list
}

func TestGrowth(t *testing.T) {
	_, key, _ := keyPair(t, 1)
	_, other, _ := keyPair(t, 7)
	list := grownLog(t)
	for size, g := range list {
		text, err := g.Bytes()
		require.NoError(t, err)
		back, err := audit.ReadGrowth("growth.json", text)
		require.NoError(t, err)
		require.Equal(t, g, back)
		kept, now, ds := back.Verify(key)
		require.Empty(t, ds)
		require.Equal(t, int64(size), kept.Size)
		require.Equal(t, int64(12), now.Size)
		_, _, ds = back.Verify(other)
		require.Equal(t, "V030", ds[0].Code)
		if size == 0 {
			continue
		}
		for i := range back.Consistency { // with any hash changed
			changed := *back
			changed.Consistency = append(tlog.TreeProof{}, back.Consistency...)
			changed.Consistency[i][3] ^= 1
			_, _, ds = changed.Verify(key)
			require.Equal(t, "V033", ds[0].Code)
		}
		moved := *back
		moved.Kept = list[size%11+1].Kept // of another size
		if moved.Kept != back.Kept {
			_, _, ds = moved.Verify(key)
			require.Equal(t, "V033", ds[0].Code)
		}
		turned := *back
		turned.Kept, turned.Now = back.Now, back.Kept
		_, _, ds = turned.Verify(key)
		require.Equal(t, "V033", ds[0].Code)
	}
}

func FuzzReadGrowth(f *testing.F) {
	for _, g := range grownLog(f) {
		text, err := g.Bytes()
		require.NoError(f, err)
		f.Add(text)
	}
	_, key, _ := keyPair(f, 1)
	f.Fuzz(func(t *testing.T, text []byte) {
		g, err := audit.ReadGrowth("growth.json", text)
		if err != nil {
			return
		}
		back, err := g.Bytes()
		require.NoError(t, err)
		require.True(t, bytes.Equal(text, back))
		_, _, _ = g.Verify(key) // whatever it says
	})
}
