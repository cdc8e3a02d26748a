package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"truce/explain/audit"
	"truce/explain/record"
	"truce/facts/source"
	"truce/rules"
)

// Append records entries, all of them or none, and signs the log with them in it. When
// it returns without an error they are on the disk.
func (s *Store) Append(ctx context.Context, signer note.Signer, entries []audit.Entry) ([]audit.Receipt, string, error) {
	group := make([]prepared, len(entries))
	for i := range entries {
		var err error
		if group[i], err = prepare(&entries[i]); err != nil {
			return nil, "", err
		}
	}
	if signer == nil || !audit.SameKey(signer, s.verifier) {
		return nil, "", source.Diagnostics{ErrKey.At(at(s.path), "the log %s is signed with another key", s.verifier.Name()).
			Suggest("give the key that was made with the store")}
	}
	var receipts []audit.Receipt
	var checkpoint string
	err := s.write(ctx, func(tx *sql.Tx) error {
		a := &appending{ctx: ctx, tx: tx, ids: map[string]int64{}, ready: map[string]*sql.Stmt{}}
		size, err := s.signed(ctx, tx)
		if err != nil {
			return err
		}
		for i := range group {
			hash, err := a.entry(size, &group[i])
			if err != nil {
				return err
			}
			receipts = append(receipts, audit.Receipt{Number: size, Hash: hash.String()})
			size++
		}
		checkpoint, err = s.sign(ctx, tx, size, signer)
		return err
	})
	if err != nil {
		return nil, "", err
	}
	return receipts, checkpoint, nil
}

// signed is how many records there are, as the last checkpoint says. What is signed next
// vouches for all that went before, so it has to be what was signed then: the hashes that
// the store keeps must have the root of that checkpoint, and the records must be as many.
func (s *Store) signed(ctx context.Context, tx *sql.Tx) (int64, error) {
	var text string
	var records int64
	err := tx.QueryRowContext(ctx, `SELECT text, (SELECT count(*) FROM records) FROM checkpoints ORDER BY size DESC LIMIT 1`).Scan(&text, &records)
	if err != nil {
		return 0, err
	}
	c, err := audit.OpenCheckpoint(text, s.verifier)
	if err != nil {
		return 0, err
	}
	root, err := rootOf(c.Size, reader{ctx, tx})
	if err == nil && (root != c.Root || records != c.Size) {
		err = source.Diagnostics{audit.ErrRoot.At(at(s.path), "the store has %d records with the root %s, and %d with the root %s were signed: nothing is recorded on top of that",
			records, root, c.Size, c.Root).Suggest("truce audit verify %s says from which record on", s.path)}
	}
	return c.Size, err
}

// prepared is an entry as it is written, made before the store is held.
type prepared struct {
	*audit.Entry
	text []byte // canonical
	body []byte // compressed
	head record.Head
}

func prepare(e *audit.Entry) (prepared, error) {
	text, err := e.Record.Bytes()
	if err != nil {
		return prepared{}, err
	}
	p := prepared{Entry: e, text: text}
	if p.head, err = e.Record.Head(); err != nil {
		return prepared{}, err
	}
	p.body = compress(text)
	return p, nil
}

// answer is what can hold, as the store keeps it.
func answer(a *record.Answer) string {
	values := make([]string, len(a.Values))
	for i, v := range a.Values {
		values[i] = v.Value
	}
	return strings.Join(values, " ")
}

// appending is a transaction that records.
type appending struct {
	ctx   context.Context
	tx    *sql.Tx
	ids   map[string]int64     // of packs, names and files that are sure to be there
	ready map[string]*sql.Stmt // by their text; they end with the transaction
}

// exec runs a statement that is run often.
func (a *appending) exec(statement string, args ...any) error {
	s := a.ready[statement]
	if s == nil {
		var err error
		if s, err = a.tx.PrepareContext(a.ctx, statement); err != nil {
			return err
		}
		a.ready[statement] = s
	}
	_, err := s.ExecContext(a.ctx, args...)
	return err
}

// entry writes one record under a number, and the hashes that it adds to the tree.
func (a *appending) entry(number int64, p *prepared) (tlog.Hash, error) {
	for _, f := range p.head.Pack.Files {
		if err := a.file(f, p.Files); err != nil {
			return tlog.Hash{}, err
		}
	}
	h := &p.head
	pack, err := a.id("pack "+h.Pack.Digest+" "+h.Pack.Name+" "+h.Pack.Version,
		`INSERT INTO packs (digest, name, version) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET digest = digest RETURNING id`,
		h.Pack.Digest, h.Pack.Name, h.Pack.Version)
	if err != nil {
		return tlog.Hash{}, err
	}
	if err := a.exec(`INSERT INTO records (number, body, case_id, case_digest, as_of, answer, settled, at, by, pack)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, number, p.body, h.Case.ID, h.CaseDigest, h.Case.AsOf, answer(&h.Answer), h.Answer.Settled,
		h.At, h.By, pack); err != nil {
		return tlog.Hash{}, err
	}
	for kind, list := range map[string][]string{kindRule: h.Grounds.Rules, kindThreshold: h.Grounds.Thresholds} {
		for _, name := range list {
			id, err := a.id(kind+" "+name, `INSERT INTO names (kind, name) VALUES (?, ?) ON CONFLICT DO UPDATE SET name = name RETURNING id`, kind, name)
			if err != nil {
				return tlog.Hash{}, err
			}
			if err := a.exec(`INSERT INTO grounds (name, record) VALUES (?, ?)`, id, number); err != nil {
				return tlog.Hash{}, err
			}
		}
	}
	return a.hashes(number, p.text)
}

// The kinds of what an answer rests on.
const (
	kindRule      = "rule"
	kindThreshold = "threshold"
)

// id is the number of a row that is made where it is not there.
func (a *appending) id(key, insert string, args ...any) (int64, error) {
	if id, ok := a.ids[key]; ok {
		return id, nil
	}
	var id int64
	if err := a.tx.QueryRowContext(a.ctx, insert, args...).Scan(&id); err != nil {
		return 0, err
	}
	a.ids[key] = id
	return id, nil
}

// file keeps a file of a pack, once: it is among those that are given, unless it is kept.
func (a *appending) file(f record.File, given []rules.File) error {
	key := "file " + f.SHA256
	if _, ok := a.ids[key]; ok {
		return nil
	}
	var there int64
	err := a.tx.QueryRowContext(a.ctx, `SELECT 1 FROM files WHERE digest = ?`, f.SHA256).Scan(&there)
	if errors.Is(err, sql.ErrNoRows) {
		i := slices.IndexFunc(given, func(g rules.File) bool { return g.Name == f.Name })
		if i < 0 || record.Digest([]byte(given[i].Text)) != f.SHA256 {
			return fmt.Errorf("file %s of the pack is not given with its record", f.Name)
		}
		err = a.exec(`INSERT INTO files (digest, content) VALUES (?, ?)`, f.SHA256, compress([]byte(given[i].Text)))
	}
	if err == nil {
		a.ids[key] = 1
	}
	return err
}

// hashes adds a leaf to the tree.
func (a *appending) hashes(number int64, text []byte) (tlog.Hash, error) {
	added, err := tlog.StoredHashes(number, text, reader{a.ctx, a.tx})
	if err != nil {
		return tlog.Hash{}, err
	}
	position := tlog.StoredHashIndex(0, number)
	for i, h := range added {
		if err := a.exec(`INSERT INTO hashes (position, hash) VALUES (?, ?)`, position+int64(i), h[:]); err != nil {
			return tlog.Hash{}, err
		}
	}
	return added[0], nil
}

// sign signs the log as it stands with so many records; the same log gives the same text.
func (s *Store) sign(ctx context.Context, tx *sql.Tx, size int64, signer note.Signer) (text string, err error) {
	root, err := rootOf(size, reader{ctx, tx})
	if err != nil {
		return "", err
	}
	if text, err = (audit.Checkpoint{Origin: signer.Name(), Size: size, Root: root}).Sign(signer); err != nil {
		return "", err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO checkpoints (size, text) VALUES (?, ?) ON CONFLICT DO NOTHING`, size, text)
	return text, err
}
