package bench

import (
	"fmt"

	"truce/facts"
	"truce/rules"
)

// Alarms is w4: ten sensors a site, ten sites a region. Sites below 100 are open
// and regions below 10 high, so that sensors below 1,000 always matter.
type Alarms struct {
	Sensors []Sensor // by id
	Sites   []Site   // by id
	High    []bool   // by region
	Acks    []int64  // sensors, in order
}

// Sensor measures at a site.
type Sensor struct{ Site, Value int64 }

// Site lies in a region.
type Site struct {
	Region int64
	Open   bool
}

// NewAlarms draws the facts; sensors are at least 2,000. With 90,000 there are 100,000
// facts: 9,000 sites, 900 regions and 100 acknowledgements.
func NewAlarms(sensors int) *Alarms {
	r := newTwister(11)
	a := &Alarms{Sensors: make([]Sensor, sensors), Sites: make([]Site, sensors/10), High: make([]bool, sensors/100)}
	for i := range a.Sensors {
		a.Sensors[i] = Sensor{int64(i / 10), int64(r.below(101))}
	}
	for i := range a.Sites {
		a.Sites[i] = Site{int64(i / 10), i < 100 || r.float() < 0.9}
	}
	for i := range a.High {
		a.High[i] = i < 10 || r.float() < 0.5
	}
	a.Acks = r.sample(1000, sensors, sensors/900)
	return a
}

// Count says from the facts alone how many alarms there are, and how many regions
// are quiet.
func (a *Alarms) Count() (alarms, quiet int) {
	acked := map[int64]bool{}
	for _, s := range a.Acks {
		acked[s] = true
	}
	loud := make([]bool, len(a.High))
	for i, s := range a.Sensors {
		t := a.Sites[s.Site]
		if s.Value > 90 && t.Open && a.High[t.Region] && !acked[int64(i)] {
			alarms++
			loud[t.Region] = true
		}
	}
	for i, high := range a.High {
		if high && !loud[i] {
			quiet++
		}
	}
	return alarms, quiet
}

// AlarmFacts makes facts of the pack of w4.
type AlarmFacts struct {
	Pack *rules.Pack
	err  error
}

// LoadAlarmFacts reads the pack of w4.
func LoadAlarmFacts() (*AlarmFacts, error) {
	p, err := LoadPack("w4/pack")
	return &AlarmFacts{Pack: p}, err
}

func (a *AlarmFacts) state(typ string, id int64, values ...facts.Value) *facts.StatedFact {
	f, err := state(a.Pack, typ, fmt.Sprint(id), values...)
	if err != nil && a.err == nil {
		a.err = err
	}
	return f
}

// Sensor is a sensor's fact.
func (a *AlarmFacts) Sensor(id int64, s Sensor) *facts.StatedFact {
	return a.state("Sensor", id, facts.IntegerOf(id), facts.IntegerOf(s.Site), facts.IntegerOf(s.Value))
}

// Site is a site's fact.
func (a *AlarmFacts) Site(id int64, s Site) *facts.StatedFact {
	status := "closed"
	if s.Open {
		status = "open"
	}
	return a.state("Site", id, facts.IntegerOf(id), facts.IntegerOf(s.Region), facts.EnumOf(status))
}

// Region is a region's fact.
func (a *AlarmFacts) Region(id int64, high bool) *facts.StatedFact {
	level := "low"
	if high {
		level = "high"
	}
	return a.state("Region", id, facts.IntegerOf(id), facts.EnumOf(level))
}

// Ack is the acknowledgement of a sensor.
func (a *AlarmFacts) Ack(sensor int64) *facts.StatedFact {
	return a.state("Ack", sensor, facts.IntegerOf(sensor))
}

// Case states all of them.
func (a *AlarmFacts) Case(all *Alarms) (*facts.Case, error) {
	c := &facts.Case{}
	for i, high := range all.High {
		c.Facts = append(c.Facts, a.Region(int64(i), high))
	}
	for i, s := range all.Sites {
		c.Facts = append(c.Facts, a.Site(int64(i), s))
	}
	for _, s := range all.Acks {
		c.Facts = append(c.Facts, a.Ack(s))
	}
	for i, s := range all.Sensors {
		c.Facts = append(c.Facts, a.Sensor(int64(i), s))
	}
	return c, a.err
}
