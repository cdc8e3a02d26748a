package main

import (
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"
)

// pipeWidth is how wide lines are where no terminal says.
const pipeWidth = 100

// terminal is the file descriptor behind a stream, and whether a person is at it.
func terminal(stream any) (fd int, ok bool) {
	f, isFile := stream.(*os.File)
	if !isFile {
		return 0, false
	}
	fd = int(f.Fd())
	return fd, term.IsTerminal(fd)
}

// isTerminal reports whether a person is at a stream.
func isTerminal(stream any) bool {
	_, ok := terminal(stream)
	return ok
}

// colorOn reports whether a stream gets colours: as --color says, and under "auto"
// where it is a terminal, unless NO_COLOR is set.
func (a *app) colorOn(w io.Writer) bool {
	switch a.settings.Color {
	case "always":
		return true
	case "never":
		return false
	}
	if a.env["NO_COLOR"] != "" || a.env["TERM"] == "dumb" {
		return false
	}
	_, ok := terminal(w)
	return ok
}

// width is how many runes a line of a stream has room for: as --width says, else
// the terminal's own.
func (a *app) width(w io.Writer) int {
	if a.settings.Width > 0 {
		return a.settings.Width
	}
	fd, ok := terminal(w)
	if !ok {
		return pipeWidth
	}
	if n, err := strconv.Atoi(a.env["COLUMNS"]); err == nil && n >= leastWidth {
		return n
	}
	if n, _, err := term.GetSize(fd); err == nil && n >= leastWidth {
		return n
	}
	return pipeWidth
}

// pipeHeight is how many lines there are where no terminal says.
const pipeHeight = 24

// height is how many lines a terminal has room for.
func (a *app) height(w io.Writer) int {
	if fd, ok := terminal(w); ok {
		if _, n, err := term.GetSize(fd); err == nil && n > 0 {
			return n
		}
	}
	return pipeHeight
}

// textLines are the lines of a text, without what ends them.
func textLines(s string) []string {
	return strings.Split(strings.TrimRight(s, "\n"), "\n")
}
