package cases

import (
	"math"
	"slices"

	"truce/explain"
	"truce/rules"
)

// ScoreFormat is the version of the JSON form of Score.
const ScoreFormat = "truce.score/1"

// Score is a table of cases under one or more variants of the rules. It is the JSON
// document of that name as it stands.
type Score struct {
	Format   string    `json:"format"`
	Variants []Variant `json:"variants"`
}

// Variant is the cases under one variant of the rules.
type Variant struct {
	Name   string          `json:"variant"` // "with extensions"
	Pack   explain.PackRef `json:"pack"`
	Rows   []Row           `json:"rows"` // as the cases were given
	All    Part            `json:"all"`
	Tiers  []Part          `json:"tiers,omitempty"`  // by name
	Groups []Part          `json:"groups,omitempty"` // those of a group before the rest
}

// Part is the count of some of the cases.
type Part struct {
	Name        string `json:"part"`
	Cases       int    `json:"cases"`
	Right       int    `json:"right"`
	Wrong       int    `json:"wrong"`
	OnSecond    int    `json:"settled_on_second_label"` // of the wrong ones
	OpenWith    int    `json:"open_with_label"`
	OpenWithout int    `json:"open_without_label"`
	Failed      int    `json:"failed"`
	Unlabelled  int    `json:"without_label"`
	// Rate is that of the right ones among all that have a label; OfSettled among
	// those that are settled.
	Rate      Rate `json:"rate"`
	OfSettled Rate `json:"rate_of_settled"`
	// Base is what the commonest label alone would score. Where several are equally
	// common the first of the alphabet is named.
	Base      Rate   `json:"base_rate"`
	BaseLabel string `json:"base_label,omitempty"`
}

// Rate is a share with its Wilson interval at 95 percent. Of none there is no
// share, and Share, Low and High are 0.
type Rate struct {
	Hits  int     `json:"hits"`
	Of    int     `json:"of"`
	Share float64 `json:"share"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Count counts cases under one variant of the rules. The groups are those that the
// cases were made with.
func Count(name string, p *rules.Pack, groups []Group, cs []Case) Variant {
	v := Variant{Name: name, Pack: explain.PackRef{Name: p.Name, Version: p.Version, Digest: p.Digest}, Rows: []Row{}}
	for i := range cs {
		v.Rows = append(v.Rows, rowOf(&p.Goal, groups, &cs[i]))
	}
	v.All = part("all", v.Rows)
	for _, tier := range tiers(v.Rows) {
		v.Tiers = append(v.Tiers, part(tier, choose(v.Rows, func(r *Row) bool { return r.Tier == tier })))
	}
	for i, g := range groups {
		for _, title := range []string{g.Title, g.Others} {
			rows := choose(v.Rows, func(r *Row) bool { return r.Groups[i] == title })
			v.Groups = append(v.Groups, part(title, rows))
		}
	}
	return v
}

// Of is the table of variants, in the order given.
func Of(variants ...Variant) *Score { return &Score{Format: ScoreFormat, Variants: variants} }

func choose(rows []Row, keep func(*Row) bool) []Row {
	var out []Row
	for i := range rows {
		if keep(&rows[i]) {
			out = append(out, rows[i])
		}
	}
	return out
}

func tiers(rows []Row) []string {
	var list []string
	for _, r := range rows {
		if r.Tier != "" && !slices.Contains(list, r.Tier) {
			list = append(list, r.Tier)
		}
	}
	slices.Sort(list)
	return list
}

func part(name string, rows []Row) Part {
	p := Part{Name: name, Cases: len(rows)}
	labels := map[string]int{}
	for i := range rows {
		r := &rows[i]
		switch r.Outcome {
		case Right:
			p.Right++
		case Wrong:
			p.Wrong++
		case OpenWith:
			p.OpenWith++
		case OpenWithout:
			p.OpenWithout++
		case Failure:
			p.Failed++
		case Unlabelled:
			p.Unlabelled++
		}
		if r.OnSecond {
			p.OnSecond++
		}
		if r.Label != "" {
			labels[r.Label]++
		}
	}
	labelled := 0
	for l, n := range labels {
		labelled += n
		if n > p.Base.Hits || n == p.Base.Hits && l < p.BaseLabel {
			p.Base.Hits, p.BaseLabel = n, l
		}
	}
	p.Rate = rate(p.Right, labelled)
	p.OfSettled = rate(p.Right, p.Right+p.Wrong)
	p.Base = rate(p.Base.Hits, labelled)
	return p
}

// z95 is the point of the normal distribution that leaves 2.5 percent on each side.
const z95 = 1.959963984540054

// rate is a share with its Wilson score interval: the shares that a test at the
// level would not reject. It stays inside 0 to 1 and holds for few cases too.
func rate(hits, of int) Rate {
	r := Rate{Hits: hits, Of: of}
	if of == 0 {
		return r
	}
	n, z2 := float64(of), z95*z95
	p := float64(hits) / n
	middle := (p + z2/(2*n)) / (1 + z2/n)
	half := z95 * math.Sqrt(p*(1-p)/n+z2/(4*n*n)) / (1 + z2/n)
	r.Share, r.Low, r.High = p, max(0, middle-half), min(1, middle+half)
	return r
}
