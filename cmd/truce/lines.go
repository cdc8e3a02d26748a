package main

import (
	"bufio"
	"context"
	"errors"
	"io"
)

// mostOfLine is how many bytes of a line are read; the rest of it is left out.
const mostOfLine = 4096

// lines reads a stream line by line, so that waiting for one ends with a context too.
type lines struct {
	want chan struct{}
	got  chan line
}

type line struct {
	text string
	err  error
}

func newLines(r io.Reader) *lines {
	l := &lines{want: make(chan struct{}), got: make(chan line, 1)}
	go l.serve(bufio.NewReaderSize(r, mostOfLine))
	return l
}

// serve reads a line whenever one is wanted, and not before: what stands behind the
// last line that was wanted is left to others. It ends with the program, as a read
// that waits for a terminal cannot be called off.
func (l *lines) serve(r *bufio.Reader) {
	for range l.want {
		text, more, err := r.ReadLine()
		got := line{string(text), err}
		for more && err == nil {
			_, more, err = r.ReadLine()
		}
		if got.err != nil && !errors.Is(got.err, io.EOF) {
			got.err = io.EOF // a terminal that is gone reads as an error
		}
		l.got <- got
	}
}

// next is the next line without its end. Its error is io.EOF or the context's.
func (l *lines) next(ctx context.Context) (string, error) {
	select {
	case l.want <- struct{}{}:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	select {
	case got := <-l.got:
		return got.text, got.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
