package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/mod/sumdb/tlog"
)

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// reader reads hashes of the tree.
type reader struct {
	ctx  context.Context
	from querier
}

// ReadHashes reads the hashes at some positions.
func (r reader) ReadHashes(positions []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(positions))
	for i, p := range positions {
		var h []byte
		if err := r.from.QueryRowContext(r.ctx, `SELECT hash FROM hashes WHERE position = ?`, p).Scan(&h); err != nil {
			return nil, fmt.Errorf("hash %d of the log: %w", p, err)
		}
		if copy(list[i][:], h) != tlog.HashSize || len(h) != tlog.HashSize {
			return nil, fmt.Errorf("hash %d of the log has %d bytes", p, len(h))
		}
	}
	return list, nil
}

// rootOf is the root of the tree of so many records; of none, that of RFC 6962.
func rootOf(size int64, r tlog.HashReader) (tlog.Hash, error) {
	if size == 0 {
		return sha256.Sum256(nil), nil
	}
	return tlog.TreeHash(size, r)
}

// mostBytes is how large a record or a file may be when it is read: a store that was
// tampered with must not fill the memory.
const mostBytes = 256 << 20

// The two halves of zstd, safe for concurrent use.
var (
	encoder = must(zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest)))
	decoder = must(zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(mostBytes)))
)

// must is for options that are constants.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func compress(text []byte) []byte { return encoder.EncodeAll(text, nil) }

// decompress appends the text to a buffer.
func decompress(body, buffer []byte) ([]byte, error) { return decoder.DecodeAll(body, buffer) }
