package audit_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/explain/audit"
	"truce/explain/audit/audittest"
	"truce/explain/audit/store"
	"truce/explain/record"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

func keyPair(t testing.TB, seed byte) (note.Signer, note.Verifier, string) {
	k := audittest.NewKey(t, "test.log", seed)
	return k.Signer, k.Verifier, k.Public
}

// crossings are assessments of the ferry in winds that rise.
func crossings(t testing.TB, n int) []audit.Entry {
	p, ds := rules.LoadDir("../../testdata/packs/ferry", rules.Options{})
	require.NoError(t, ds.Err())
	session := engine.Compile(p).NewSession(engine.Options{})
	list := make([]audit.Entry, n)
	for n := range list {
		text := fmt.Sprintf("case: crossing-%d\ntitle: Does it sail?\nas_of: 2024-05-01\nfacts: {Weather: {wind: %d}, Deck: {passengers: 100}}\n", n, 1+10*n)
		c, ds := facts.ReadCase("case.yaml", []byte(text), p.Schema, facts.ReadOptions{})
		require.NoError(t, ds.Err())
		require.NoError(t, session.Load(c))
		require.NoError(t, session.Run(context.Background()))
		tr, err := session.Trace()
		require.NoError(t, err)
		r, err := record.Of(tr, record.Asked{Engine: "test", At: time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC), By: "analyst"})
		require.NoError(t, err)
		list[n] = audit.Entry{Record: r, Files: p.Files}
	}
	return list
}

// bundled is a bundle of the third of five crossings of the ferry.
func bundled(t testing.TB) *audit.Bundle {
	ctx := context.Background()
	signer, _, public := keyPair(t, 1)
	s, err := store.Create(ctx, filepath.Join(t.TempDir(), "audit.db"), signer, public)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	list := crossings(t, 5)
	_, _, err = s.Append(ctx, signer, list)
	require.NoError(t, err)
	b := &audit.Bundle{Number: 2, Files: list[2].Files, Key: public}
	b.Record, err = s.Bytes(ctx, 2)
	require.NoError(t, err)
	b.Inclusion, b.Checkpoint, err = s.Inclusion(ctx, 2)
	require.NoError(t, err)
	return b
}

func TestABundleVerifies(t *testing.T) {
	b := bundled(t)
	_, key, _ := keyPair(t, 1)
	var text, again bytes.Buffer
	require.NoError(t, b.Write(&text))
	require.NoError(t, b.Write(&again))
	require.Equal(t, text.Bytes(), again.Bytes())
	back, err := audit.ReadBundle("bundle.zip", text.Bytes())
	require.NoError(t, err)
	require.Equal(t, b, back)
	c, ds := back.Verify(key)
	require.Empty(t, ds)
	require.Equal(t, int64(5), c.Size)

	_, other, _ := keyPair(t, 7)
	_, ds = back.Verify(other)
	require.Equal(t, "V030", ds[0].Code)
	moved := *back
	moved.Number = 3
	_, ds = moved.Verify(key)
	require.Equal(t, "V035", ds[0].Code)
	changed := *back
	changed.Files = append([]rules.File{}, back.Files...)
	changed.Files[0].Text += "\n"
	_, ds = changed.Verify(key)
	require.Equal(t, "V010", ds[0].Code)
}

// A bundle with one bit turned is refused, or says the same.
func TestFlippedBundles(t *testing.T) {
	b := bundled(t)
	_, key, _ := keyPair(t, 1)
	var text bytes.Buffer
	require.NoError(t, b.Write(&text))
	found := 0
	rapid.Check(t, func(rt *rapid.T) {
		for range 10 { // a thousand bits in all
			changed := bytes.Clone(text.Bytes())
			changed[rapid.IntRange(0, len(changed)-1).Draw(rt, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(rt, "bit")
			back, err := audit.ReadBundle("bundle.zip", changed)
			if err == nil {
				var ds source.Diagnostics
				if _, ds = back.Verify(key); len(ds) == 0 {
					require.Equal(rt, b, back)
					continue
				}
			}
			found++
		}
	})
	require.Positive(t, found)
}

// A bundle of each version, as it was written then, verifies: it is never written anew.
func TestOldBundles(t *testing.T) {
	_, key, _ := keyPair(t, 1)
	for _, name := range []string{"bundle-1.zip"} {
		text, err := os.ReadFile(filepath.Join("testdata", name))
		require.NoError(t, err)
		b, err := audit.ReadBundle(name, text)
		require.NoError(t, err)
		c, ds := b.Verify(key)
		require.Empty(t, ds)
		require.Equal(t, int64(5), c.Size)
	}
}

func TestForgedBundles(t *testing.T) {
	_, key, public := keyPair(t, 1)
	_, _, other := keyPair(t, 7)
	for _, c := range []struct {
		name, code string
		forge      func(*audit.Bundle)
	}{
		{"a file that the record does not name", "V036", func(b *audit.Bundle) { b.Files = append(b.Files, rules.File{Name: "zzz.yaml", Text: "x"}) }},
		{"a file under another name", "V010", func(b *audit.Bundle) { b.Files = []rules.File{{Name: "b.yaml", Text: b.Files[0].Text}} }},
		{"the key of another", "V030", func(b *audit.Bundle) { b.Key = other }},
		{"no key at all", "V030", func(b *audit.Bundle) { b.Key = "junk" }},
		{"a record of somebody else", "V035", func(b *audit.Bundle) {
			b.Record = bytes.Replace(b.Record, []byte(`"by":"analyst"`), []byte(`"by":"captain"`), 1)
		}},
	} {
		b := bundled(t)
		c.forge(b)
		_, ds := b.Verify(key)
		require.Len(t, ds, 1, c.name)
		require.Equal(t, c.code, ds[0].Code, c.name)
	}
	b := bundled(t)
	require.Equal(t, public, b.Key)
}

func FuzzReadBundle(f *testing.F) {
	var text bytes.Buffer
	require.NoError(f, bundled(f).Write(&text))
	f.Add(text.Bytes())
	f.Add([]byte("PK"))
	f.Fuzz(func(t *testing.T, text []byte) {
		b, err := audit.ReadBundle("bundle.zip", text)
		if err != nil {
			return
		}
		var again bytes.Buffer
		if b.Write(&again) != nil {
			return // of what is no record
		}
		back, err := audit.ReadBundle("bundle.zip", again.Bytes())
		require.NoError(t, err)
		require.Equal(t, b, back)
	})
}
