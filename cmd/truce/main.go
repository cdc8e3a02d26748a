// Command truce assesses dated cases with a rule pack and explains its answers.
//
// What flows in: case files, a pack (the shipped one unless --rules names a
// folder), and settings from a file, TRUCE_* variables and flags, weakest first.
// What flows out: reports, proofs, tables and findings on standard output, errors
// on standard error, and an exit code ("truce help exit-codes"). The clock, the
// terminal, the environment and the file system are touched here and nowhere else.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() { os.Exit(program()) }

// program is one run in the process as it stands: its streams, its arguments, and the
// signals that end it. A terminal that is closed hangs up.
func program() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	return run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}, os.Environ())
}

// streams are the three standard streams.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// run is the whole program: it reads the arguments and the environment it is
// given, and returns the exit code.
func run(ctx context.Context, args []string, s streams, environ []string) int {
	a := newApp(s, environ)
	root := a.rootCommand()
	root.SetArgs(args)
	return a.finish(root.ExecuteContext(ctx))
}
