package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"truce/engine"
	"truce/explain/audit"
	"truce/explain/audit/audittest"
	"truce/explain/audit/store"
	"truce/explain/record"
	"truce/facts"
	"truce/rules"
)

// keyPair makes a key for a log; each seed another.
func keyPair(t require.TestingT, seed byte) (signer note.Signer, verifier note.Verifier, public string) {
	k := audittest.NewKey(t, "test.log", seed)
	return k.Signer, k.Verifier, k.Public
}

var at = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

// ferry is the small pack of testdata.
func ferry(t testing.TB) *rules.Pack {
	p, ds := rules.LoadDir("../../../testdata/packs/ferry", rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

// entries are assessments of the ferry in winds that rise from a number on.
func entries(t testing.TB, p *rules.Pack, from, n int) []audit.Entry {
	s := engine.Compile(p).NewSession(engine.Options{})
	list := make([]audit.Entry, n)
	for i := range list {
		text := fmt.Sprintf("case: crossing-%d\ntitle: Does it sail?\nas_of: 2024-05-01\nfacts: {Weather: {wind: %d}, Deck: {passengers: 100}}\n", from+i, 1+(from+i)%60)
		c, ds := facts.ReadCase("case.yaml", []byte(text), p.Schema, facts.ReadOptions{})
		require.NoError(t, ds.Err())
		require.NoError(t, s.Load(c))
		require.NoError(t, s.Run(context.Background()))
		tr, err := s.Trace()
		require.NoError(t, err)
		r, err := record.Of(tr, record.Asked{Engine: "test", At: at.Add(time.Duration(from+i) * time.Second), By: "analyst"})
		require.NoError(t, err)
		list[i] = audit.Entry{Record: r, Files: p.Files}
	}
	return list
}

// fresh is a new store with some records, which are appended in groups of three.
func fresh(t testing.TB, n int) (path string, signer note.Signer, verifier note.Verifier) {
	path = filepath.Join(t.TempDir(), "audit.db")
	signer, verifier, public := keyPair(t, 1)
	s, err := store.Create(context.Background(), path, signer, public)
	require.NoError(t, err)
	p := ferry(t)
	for from := 0; from < n; from += 3 {
		_, _, err := s.Append(context.Background(), signer, entries(t, p, from, min(3, n-from)))
		require.NoError(t, err)
	}
	require.NoError(t, s.Close())
	return path, signer, verifier
}

func open(t testing.TB, path string, o store.Options) *store.Store {
	s, err := store.Open(context.Background(), path, o)
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// verify verifies a store that is opened to be read.
func verify(t testing.TB, path string, key note.Verifier, kept ...string) *audit.Verification {
	s := open(t, path, store.Options{ReadOnly: true})
	v, err := s.Verify(context.Background(), audit.VerifyOptions{Key: key, Kept: kept})
	require.NoError(t, err)
	require.NoError(t, s.Close())
	return v
}

func TestAppendAndVerify(t *testing.T) {
	path, signer, key := fresh(t, 10)
	v := verify(t, path, key)
	require.Empty(t, v.Found)
	require.Equal(t, int64(10), v.Records)
	require.Equal(t, int64(10), v.Checkpoint.Size)

	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	others, err := filepath.Glob(path + "*")
	require.NoError(t, err)
	require.Equal(t, []string{path}, others, "a store is one file whenever nobody writes")

	s := open(t, path, store.Options{})
	want := entries(t, ferry(t), 10, 1)
	receipts, text, err := s.Append(context.Background(), signer, want)
	require.NoError(t, err)
	require.Equal(t, int64(10), receipts[0].Number)
	c, err := audit.OpenCheckpoint(text, key)
	require.NoError(t, err)
	require.Equal(t, int64(11), c.Size)

	got, err := s.Bytes(context.Background(), 10)
	require.NoError(t, err)
	bytes, err := want[0].Record.Bytes()
	require.NoError(t, err)
	require.Equal(t, string(bytes), string(got))
	proof, text, err := s.Inclusion(context.Background(), 10)
	require.NoError(t, err)
	c, err = audit.OpenCheckpoint(text, key)
	require.NoError(t, err)
	require.NoError(t, tlog.CheckRecord(proof, c.Size, c.Root, 10, tlog.RecordHash(got)))
	grown, _, err := s.Consistency(context.Background(), 4)
	require.NoError(t, err)
	require.NotEmpty(t, grown)

	files, err := s.Files(context.Background(), want[0].Record)
	require.NoError(t, err)
	require.Equal(t, ferry(t).Files, files)
}

func TestFind(t *testing.T) {
	path, _, _ := fresh(t, 60)
	s := open(t, path, store.Options{ReadOnly: true})
	find := func(q audit.Query) int {
		q.After = -1
		list, err := s.Find(context.Background(), q)
		require.NoError(t, err)
		return len(list)
	}
	all := find(audit.Query{})
	require.Equal(t, 60, all)
	require.Equal(t, 1, find(audit.Query{Case: "crossing-7"}))
	threshold := ferry(t).Thresholds[0].Name
	answers, rule, reads := map[string]int{}, 0, 0
	for n := range 60 {
		r, err := audit.Read(context.Background(), s, int64(n))
		require.NoError(t, err)
		for _, v := range r.Run.Answer.Values {
			answers[v.Value]++
		}
		if slices.Contains(r.Grounds.Rules, "verdict/storm") {
			rule++
		}
		if slices.Contains(r.Grounds.Thresholds, threshold) {
			reads++
		}
	}
	require.Len(t, answers, 2)
	for name, n := range answers {
		require.Equal(t, n, find(audit.Query{Answer: name}))
	}
	require.Positive(t, rule)
	require.Equal(t, rule, find(audit.Query{Rule: "verdict/storm"}))
	require.Positive(t, reads)
	require.Equal(t, reads, find(audit.Query{Threshold: threshold}))
	require.Equal(t, all, find(audit.Query{By: "analyst", Pack: "ferry"}))
	require.Zero(t, find(audit.Query{By: "nobody"}))
	require.Equal(t, 10, find(audit.Query{From: "2026-01-31T12:00:50Z"}))
	require.Equal(t, 51, find(audit.Query{To: "2026-01-31T12:00:50Z"}))
	require.Equal(t, all, find(audit.Query{From: "2026-01-31", To: "2026-01-31"}))
	require.Equal(t, 5, find(audit.Query{Limit: 5}))
}

// Every way in which somebody with the file, and without the key, can change what the
// store holds.
func TestTamperingIsFound(t *testing.T) {
	for _, c := range []struct{ name, change, code string }{
		{"another answer", `UPDATE records SET answer = 'stay' WHERE number = 4`, "V034"},
		{"another person", `UPDATE records SET by = 'someone' WHERE number = 4`, "V034"},
		{"another date", `UPDATE records SET at = '2020-01-01T00:00:00Z' WHERE number = 0`, "V034"},
		{"two bodies swapped", `UPDATE records SET body = (SELECT body FROM records r WHERE r.number = 9 - records.number) WHERE number IN (4, 5)`, "V031"},
		{"a body of another", `UPDATE records SET body = (SELECT body FROM records WHERE number = 1) WHERE number = 4`, "V031"},
		{"a body gone", `UPDATE records SET body = x'' WHERE number = 4`, "V031"},
		{"a hash", `UPDATE hashes SET hash = zeroblob(32) WHERE position = 1`, "V031"},
		{"an inner hash", `UPDATE hashes SET hash = zeroblob(32) WHERE position = 2`, "V034"},
		{"a hash too many", `INSERT INTO hashes VALUES (100, zeroblob(32))`, "V034"},
		{"the last record taken out", `DELETE FROM grounds WHERE record = 9; DELETE FROM records WHERE number = 9`, "V032"},
		{"a record taken out", `DELETE FROM grounds WHERE record = 4; DELETE FROM records WHERE number = 4`, "V046"},
		{"a ground taken out", `DELETE FROM grounds WHERE record = 4 AND name = (SELECT min(name) FROM grounds WHERE record = 4)`, "V034"},
		{"a name", `UPDATE names SET name = 'other' WHERE id = 1`, "V034"},
		{"a checkpoint", `UPDATE checkpoints SET text = replace(text, 'test.log', 'rest.log') WHERE size = 3`, "V030"},
		{"a checkpoint elsewhere", `UPDATE checkpoints SET size = 4 WHERE size = 3`, "V034"},
		{"the last checkpoint taken out", `DELETE FROM checkpoints WHERE size = 10`, "V032"},
		{"a file of a pack", `UPDATE files SET content = (SELECT body FROM records WHERE number = 1)`, "V034"},
		{"a file of a pack taken out", `DELETE FROM files`, "V034"},
		{"the name of a pack", `UPDATE packs SET version = '9.9.9'`, "V034"},
		{"the key", `UPDATE log SET origin = 'other'`, "V044"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, _, key := fresh(t, 10)
			tamper(t, path, c.change)
			v := verify(t, path, key)
			var codes []string
			for _, d := range v.Found {
				codes = append(codes, d.Code)
			}
			require.Contains(t, codes, c.code, "%v", v.Found)
		})
	}
}

// tamper changes a store behind its back.
func tamper(t testing.TB, path string, changes ...string) {
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	for _, change := range changes {
		_, err = db.ExecContext(context.Background(), change)
		require.NoError(t, err)
	}
	require.NoError(t, db.Close())
}

// Whoever has the key can make a log anew; a checkpoint that somebody kept shows it.
func TestAKeptCheckpointShowsAForkAndACutTail(t *testing.T) {
	path, signer, key := fresh(t, 10)
	s := open(t, path, store.Options{})
	kept, err := s.Checkpoint(context.Background())
	require.NoError(t, err)
	require.Empty(t, verify(t, path, key, kept).Found)

	other := filepath.Join(t.TempDir(), "audit.db")
	_, _, public := keyPair(t, 1)
	forked, err := store.Create(context.Background(), other, signer, public)
	require.NoError(t, err)
	_, _, err = forked.Append(context.Background(), signer, entries(t, ferry(t), 100, 12))
	require.NoError(t, err)
	require.NoError(t, forked.Close())
	require.Empty(t, verify(t, other, key).Found)
	v := verify(t, other, key, kept)
	require.Len(t, v.Found, 1)
	require.Equal(t, "V033", v.Found[0].Code)

	short, _, _ := fresh(t, 8)
	v = verify(t, short, key, kept)
	require.Len(t, v.Found, 1)
	require.Equal(t, "V033", v.Found[0].Code)
	require.Contains(t, v.Found[0].Message, "the log has 8 records, and a signed checkpoint says 10")
}

func TestKeys(t *testing.T) {
	path, _, _ := fresh(t, 3)
	other, verifier, public := keyPair(t, 9)
	s := open(t, path, store.Options{})
	_, _, err := s.Append(context.Background(), other, entries(t, ferry(t), 3, 1))
	require.ErrorContains(t, err, "V044")
	_, _, err = s.Append(context.Background(), nil, entries(t, ferry(t), 3, 1))
	require.ErrorContains(t, err, "V044")
	v := verify(t, path, verifier)
	require.NotEmpty(t, v.Found)
	require.Equal(t, "V030", v.Found[0].Code)
	signer, _, _ := keyPair(t, 1)
	_, err = store.Create(context.Background(), filepath.Join(t.TempDir(), "x.db"), signer, public)
	require.ErrorContains(t, err, "V044")
}

func TestWhatIsNoStore(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	text := filepath.Join(dir, "notes.txt")
	require.NoError(t, os.WriteFile(text, []byte("notes that are long enough to be looked at as a database, which they are not, line by line\n"), 0o600))
	db, err := sql.Open("sqlite", filepath.Join(dir, "other.db"))
	require.NoError(t, err)
	_, err = db.Exec(`CREATE TABLE t (x)`)
	require.NoError(t, err)
	require.NoError(t, db.Close())
	for _, path := range []string{text, filepath.Join(dir, "other.db"), filepath.Join(dir, "none.db"), dir} {
		_, err := store.Open(ctx, path, store.Options{})
		require.ErrorContains(t, err, "V040", path)
	}
	path, _, _ := fresh(t, 1)
	signer, _, public := keyPair(t, 1)
	_, err = store.Create(ctx, path, signer, public)
	require.ErrorContains(t, err, "V041")

	db, err = sql.Open("sqlite", path)
	require.NoError(t, err)
	_, err = db.Exec(`PRAGMA user_version = 99`)
	require.NoError(t, err)
	require.NoError(t, db.Close())
	_, err = store.Open(ctx, path, store.Options{})
	require.ErrorContains(t, err, "V045")
}

// A clock that jumps back changes nothing but the times: records stand in the order of
// recording, and each is found by the time that it has.
func TestAClockThatJumpsBack(t *testing.T) {
	path, signer, key := fresh(t, 0)
	s := open(t, path, store.Options{})
	p := ferry(t)
	for _, from := range []int{3600, 0, 7200} { // seconds
		_, _, err := s.Append(context.Background(), signer, entries(t, p, from, 2))
		require.NoError(t, err)
	}
	v := verify(t, path, key)
	require.Empty(t, v.Found)
	require.Equal(t, int64(6), v.Checkpoint.Size)
	list, err := s.Find(context.Background(), audit.Query{After: -1, To: "2026-01-31T12:59"})
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.Equal(t, []int64{2, 3}, []int64{list[0].Number, list[1].Number})
}
