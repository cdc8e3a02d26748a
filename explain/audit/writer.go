package audit

import (
	"context"
	"errors"

	"golang.org/x/mod/sumdb/note"
)

// atOnce is how many records are written and signed together, at most.
const atOnce = 64

// Writer keeps entries beside the work that makes them: they are written out, packed
// and recorded in groups, on a goroutine of its own. Nothing is acknowledged before
// Close has returned; what is recorded is what was added, in its order, or where there
// was an error a beginning of it.
type Writer struct {
	add   chan func() (Entry, error)
	ended chan struct{} // closed when the goroutine is done
	got   []Receipt
	err   error
}

// NewWriter begins to write to a store. It ends with Close; once the context has ended
// nothing more is recorded.
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

// Close waits until all that was added is recorded, and says where. Where there is an
// error, what is recorded nevertheless is told too.
func (w *Writer) Close() ([]Receipt, error) {
	close(w.add)
	<-w.ended
	return w.got, w.err
}

// keep records a group.
func (w *Writer) keep(ctx context.Context, s Store, signer note.Signer, group []Entry) error {
	if len(group) == 0 {
		return nil
	}
	receipts, _, err := s.Append(ctx, signer, group)
	w.got = append(w.got, receipts...)
	return err
}

// run records what comes, in groups.
func (w *Writer) run(ctx context.Context, s Store, signer note.Signer) error {
	var group []Entry
	for {
		entry, ok := <-w.add
		if ok {
			e, err := entry()
			if err != nil {
				return errors.Join(err, w.keep(ctx, s, signer, group)) // those before it were answered
			}
			group = append(group, e)
		}
		if !ok || len(group) == atOnce {
			if err := w.keep(ctx, s, signer, group); err != nil {
				return err
			}
			group = group[:0]
		}
		if !ok {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}
