// Package enginetest tests engines: with scripts, and with packs, cases and changes
// drawn at random.
//
// What flows in: a script, or a source of choices (package rapid), and how to make
// a session. What flows out: failures of a test, each with file and line; or small
// packs that use every part of the rule language, cases with unknowns and intervals
// for them, completions of such cases, sequences of changes. It never fires a rule
// itself.
//
// # Scripts
//
// A script is a text of sections. The first holds commands about the whole; a line
// `-- name.yaml --` begins a file of the pack, and `-- script --` the commands that
// drive a session over it:
//
//	# What an open type leaves open.
//	pack plain/pack.yaml
//	-- more.yaml --
//	facts:
//	  ...
//	-- script --
//	assert Note(a) {size: 2, author: {value: Ann, known_on: 2020-01-02}}
//	run
//	expect holds Seen {count: {low: 1, high: 9}}
//
// `pack PATH...` takes files of the pack from RunOptions.Files: a file under its
// base name, of a folder all that end in .yaml. `permute`, with or without a number
// of orders, runs the script again under that many other orders (8 where nothing is
// said).
//
// One line is one command; an indented line goes on with the one above. A line that
// begins with # is a comment.
//
// # Changes
//
// The braces of a fact are what stands below a fact in a case file: values in their
// short or long form, intervals as {low: 1, high: 2}, unknown. A field left out is
// one of which the case is silent.
//
//	session [facts=N] [justifications=N] [work=N]   begin anew, with these limits
//	assert Type {field: value, ...}                 state the fact of a type that is one
//	assert Type(id) {field: value, ...}             state a fact
//	modify Type(id) {field: value, ...}             state it anew, as a whole
//	retract Type(id)                                take it back
//	complete Type                                   all facts of an open type are stated
//	date 2020-01-01                                 the case's date; marks are gone
//	threshold name value                            or {low: 1, high: 2}
//	mark NAME                                       remember the state
//	rollback NAME                                   go back to it
//
// # Runs and what is expected of them
//
//	run                        bring the conclusions up to date
//	run cancelled [after N]    with a context that has ended, or does when it was
//	                           looked at N times
//
// After every run a fresh session, of the matcher that recomputes everything, is stated
// with the same facts, and its canonical trace must be the same. After a rollback what could be read at the mark is read
// again, and must be the same too.
//
// A command that is to fail says so behind it, with codes, all of them, and texts in
// quotes that the message holds:
//
//	run fails N001 "rules high (e = Exam) and late (e = Exam)"
//	assert Exam {marks: 3} fails N104
//	expect answer fails N101
//
// Expectations look at the trace of the last run. FACT is a fact's name, such as
// Exam, Item(oil), Path(1, 2), Verdict[pass]; or a bare type: some fact of it.
//
//	expect holds FACT {field: value, ...}    it is certain, with these values in form
//	expect can FACT {field: value, ...}      it is possible and not certain
//	expect no FACT {field: value, ...}       there is none such, not even possibly
//	expect count Type N [certain]            so many, possible ones among them
//	expect origin FACT field ORIGIN          given, absent, assumed, known later, concluded
//	expect height FACT N                     of its least proof
//	expect alternatives FACT N               facts of the same key beside it
//	expect because FACT rule NAME [FACT; FACT; ...]   the premises, in the order of patterns
//	expect justifications FACT N             so many instances conclude it
//	expect answer VALUE                      settled on it
//	expect answer VALUE, VALUE               open between them, in the goal's order
//	expect answer VALUE open                 the only one that can hold, and may not
//	expect answer ... or none                it is not excluded that none holds
//	expect unread                            conclusions cannot be read
//	expect trace                             the lines below, indented, stand in the
//	  fact Exam, holds, height 0             canonical trace, in this order
//	expect counters MATCHER                  the work of the last run, rule by rule
//	  share: tried 3, tested 3, held 2, new 2
//
// Counters are compared where RunOptions.Matcher is that name, and not under
// permuted orders. They show a matcher that does more work than it did.
//
// # Orders
//
// Under `permute` the rules and tables of each file are shuffled, some of them move
// to a file of their own, the files are handed over in another order, and every
// stretch of assertions is made in another order. Every run must end in the same
// canonical trace, or in the same codes.
package enginetest
