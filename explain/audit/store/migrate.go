package store

import (
	"context"
	"database/sql"
	"fmt"
)

// migrations bring the tables from one version to the next. A version that was shipped
// never changes.
var migrations = [...]string{`
CREATE TABLE log (origin TEXT NOT NULL, key TEXT NOT NULL) STRICT;
CREATE TABLE hashes (position INTEGER PRIMARY KEY, hash BLOB NOT NULL) STRICT;
CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE files (digest TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT;
CREATE TABLE packs (
	id INTEGER PRIMARY KEY, digest TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL,
	UNIQUE (digest, name, version)
) STRICT;
CREATE TABLE records (
	number INTEGER PRIMARY KEY, body BLOB NOT NULL, case_id TEXT NOT NULL, case_digest TEXT NOT NULL,
	as_of TEXT NOT NULL, answer TEXT NOT NULL, settled INTEGER NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL,
	pack INTEGER NOT NULL REFERENCES packs
) STRICT;
CREATE INDEX records_case ON records (case_id);
CREATE INDEX records_at ON records (at);
CREATE INDEX records_answer ON records (answer);
CREATE INDEX records_by ON records (by);
CREATE INDEX records_pack ON records (pack);
CREATE TABLE names (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (kind, name)) STRICT;
CREATE TABLE grounds (record INTEGER NOT NULL REFERENCES records, name INTEGER NOT NULL REFERENCES names, PRIMARY KEY (record, name)) WITHOUT ROWID, STRICT;
CREATE INDEX grounds_name ON grounds (name);
`}

// migrate brings the tables from a version to the present one.
func migrate(ctx context.Context, tx *sql.Tx, from int) error {
	for _, m := range migrations[from:] {
		if _, err := tx.ExecContext(ctx, m); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, fmt.Sprintf(`PRAGMA application_id = %d; PRAGMA user_version = %d`, application, len(migrations)))
	return err
}
