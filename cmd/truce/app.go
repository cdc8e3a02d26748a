package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/hashicorp/go-hclog"

	"truce/facts/source"
	"truce/rules"
)

// app is one run of the program: what it was given, and what it has read so far.
type app struct {
	streams
	env      map[string]string
	settings settings
	log      hclog.Logger
	now      func() time.Time
	bar      *progress         // of a search; nil before it begins
	texts    map[string]string // of files read, by the name shown, for excerpts
	target   target
	// documents are the files of the pack that was loaded last: of a watch, which loads
	// it again and again.
	documents rules.Documents
}

// target is the file that output goes to; standard output where it has no path.
type target struct {
	path  string
	force bool // overwrite it
}

func newApp(s streams, environ []string) *app {
	a := &app{streams: s, env: map[string]string{}, log: hclog.NewNullLogger(), now: time.Now, texts: map[string]string{}}
	for _, e := range environ {
		if name, value, ok := strings.Cut(e, "="); ok {
			a.env[name] = value
		}
	}
	a.settings = defaultSettings()
	return a
}

// newLogger makes the logger that all else is given.
func (a *app) newLogger() hclog.Logger {
	color := hclog.ColorOff
	if a.colorOn(a.err) {
		color = hclog.ForceColor
	}
	return hclog.New(&hclog.LoggerOptions{
		Name:       "truce",
		Level:      hclog.LevelFromString(a.settings.LogLevel),
		Output:     a.err,
		JSONFormat: a.settings.LogFormat == formatJSON,
		Color:      color,
	})
}

// toFile reports whether output goes to a file. A dash is standard output.
func (a *app) toFile() bool { return a.target.path != "" && a.target.path != stdinName }

// print writes what a command has to say, which it has built whole before, so that
// a command that fails halfway prints no half answer.
func (a *app) print(build func(w io.Writer) error) error {
	var b bytes.Buffer
	if err := build(&b); err != nil {
		return err
	}
	if a.toFile() {
		if err := a.write(a.target.path, b.Bytes(), a.target.force); err != nil {
			return err
		}
		b.Reset()
		fmt.Fprintf(&b, "it is in %s\n", a.target.path)
	}
	if _, err := a.out.Write(b.Bytes()); err != nil {
		return source.Diagnostics{errUnwritable.At(source.Span{File: "standard output"}, "%v", plain(err))}
	}
	return nil
}
