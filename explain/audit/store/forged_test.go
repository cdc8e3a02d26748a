package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"truce/explain/audit"
	"truce/explain/audit/store"
	"truce/explain/record"
	"truce/facts/source"
)

// Somebody without the key who rewrites records and hashes cannot have the owner sign
// them with the next record.
func TestNothingIsSignedOnTopOfAForgery(t *testing.T) {
	path, signer, _ := fresh(t, 6)
	tamper(t, path, `DELETE FROM grounds WHERE record = 5`, `DELETE FROM records WHERE number = 5`,
		`DELETE FROM checkpoints WHERE size = 6`, `DELETE FROM hashes WHERE position >= 8`)
	s := open(t, path, store.Options{})
	_, _, err := s.Append(context.Background(), signer, entries(t, ferry(t), 6, 1))
	require.ErrorContains(t, err, "V032")

	path, signer, _ = fresh(t, 6)
	tamper(t, path, fmt.Sprintf(`UPDATE hashes SET hash = zeroblob(32) WHERE position = %d`, tlog.StoredHashIndex(2, 0)))
	s = open(t, path, store.Options{})
	_, _, err = s.Append(context.Background(), signer, entries(t, ferry(t), 6, 1))
	require.ErrorContains(t, err, "V032")

	path, signer, _ = fresh(t, 6)
	tamper(t, path, `INSERT INTO checkpoints (size, text) VALUES (7, 'x')`)
	s = open(t, path, store.Options{})
	_, _, err = s.Append(context.Background(), signer, entries(t, ferry(t), 6, 1))
	require.ErrorContains(t, err, "V030")
}

// What is beside the records is found too: tables, triggers, names and types of values.
func TestWhatBelongsToNoRecordIsFound(t *testing.T) {
	for _, change := range []string{
		`CREATE TABLE more (x TEXT)`,
		`CREATE TRIGGER t AFTER INSERT ON records BEGIN DELETE FROM grounds; END`,
		`DROP INDEX records_by`,
		`INSERT INTO names (kind, name) VALUES ('rule', 'none')`,
		`INSERT INTO packs (digest, name, version) VALUES ('d', 'n', 'v')`,
		`INSERT INTO grounds (record, name) VALUES (99, 1)`,
		`INSERT INTO log (origin, key) VALUES ('other', 'k')`,
		`INSERT INTO hashes (position, hash) VALUES (99, zeroblob(32))`,
		`INSERT INTO files (digest, content) VALUES ('d', x'00')`,
	} {
		path, _, key := fresh(t, 4)
		tamper(t, path, change)
		require.NotEmpty(t, verify(t, path, key).Found, change)
	}
	path, _, _ := fresh(t, 4)
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	_, err = db.ExecContext(context.Background(), `UPDATE records SET case_id = CAST(case_id AS BLOB)`)
	require.ErrorContains(t, err, "cannot store BLOB value in TEXT column")
	require.NoError(t, db.Close())
}

// Others record while a store is verified: nothing is found for that.
func TestVerifyWhileOthersRecord(t *testing.T) {
	path, signer, key := fresh(t, 3)
	p := ferry(t)
	done, failed := make(chan struct{}), make(chan error, 1)
	go func() {
		defer close(failed)
		s, err := store.Open(context.Background(), path, store.Options{Wait: time.Minute})
		for n := 0; err == nil; n++ {
			select {
			case <-done:
				failed <- s.Close()
				return
			default:
			}
			_, _, err = s.Append(context.Background(), signer, entries(t, p, 10+n, 2))
		}
		failed <- err
	}()
	last := int64(0)
	for range 20 {
		v := verify(t, path, key)
		require.Empty(t, v.Found)
		require.GreaterOrEqual(t, v.Records, last)
		require.Equal(t, v.Records, v.Checkpoint.Size)
		last = v.Records
	}
	close(done)
	require.NoError(t, <-failed)
	require.Greater(t, last, int64(3))
}

// Warnings never keep an error from being told.
func TestManyWarnings(t *testing.T) {
	path, _, key := fresh(t, 6)
	tamper(t, path, `UPDATE records SET by = 'nobody' WHERE number = 5`)
	s := open(t, path, store.Options{ReadOnly: true})
	v, err := s.Verify(context.Background(), audit.VerifyOptions{Key: key, Check: func(*record.Head, []byte) (ds source.Diagnostics) {
		for range 60 {
			ds = append(ds, audit.ErrProof.At(source.Span{}, "a warning").Warn())
		}
		return ds
	}})
	require.NoError(t, err)
	require.ErrorContains(t, v.Found, "record 5 is listed with the name of who asked nobody")
	require.Contains(t, v.Found[len(v.Found)-1].Message, "260 more warnings")
}
