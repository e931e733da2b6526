package template

import (
	"fmt"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/words"
)

// Info is what the start screen shows of a template.
type Info struct {
	Key     string
	Name    string
	Summary string
	KGI     KGI
	Shape   []Node   // the tree by formulas, the KGI first, parents before children
	Sources []Source // the files a team brings to replace the sample
}

// KGI is a template's goal as it stands in the form of the start screen.
type KGI struct {
	ID, Name, Unit string
	Kind           goal.TargetKind
	Amount         float64 // in the unit; the factor for growth
	Per            string  // hold: the period
	Serves         string
}

// Node is one card of the small tree.
type Node struct {
	ID, Name string
	Parent   string // empty for the KGI
	Level    int    // below the KGI
	Join     string // how the children join, as formula.Shape.Sign tells; empty for a leaf
}

// Source is a table the template reads.
type Source struct {
	ID, Path, Date string
	Columns        []string // besides the date
}

// List describes every template in a language, in the order they are offered.
func List(lang words.Lang) ([]Info, error) {
	infos := make([]Info, 0, len(cards))
	for _, c := range cards {
		text, err := modelText(c.key, lang)
		if err != nil {
			return nil, err
		}
		model, err := goal.Parse(ModelFile, text)
		if err != nil {
			return nil, fmt.Errorf("parse template %q: %w", c.key, err)
		}
		infos = append(infos, describe(c, model, lang))
	}
	return infos, nil
}

func describe(c card, m *goal.Model, lang words.Lang) Info {
	kgi := m.KGI()
	info := Info{Key: c.key, Name: c.name.In(lang), Summary: c.summary.In(lang), Shape: shape(m)}
	info.KGI = KGI{ID: kgi.ID, Name: kgi.Name, Unit: kgi.Unit, Kind: kgi.Target.Kind, Amount: kgi.Target.Amount, Serves: kgi.Serves}
	if kgi.Target.Kind == goal.TargetHold {
		info.KGI.Per = kgi.Target.Per.String()
	}
	for _, s := range m.Sources {
		info.Sources = append(info.Sources, Source{ID: s.ID, Path: s.Path, Date: s.Date, Columns: s.Headers()[1:]})
	}
	return info
}

// shape walks the formulas from the KGI, breadth first; an indicator used twice
// is drawn once, at its first place.
func shape(m *goal.Model) []Node {
	kgi := m.KGI()
	nodes := []Node{{ID: kgi.ID, Name: kgi.Name, Join: joinSign(kgi.Formula)}}
	seen := map[string]bool{kgi.ID: true}
	for at := 0; at < len(nodes); at++ {
		parent := nodes[at]
		for _, id := range m.Children(parent.ID) {
			if seen[id] {
				continue
			}
			seen[id] = true
			child := m.Indicator(id)
			nodes = append(nodes, Node{ID: id, Name: child.Name, Parent: parent.ID, Level: parent.Level + 1, Join: joinSign(child.Formula)})
		}
	}
	return nodes
}

func joinSign(e *formula.Expr) string {
	if e == nil {
		return ""
	}
	return e.Shape().Sign()
}
