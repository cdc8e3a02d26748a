package store

import (
	"bytes"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"truce/explain/audit"
)

// checkpoints reads the signed checkpoints.
func (v *verification) checkpoints() error {
	rows, err := v.from.QueryContext(v.ctx, `SELECT size, text FROM checkpoints ORDER BY size`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var size int64
		var text string
		if err := rows.Scan(&size, &text); err != nil {
			return err
		}
		c, err := audit.OpenCheckpoint(text, v.options.Key)
		switch {
		case err != nil:
			v.fault(audit.ErrSignature, "the checkpoint of %d records: %v", size, err)
		case c.Size != size:
			v.fault(audit.ErrStored, "the checkpoint of %d records stands where that of %d should", c.Size, size)
		default:
			v.signed = append(v.signed, c)
		}
	}
	if n := len(v.signed); n > 0 {
		v.out.Checkpoint = v.signed[n-1]
	} else {
		v.fault(audit.ErrSignature, "the store has no checkpoint that is signed with the key of %s", v.options.Key.Name())
	}
	var origin, key string
	if err := v.from.QueryRowContext(v.ctx, `SELECT origin, key FROM log`).Scan(&origin, &key); err != nil {
		return err
	}
	if k, err := note.NewVerifier(key); err != nil || origin != k.Name() || !audit.SameKey(k, v.options.Key) {
		v.fault(ErrKey, "the store names another key than the one that is trusted")
	}
	return rows.Err()
}

// tree computes the hashes of the tree from those of the records, and compares them
// with the ones that are stored.
func (v *verification) tree() error {
	for n, leaf := range v.leaves {
		added, err := tlog.StoredHashesForRecordHash(int64(n), leaf, v)
		if err != nil {
			return err
		}
		v.hashes = append(v.hashes, added...)
	}
	kept, err := column[[]byte](v.ctx, v.from, `SELECT hash FROM hashes WHERE position < ? ORDER BY position`, tlog.StoredHashCount(v.out.Records))
	if err != nil {
		return err
	}
	for n, leaf := range v.leaves {
		if p := tlog.StoredHashIndex(0, int64(n)); p >= int64(len(kept)) || !bytes.Equal(kept[p], leaf[:]) {
			v.fault(audit.ErrTampered, "record %d has the hash %s, and another in the log", n, leaf)
		}
	}
	if !slices.EqualFunc(kept, v.hashes, func(a []byte, b tlog.Hash) bool { return bytes.Equal(a, b[:]) }) {
		v.fault(audit.ErrStored, "the hashes that the store keeps of the tree are not those of its records")
	}
	return nil
}

// ReadHashes reads hashes of the tree as they were computed.
func (v *verification) ReadHashes(positions []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(positions))
	for i, p := range positions {
		if p >= int64(len(v.hashes)) {
			return nil, fmt.Errorf("the log has no hash %d", p)
		}
		list[i] = v.hashes[p]
	}
	return list, nil
}

// roots compares the tree with every checkpoint.
func (v *verification) roots() error {
	last := int64(0)
	for _, c := range v.signed {
		if bad := v.grown(c); bad != "" {
			v.fault(audit.ErrRoot, "%s; it begins after record %d", bad, last-1)
			return nil
		}
		last = c.Size
	}
	if last != v.out.Records {
		v.fault(audit.ErrRoot, "there are %d records, and %d of them are signed", v.out.Records, last)
	}
	return nil
}

// grown says why the log does not continue from a checkpoint, or nothing.
func (v *verification) grown(c audit.Checkpoint) string {
	if c.Size > v.out.Records {
		return fmt.Sprintf("the log has %d records, and a signed checkpoint says %d", v.out.Records, c.Size)
	}
	root, err := rootOf(c.Size, v)
	if err != nil {
		return err.Error()
	}
	if root != c.Root {
		return fmt.Sprintf("the first %d records have the root %s, and a signed checkpoint says %s", c.Size, root, c.Root)
	}
	return ""
}

// elsewhere compares the tree with what somebody kept elsewhere.
func (v *verification) elsewhere() error {
	for _, text := range v.options.Kept {
		c, err := audit.OpenCheckpoint(text, v.options.Key)
		if err != nil {
			v.fault(audit.ErrSignature, "a checkpoint that was kept elsewhere: %v", err)
			continue
		}
		if bad := v.grown(c); bad != "" {
			v.fault(audit.ErrFork, "%s, which was kept elsewhere", bad)
		}
	}
	return nil
}
