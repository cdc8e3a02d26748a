package engine

// Mark is a state of a session to roll back to.
type Mark struct {
	of    *Session
	loads int
	depth int  // how many changes stood
	last  int  // the number of the last of them; 0 for none
	read  bool // conclusions could be read
}

// Mark remembers the state as it is.
func (s *Session) Mark() Mark {
	s.marked = true
	return Mark{s, s.loads, len(s.undo), s.lastOf(len(s.undo)), s.standing != unread}
}

// lastOf is the number of the last of so many changes; 0 for none.
func (s *Session) lastOf(depth int) int {
	if depth == 0 {
		return 0
	}
	return s.undo[depth-1].number
}

// Rollback undoes every change since the mark, conclusions included: what could be
// read then can be read again without a run. It reports false for a mark that is
// gone, because it was rolled back past or a case was loaded since.
func (s *Session) Rollback(m Mark) bool {
	if m.of != s || m.loads != s.loads || m.depth > len(s.undo) || m.last != s.lastOf(m.depth) {
		return false
	}
	undone := len(s.undo) > m.depth
	for len(s.undo) > m.depth {
		last := len(s.undo) - 1
		s.takeBack(s.undo[last])
		s.undo[last] = change{}
		s.undo = s.undo[:last]
	}
	switch {
	case !m.read:
		s.standing = unread
	case undone || s.standing == unread:
		s.standing = behind
	}
	return true
}

// takeBack undoes a change.
func (s *Session) takeBack(c change) {
	switch {
	case c.parameters != nil:
		s.configure(c.parameters)
	case c.key.Unlisted:
		s.complete = c.complete
		s.list(c.key.Type, false)
	default:
		s.set(c.key, c.fact)
	}
}
