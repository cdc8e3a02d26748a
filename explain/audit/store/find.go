package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"truce/explain/audit"
	"truce/explain/record"
	"truce/facts/source"
	"truce/rules"
)

// Find lists records, the oldest first.
func (s *Store) Find(ctx context.Context, q audit.Query) ([]audit.Summary, error) {
	where, args := conditions(q)
	query := `SELECT r.number, r.case_id, r.as_of, r.answer, r.settled, r.at, r.by, p.name || ' ' || p.version, p.digest
		FROM records r JOIN packs p ON p.id = r.pack WHERE ` + strings.Join(where, " AND ") + ` ORDER BY r.number`
	if q.Limit > 0 {
		query += ` LIMIT ?`
		args = append(args, q.Limit)
	}
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, s.failed(err)
	}
	defer rows.Close()
	list := []audit.Summary{}
	for rows.Next() {
		var r audit.Summary
		if err := rows.Scan(&r.Number, &r.Case, &r.AsOf, &r.Answer, &r.Settled, &r.At, &r.By, &r.Pack, &r.Digest); err != nil {
			return nil, s.failed(err)
		}
		list = append(list, r)
	}
	return list, s.failed(rows.Err())
}

func conditions(q audit.Query) (where []string, args []any) {
	where, args = []string{"r.number > ?"}, []any{q.After}
	add := func(condition string, values ...any) {
		where, args = append(where, condition), append(args, values...)
	}
	for _, x := range [...]struct{ condition, value string }{
		{"r.case_id = ?", q.Case}, {"r.by = ?", q.By}, {"r.at >= ?", q.From},
		{"instr(' ' || r.answer || ' ', ' ' || ? || ' ') > 0", q.Answer},
	} {
		if x.value != "" {
			add(x.condition, x.value)
		}
	}
	if q.To != "" {
		add("substr(r.at, 1, ?) <= ?", len(q.To), q.To)
	}
	if q.Settled {
		add("r.settled")
	}
	if q.Open {
		add("NOT r.settled")
	}
	if q.Pack != "" {
		add("(p.name = ? OR p.digest = ?)", q.Pack, q.Pack)
	}
	for _, x := range [...]struct{ kind, name string }{{kindRule, q.Rule}, {kindThreshold, q.Threshold}} {
		if x.name != "" {
			add("r.number IN (SELECT g.record FROM grounds g JOIN names n ON n.id = g.name WHERE n.kind = ? AND n.name = ?)", x.kind, x.name)
		}
	}
	return where, args
}

// Bytes are the canonical bytes of a record.
func (s *Store) Bytes(ctx context.Context, number int64) ([]byte, error) {
	var body []byte
	err := s.db.QueryRowContext(ctx, `SELECT body FROM records WHERE number = ?`, number).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, source.Diagnostics{ErrNoRecord.At(at(s.path), "the store has no record %d", number).Suggest("truce audit list shows which there are")}
	}
	if err != nil {
		return nil, s.failed(err)
	}
	text, err := decompress(body, nil)
	return text, s.failed(err)
}

// Files are the files of the pack of a record.
func (s *Store) Files(ctx context.Context, r *record.Record) ([]rules.File, error) {
	list := make([]rules.File, len(r.Pack.Files))
	for i, f := range r.Pack.Files {
		var body []byte
		err := s.db.QueryRowContext(ctx, `SELECT content FROM files WHERE digest = ?`, f.SHA256).Scan(&body)
		if errors.Is(err, sql.ErrNoRows) {
			return nil, source.Diagnostics{audit.ErrStored.At(at(s.path), "file %s of the pack, %s, is not in the store", f.Name, f.SHA256)}
		}
		if err != nil {
			return nil, s.failed(err)
		}
		text, err := decompress(body, nil)
		if err != nil {
			return nil, s.failed(err)
		}
		list[i] = rules.File{Name: f.Name, Text: string(text)}
	}
	return list, nil
}

// Checkpoint is the last signed checkpoint.
func (s *Store) Checkpoint(ctx context.Context) (string, error) {
	var text string
	err := s.db.QueryRowContext(ctx, `SELECT text FROM checkpoints ORDER BY size DESC LIMIT 1`).Scan(&text)
	return text, s.failed(err)
}

// Inclusion proves that a record is in the log of the last checkpoint.
func (s *Store) Inclusion(ctx context.Context, number int64) (proof tlog.RecordProof, checkpoint string, err error) {
	if checkpoint, err = s.Checkpoint(ctx); err != nil {
		return nil, "", err
	}
	c, err := audit.OpenCheckpoint(checkpoint, s.verifier)
	if err != nil {
		return nil, "", err
	}
	proof, err = tlog.ProveRecord(c.Size, number, reader{ctx, s.db})
	return proof, checkpoint, s.failed(err)
}

// Consistency proves that the log of the last checkpoint grew out of one of a size; out
// of an empty one any does.
func (s *Store) Consistency(ctx context.Context, size int64) (proof tlog.TreeProof, checkpoint string, err error) {
	if checkpoint, err = s.Checkpoint(ctx); err != nil {
		return nil, "", err
	}
	c, err := audit.OpenCheckpoint(checkpoint, s.verifier)
	if err != nil {
		return nil, "", err
	}
	switch {
	case size > c.Size:
		return nil, "", source.Diagnostics{audit.ErrFork.At(at(s.path), "the log has %d records, and had %d", c.Size, size)}
	case size == 0:
		return tlog.TreeProof{}, checkpoint, nil
	}
	proof, err = tlog.ProveTree(c.Size, size, reader{ctx, s.db})
	return proof, checkpoint, s.failed(err)
}
