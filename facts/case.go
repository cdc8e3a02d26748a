package facts

// Period is the time that a value speaks of: first and last day, both included.
type Period struct{ From, To int64 }

// Datum is one field value of a stated fact with its provenance.
type Datum struct {
	// What the rules see of it depends on the first five, which stand together because
	// each change of a fact reads them.
	Given      bool // the case says something of the field, if only "unknown"
	KnownLater bool // became known after the case's date, on a day not recorded
	Period     *Period
	KnownOn    *int64 // the day on which the value became known
	Value      Value
	Source     string
	Quality    string // one of the schema's, or ""
	Evidence   string
	Note       string
	Masked     string // the digest that stands in the place of all that the case says; the value is unknown then
	Span       Span
}

// Later reports whether the value could not be known on the day asOf: its period
// ends, or it became known, after that day.
func (d *Datum) Later(asOf int64) bool {
	return d.KnownLater || d.Period != nil && d.Period.To > asOf || d.KnownOn != nil && *d.KnownOn > asOf
}

// StatedFact is a fact that a case or a host program states.
type StatedFact struct {
	Type *FactType
	ID   string  // unique within the type; "" for a type of which there is one
	Data []Datum // by field index
	Span Span
}

// Name is how the fact is called everywhere: Type for the one of its type,
// Type(id) otherwise.
func (f *StatedFact) Name() string {
	if f.Type.Count == One {
		return f.Type.Name
	}
	return f.Type.Name + "(" + f.ID + ")"
}

// Expected is what happened. It is never an input.
type Expected struct {
	Label       string // one of the pack's case labels
	Confidence  string
	Sublabel    string
	Alternative string // a second label that a fair reader might set
	Note        string
	Span        Span
}

// Case is one dated set of facts.
type Case struct {
	ID       string
	Title    string // a neutral question
	AsOf     int64  // day: the one clock that rules see
	Tier     string // a free word by which scores are grouped
	Facts    []*StatedFact
	Complete []string // open types of which the case lists all
	Expected *Expected
	Sources  []string
	Notes    []string
	Span     Span
}
