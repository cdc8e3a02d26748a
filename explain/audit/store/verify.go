package store

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb/tlog"

	"truce/explain/audit"
	"truce/explain/record"
	"truce/facts/source"
)

// Verify reads every byte that the store holds of records, packs and log, and says what
// is not as it was signed. Its cost grows with the bytes. The error is the context's.
func (s *Store) Verify(ctx context.Context, o audit.VerifyOptions) (*audit.Verification, error) {
	v := &verification{Store: s, ctx: ctx, options: o, out: &audit.Verification{}, from: s.db, files: map[string]bool{}, names: map[string]string{}}
	for _, step := range [...]func() error{v.whole, v.state, v.records, v.tree, v.roots, v.elsewhere, v.packs} {
		if err := step(); err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			v.fault(ErrDamaged, "%v", err)
			break
		}
	}
	v.out.Found = append(v.out.Found.Sort(), v.untold()...)
	return v.out, nil
}

type verification struct {
	*Store
	ctx     context.Context
	options audit.VerifyOptions
	out     *audit.Verification
	mutex   sync.Mutex // of what is found, files and done
	from    querier    // where rows are read

	errors, warnings tally

	signed []audit.Checkpoint // in order of size
	names  map[string]string  // numbers of names to kind and name
	leaves []tlog.Hash        // of the records, computed
	hashes []tlog.Hash        // of the tree, computed
	files  map[string]bool    // digests of files that some record names
	kept   []string           // digests of files that are in the store
	done   int64
}

// tally counts findings of a kind.
type tally struct {
	told, more int
}

// mostFound is how many errors are told, and how many warnings: these never keep those
// from being told.
const mostFound = 100

// untold says how many findings are not told.
func (v *verification) untold() (ds source.Diagnostics) {
	if v.errors.more > 0 {
		ds = append(ds, ErrDamaged.At(at(v.path), "there are %d more errors", v.errors.more))
	}
	if v.warnings.more > 0 {
		ds = append(ds, ErrDamaged.At(at(v.path), "there are %d more warnings", v.warnings.more).Warn())
	}
	return ds
}

func (v *verification) fault(code source.Code, format string, args ...any) {
	v.found(code.At(at(v.path), format, args...))
}

func (v *verification) found(d source.Diagnostic) {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	n := &v.errors
	if d.Severity == source.Warning {
		n = &v.warnings
	}
	if n.told == mostFound {
		n.more++
		return
	}
	n.told++
	v.out.Found = append(v.out.Found, d)
}

// whole asks SQLite whether the file holds together.
func (v *verification) whole() error {
	said, err := column[string](v.ctx, v.from, `PRAGMA integrity_check(10)`)
	for _, s := range said {
		if s != "ok" {
			v.fault(ErrDamaged, "%s", s)
		}
	}
	return err
}

// column is the first column of a query's rows.
func column[T any](ctx context.Context, from querier, query string, args ...any) ([]T, error) {
	rows, err := from.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		var x T
		if err := rows.Scan(&x); err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	return list, rows.Err()
}

func (v *verification) readNames() error {
	rows, err := v.from.QueryContext(v.ctx, `SELECT id, kind, name FROM names`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var kind, name string
		if err := rows.Scan(&id, &kind, &name); err != nil {
			return err
		}
		v.names[strconv.FormatInt(id, 10)] = kind + " " + name
	}
	return rows.Err()
}

// stored is a record with what the store says of it.
type stored struct {
	audit.Summary
	body    []byte
	digest  string // of the case
	grounds string // numbers of names, with commas between
}

// records reads every record on all processors.
func (v *verification) records() error {
	v.leaves = make([]tlog.Hash, v.out.Records)
	work := make(chan *stored, 64)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			var buffer []byte
			for r := range work {
				buffer = v.record(r, buffer[:0])
			}
		})
	}
	err := v.each(func(r *stored) { work <- r })
	close(work)
	workers.Wait()
	return err
}

// page is how many records are read at once: whoever records beside a verification waits
// for a page, and not for the whole of it.
const page = 256

// each reads the rows of records in order.
func (v *verification) each(use func(*stored)) error {
	for from := int64(0); from < v.out.Records; from += page {
		list, err := v.read(from, min(from+page, v.out.Records))
		if err != nil {
			return err
		}
		for _, r := range list {
			use(r)
		}
	}
	return nil
}

// read reads the rows of some records.
func (v *verification) read(from, to int64) ([]*stored, error) {
	rows, err := v.from.QueryContext(v.ctx, `SELECT r.number, r.body, r.case_id, r.case_digest, r.as_of, r.answer, r.settled, r.at, r.by,
		p.name || ' ' || p.version, p.digest, (SELECT group_concat(name) FROM grounds WHERE record = r.number)
		FROM records r JOIN packs p ON p.id = r.pack WHERE r.number >= ? AND r.number < ? ORDER BY r.number`, from, to)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []*stored
	for rows.Next() {
		r := &stored{}
		var grounds *string
		if err := rows.Scan(&r.Number, &r.body, &r.Case, &r.digest, &r.AsOf, &r.Answer, &r.Settled, &r.At, &r.By, &r.Pack, &r.Digest, &grounds); err != nil {
			return nil, err
		}
		if next := from + int64(len(list)); r.Number != next {
			return nil, fmt.Errorf("record %d, or its pack, is not there", next)
		}
		if grounds != nil {
			r.grounds = *grounds
		}
		list = append(list, r)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if next := from + int64(len(list)); next != to {
		return nil, fmt.Errorf("record %d, or its pack, is not there", next)
	}
	return list, nil
}

// record hashes a record, and compares what the store says of it. It returns the buffer.
func (v *verification) record(r *stored, buffer []byte) []byte {
	text, err := decompress(r.body, buffer)
	if err != nil {
		v.fault(audit.ErrTampered, "record %d cannot be read: %v", r.Number, err)
		return buffer
	}
	v.leaves[r.Number] = tlog.RecordHash(text)
	head, err := record.ReadHead(text)
	if err != nil {
		v.fault(audit.ErrTampered, "record %d is no record: %v", r.Number, err)
		return text
	}
	if what, listed, is := v.misfiled(r, &head); what != "" {
		v.fault(audit.ErrStored, "record %d is listed with the %s %s, and is of %s", r.Number, what, listed, is)
	}
	if v.options.Check != nil {
		for _, d := range v.options.Check(&head, text) {
			d.Message = fmt.Sprintf("record %d: %s", r.Number, d.Message)
			v.found(d)
		}
	}
	v.mutex.Lock()
	defer v.mutex.Unlock()
	for _, f := range head.Pack.Files {
		v.files[f.SHA256] = true
	}
	v.done++
	if v.options.Progress != nil {
		v.options.Progress(v.done, v.out.Records)
	}
	return text
}

// misfiled is the first thing that the store says of a record and the record does not.
func (v *verification) misfiled(r *stored, head *record.Head) (what, listed, is string) {
	for _, x := range [...]struct{ what, listed, is string }{
		{"case", r.Case, head.Case.ID},
		{"digest of a case", r.digest, head.CaseDigest},
		{"date", r.AsOf, head.Case.AsOf},
		{"answer", r.Answer, answer(&head.Answer)},
		{"mark that its answer is settled", strconv.FormatBool(r.Settled), strconv.FormatBool(head.Answer.Settled)},
		{"time", r.At, head.At},
		{"name of who asked", r.By, head.By},
		{"pack", r.Pack, head.Pack.Name + " " + head.Pack.Version},
		{"digest of a pack", r.Digest, head.Pack.Digest},
		{"grounds", strings.Join(v.grounds(r.grounds), ", "), strings.Join(groundsOf(head), ", ")},
	} {
		if x.listed != x.is {
			return x.what, x.listed, x.is
		}
	}
	return "", "", ""
}

func (v *verification) grounds(numbers string) []string {
	var list []string
	if numbers != "" {
		for _, n := range strings.Split(numbers, ",") {
			list = append(list, v.names[n])
		}
	}
	slices.Sort(list)
	return list
}

func groundsOf(h *record.Head) []string {
	var list []string
	for _, name := range h.Grounds.Rules {
		list = append(list, kindRule+" "+name)
	}
	for _, name := range h.Grounds.Thresholds {
		list = append(list, kindThreshold+" "+name)
	}
	slices.Sort(list)
	return list
}

// packs compares files with their digests, and looks whether all are there.
func (v *verification) packs() error {
	for _, digest := range v.kept {
		var content []byte
		if err := v.from.QueryRowContext(v.ctx, `SELECT content FROM files WHERE digest = ?`, digest).Scan(&content); err != nil {
			return err
		}
		text, err := decompress(content, nil)
		switch {
		case err != nil || record.Digest(text) != digest:
			v.fault(audit.ErrStored, "the file of a pack that is kept as %s is another", digest)
		case !v.files[digest]:
			v.fault(audit.ErrStored, "the file %s is kept, and no record names it", digest)
		}
		delete(v.files, digest)
	}
	for _, digest := range slices.Sorted(maps.Keys(v.files)) {
		v.fault(audit.ErrStored, "the file %s of a pack is not in the store", digest)
	}
	return nil
}
