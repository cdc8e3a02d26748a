package audit

import (
	"context"

	"golang.org/x/mod/sumdb/note"
)

// atOnce is how many records are written and signed together, at most.
const atOnce = 64

// Writer keeps entries beside the work that makes them: they are written out, packed
// and recorded in groups, on a goroutine of its own. Nothing is acknowledged before
// Close has returned without an error; until then what is recorded is a beginning of
// what was added, in its order.
type Writer struct {
	add   chan func() (Entry, error)
	ended chan struct{} // closed when the goroutine is done
	got   []Receipt
	err   error
}

// NewWriter begins to write to a store. It ends with Close, or, early, with the context.
func NewWriter(ctx context.Context, s Store, signer note.Signer) *Writer {
	w := &Writer{add: make(chan func() (Entry, error), atOnce), ended: make(chan struct{})}
	go func() {
		defer close(w.ended)
		w.err = w.run(ctx, s, signer)
	}()
	return w
}

// Add hands on what makes an entry; it is called on the writer's goroutine. It reports
// false when the writer has failed: Close says why.
func (w *Writer) Add(entry func() (Entry, error)) bool {
	select {
	case w.add <- entry:
		return true
	case <-w.ended:
		return false
	}
}

// Close waits until all that was added is recorded, and says where.
func (w *Writer) Close() ([]Receipt, error) {
	close(w.add)
	<-w.ended
	return w.got, w.err
}

// run records what comes, in groups: as many as have come while the last were written.
func (w *Writer) run(ctx context.Context, s Store, signer note.Signer) error {
	var group []Entry
	for {
		entry, ok := <-w.add
		if ok {
			e, err := entry()
			if err != nil {
				return err
			}
			group = append(group, e)
		}
		if len(group) > 0 && (!ok || len(group) == atOnce) {
			receipts, _, err := s.Append(ctx, signer, group)
			if err != nil {
				return err
			}
			w.got, group = append(w.got, receipts...), group[:0]
		}
		if !ok {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}
