// Command peers runs the work of testdata/bench on other engines and on this one,
// in one process and one after the other on one core, checks that all give the
// expected answers, and prints one table: times, and each as a multiple of truce's.
//
// What flows in: the embedded work, and flags. What flows out: the table, and an
// error where an engine gives another answer. It never fetches anything, and leaves
// out by name what is not installed.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// settings are the flags.
type settings struct {
	each time.Duration // of one measurement
	work map[string]bool
}

func main() {
	each := flag.Duration("each", 500*time.Millisecond, "time of one measurement, of which there are three")
	work := flag.String("work", "w1,w2,w3,w4", "what to run")
	flag.Parse()
	s := settings{each: *each, work: map[string]bool{}}
	for name := range strings.SplitSeq(*work, ",") {
		s.work[name] = true
	}
	runtime.GOMAXPROCS(1)
	t := &table{}
	err := run(s, t)
	t.print(os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

func run(s settings, t *table) error {
	clips, err := exec.LookPath("clips")
	if err != nil {
		t.note("CLIPS is left out: no binary named clips (apt-get install clips)")
	}
	for _, part := range []struct {
		name string
		run  func(settings, *table, string) error
	}{{"w1", assess}, {"w2", manyRules}, {"w3", reach}, {"w4", changes}} {
		if !s.work[part.name] {
			continue
		}
		if err := part.run(s, t, clips); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return nil
}
