package store

import (
	"errors"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"truce/facts/source"
)

// primary is the result code of SQLite without its details, or 0.
func primary(err error) int {
	if e := (*sqlite.Error)(nil); errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

func isNotDatabase(err error) bool { return primary(err) == lib.SQLITE_NOTADB }

// isHalfDone reports whether a journal has to be rolled back first, and may not be.
func isHalfDone(err error) bool {
	e := (*sqlite.Error)(nil)
	return errors.As(err, &e) && e.Code() == lib.SQLITE_READONLY_ROLLBACK
}

// codeOf sorts the errors of SQLite by what somebody can do about them.
func codeOf(err error) source.Code {
	switch primary(err) {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return ErrBusy
	case lib.SQLITE_FULL, lib.SQLITE_IOERR, lib.SQLITE_READONLY, lib.SQLITE_CANTOPEN, lib.SQLITE_PERM, lib.SQLITE_AUTH:
		return ErrWrite
	}
	return ErrDamaged
}
