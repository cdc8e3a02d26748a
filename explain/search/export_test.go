package search

// Slice is the part of a pack that leads to the goal.
var Slice = slice
