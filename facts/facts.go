// Package facts owns what is known: the schema of fact types, typed values with
// their intervals, scales and units, and the cases that state facts.
//
// What flows in: documents (package doc) of cases, and a schema that package
// rules reads from a pack. What flows out: checked cases whose every field value
// carries its provenance. It never evaluates a condition and never draws a
// conclusion.
package facts

// Kind is the kind of a value.
type Kind uint8

const (
	// Number is a float64: finite, never NaN, and −0 is 0.
	Number Kind = iota + 1
	// Integer is an int64.
	Integer
	// Text is a string without order.
	Text
	// Bool is true or false; unknown is the interval of both.
	Bool
	// Date is a day, counted from 1970-01-01.
	Date
	// Enum is one of a closed list of names without order.
	Enum
	// Scale is one of a list of named levels in order. Levels are compared and
	// ranged, never added or multiplied.
	Scale
)

var kindNames = [...]string{"", "number", "integer", "text", "bool", "date", "enum", "scale"}

func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown kind"
}

// KindNames lists the kinds as packs spell them.
func KindNames() []string { return append([]string(nil), kindNames[1:]...) }

// KindOf is the kind that packs spell so, or zero.
func KindOf(name string) Kind {
	for k, n := range kindNames {
		if k > 0 && n == name {
			return Kind(k)
		}
	}
	return 0
}

// Ordered reports whether values of the kind may be given as an interval.
func (k Kind) Ordered() bool { return k == Number || k == Integer || k == Date || k == Scale }

// Numeric reports whether values of the kind may be added and multiplied.
func (k Kind) Numeric() bool { return k == Number || k == Integer }

// Names is a closed, ordered list of names: the symbols of an enum or the levels
// of a scale, lowest first.
type Names struct {
	List []string
	Docs []string // by position; "" where there is none
}

// Index is the position of a name, or -1.
func (n *Names) Index(name string) int {
	if n == nil {
		return -1
	}
	for i, s := range n.List {
		if s == name {
			return i
		}
	}
	return -1
}

// Same reports whether both hold the same names in the same order.
func (n *Names) Same(m *Names) bool {
	if n == m {
		return true
	}
	if n == nil || m == nil || len(n.List) != len(m.List) {
		return false
	}
	for i := range n.List {
		if n.List[i] != m.List[i] {
			return false
		}
	}
	return true
}

// Type is what a value is allowed to be: kind, unit, names and range.
type Type struct {
	Kind  Kind
	Unit  Unit   // of numbers and integers; of nothing else
	Names *Names // of enums and scales
	Range *Value // an interval of the kind that bounds every value; nil is unbounded
}

// Unknown is the value of which nothing is known but its type: the whole range.
func (t Type) Unknown() Value {
	v := Value{kind: t.Kind, state: unknown}
	switch t.Kind {
	case Number, Integer, Date:
		if t.Range != nil {
			v.lo, v.hi, v.ilo, v.ihi = t.Range.lo, t.Range.hi, t.Range.ilo, t.Range.ihi
			return v
		}
		v.lo, v.hi = -inf, inf
		v.ilo, v.ihi = MinInteger, MaxInteger
		if t.Kind == Number {
			v.ilo, v.ihi = 0, 0
		} else {
			v.lo, v.hi = 0, 0
		}
	case Bool:
		v.ihi = 1
	case Scale:
		if t.Names != nil {
			v.ihi = int64(len(t.Names.List) - 1)
		}
		if t.Range != nil {
			v.ilo, v.ihi = t.Range.ilo, t.Range.ihi
		}
	case Text, Enum: // no order: nothing stands for the ends
	}
	return v
}

// Count says how many facts of a type a case has.
type Count uint8

const (
	// One means exactly one a case; absent, every field of it is unknown.
	One Count = iota
	// Many means that the case lists all of them.
	Many
	// Open means that there may be more than the case lists.
	Open
)

var countNames = [...]string{"one", "many", "open"}

func (c Count) String() string { return countNames[c] }

// CountNames lists the counts as packs spell them.
func CountNames() []string { return append([]string(nil), countNames[:]...) }

// Field is one field of a fact type.
type Field struct {
	Name   string
	Index  int // position in FactType.Fields
	Doc    string
	Window string // the time that a value speaks of
	Asked  string // who would know it
	Type   Type
	Exact  bool // forbids unknown and intervals
	// Plausible is what searches move the value in; nil is the range of the type.
	Plausible *Value
	// Step is the grid on which searches move it: numbers of the unit, whole numbers,
	// days. 0 is the default, 1/1000 of what it may move in; levels move one by one.
	Step float64
	Cost float64 // what a search multiplies the way of a move by; 0 is 1
	Move Move
	Span Span
}

// Move says which way a search for other answers may move a value.
type Move uint8

const (
	// Free moves either way.
	Free Move = iota
	// Fixed never moves: history, or what names the case.
	Fixed
	// Up moves to higher values only.
	Up
	// Down moves to lower values only.
	Down
)

var moveNames = [...]string{"free", "fixed", "up", "down"}

func (m Move) String() string { return moveNames[m] }

// MoveNames lists the ways of moving as packs spell them.
func MoveNames() []string { return append([]string(nil), moveNames[:]...) }

// FactType is a declared kind of fact.
type FactType struct {
	Name      string
	Index     int // position in Schema.Types: pack order
	Doc       string
	Count     Count
	Concluded bool // by rules; otherwise stated by the case or the host program
	After     bool // comes after the decision: no path leads from it to the goal
	Context   bool // shown and never decisive: no rule may read it
	Fields    []*Field
	Key       []int // indexes of the key's fields; of concluded types only
	Span      Span

	byName map[string]*Field
}

// Field is the field of that name, or nil.
func (t *FactType) Field(name string) *Field { return t.byName[name] }

// FieldNames lists the fields in pack order.
func (t *FactType) FieldNames() []string {
	names := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		names[i] = f.Name
	}
	return names
}

// AddField appends a field and reports false when the name is taken.
func (t *FactType) AddField(f *Field) bool {
	if t.byName == nil {
		t.byName = map[string]*Field{}
	}
	if t.byName[f.Name] != nil {
		return false
	}
	f.Index = len(t.Fields)
	t.Fields = append(t.Fields, f)
	t.byName[f.Name] = f
	return true
}

// Quality is a declared quality of a field value and the mark that a line resting
// on it carries.
type Quality struct {
	Name string
	Mark string // reported, coded, ...: the pack's own marks
	Doc  string
	Span Span
}

// Schema is all that a pack declares about facts. It is immutable once loaded.
type Schema struct {
	Types     []*FactType
	Units     []string // declared unit names, in pack order
	UnitDocs  []string // by position: what each means; "" where that is not said
	Qualities []*Quality

	types map[string]*FactType
}

// Type is the fact type of that name, or nil.
func (s *Schema) Type(name string) *FactType { return s.types[name] }

// TypeNames lists the fact types in pack order.
func (s *Schema) TypeNames() []string {
	names := make([]string, len(s.Types))
	for i, t := range s.Types {
		names[i] = t.Name
	}
	return names
}

// Quality is the declared quality of that name, or nil.
func (s *Schema) Quality(name string) *Quality {
	for _, q := range s.Qualities {
		if q.Name == name {
			return q
		}
	}
	return nil
}

// AddType appends a type and reports false when the name is taken.
func (s *Schema) AddType(t *FactType) bool {
	if s.types == nil {
		s.types = map[string]*FactType{}
	}
	if s.types[t.Name] != nil {
		return false
	}
	t.Index = len(s.Types)
	s.Types = append(s.Types, t)
	s.types[t.Name] = t
	return true
}
