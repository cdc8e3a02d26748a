package store

import (
	"context"
	"database/sql"

	"golang.org/x/mod/sumdb/tlog"

	"truce/explain/audit"
)

// state reads, all at one moment, how much the store holds: others may record while it is
// verified, and what comes later is left for the next time.
func (v *verification) state() error {
	conn, err := v.db.Conn(v.ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }() // gives it back
	if _, err := conn.ExecContext(v.ctx, `BEGIN`); err != nil {
		return err
	}
	defer func() { _, _ = conn.ExecContext(context.WithoutCancel(v.ctx), `ROLLBACK`) }() // nothing was written
	v.from = conn
	defer func() { v.from = v.db }()
	for _, step := range [...]func() error{v.schema, v.checkpoints, v.readNames, v.counts} {
		if err := step(); err != nil {
			return err
		}
	}
	v.kept, err = column[string](v.ctx, v.from, `SELECT digest FROM files ORDER BY digest`)
	return err
}

// schema compares the tables, indexes and whatever else there is with those that truce
// makes. Their columns take values of their types alone, which the check of the whole file
// has looked at.
func (v *verification) schema() error {
	const query = `SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY type, name`
	got, err := column[string](v.ctx, v.from, query)
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // it is in memory
	db.SetMaxOpenConns(1)
	for _, m := range migrations {
		if _, err := db.ExecContext(v.ctx, m); err != nil {
			return err
		}
	}
	want, err := column[string](v.ctx, db, query)
	if err != nil {
		return err
	}
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(want) || i < len(got) && got[i] != want[i]:
			v.fault(audit.ErrStored, "the file holds what truce does not make: %q", got[i])
			return nil
		case i >= len(got):
			v.fault(audit.ErrStored, "the file lacks what truce makes: %q", want[i])
			return nil
		}
	}
	return nil
}

// counts counts the records, and what belongs to none.
func (v *verification) counts() error {
	if err := v.from.QueryRowContext(v.ctx, `SELECT count(*) FROM records`).Scan(&v.out.Records); err != nil {
		return err
	}
	for _, x := range [...]struct{ what, query string }{
		{"rules or thresholds", `SELECT count(*) FROM names WHERE id NOT IN (SELECT name FROM grounds)`},
		{"packs", `SELECT count(*) FROM packs WHERE id NOT IN (SELECT pack FROM records)`},
		{"grounds", `SELECT count(*) FROM grounds WHERE record NOT IN (SELECT number FROM records)`},
		{"names of logs", `SELECT count(*) - 1 FROM log`},
	} {
		var n int
		if err := v.from.QueryRowContext(v.ctx, x.query).Scan(&n); err != nil {
			return err
		}
		if n != 0 {
			v.fault(audit.ErrStored, "the store lists %d %s that belong to no record", n, x.what)
		}
	}
	var hashes int64
	if err := v.from.QueryRowContext(v.ctx, `SELECT count(*) FROM hashes`).Scan(&hashes); err != nil {
		return err
	}
	if want := tlog.StoredHashCount(v.out.Records); hashes != want {
		v.fault(audit.ErrStored, "the store has %d hashes of a tree of %d records, which has %d", hashes, v.out.Records, want)
	}
	return nil
}
