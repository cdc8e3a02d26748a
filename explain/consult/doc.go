// Package consult asks for what a case does not say, one value at a time, the most
// decisive first.
//
// What flows in: a program (package engine), a case, which may be empty, and answers
// as a person types them. What flows out: questions with all that is needed to answer
// them, the case with the answers in it, and a record of what was asked; as text and
// as versioned JSON. It reads no file, no terminal and no clock: who calls it does.
//
// # What is asked, and in which order
//
// What must be given before any rule can run comes first. Then, after each answer
// anew, comes the value that package explain/search prices highest: that leaves the
// fewest answers in its worst outcome, then the fewest on average. When no value alone
// would change anything, those come that leave the answer open, in the order of the
// facts, since several may do together what none does alone; and last, of open types
// that leave it open, whether the case lists all. What an answer was refused for, or
// left unknown, is not asked again. Once the answer is settled nothing is asked: no
// value that is still unknown can change it. On request, what the pack assumes is asked
// for in the end, where another value would change the answer.
//
// Facts are not added: of a type of which there may be several, those that the case
// states are asked about, and whether they are all.
//
// # What an answer does
//
// It states the value in the case, with the quality and the source that the caller
// gives for all answers, and none where it gives none. An interval can only be
// narrowed: a consultation adds to a case and takes nothing back of what it says, but
// its own answers, which are undone one by one.
package consult
