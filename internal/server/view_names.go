package server

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/share/viewlink"
	"github.com/shirube/shirube/internal/words"
)

// somebody stands where a name stood.
var somebody = words.T("担当者", "the person in charge")

// withoutNames empties the fields of a page that hold the name of a person. That somebody
// agreed stays told, with how many they were.
func withoutNames(page *ViewReply, lang words.Lang) {
	if page.Glossary != nil {
		for i := range page.Glossary.Indicators {
			page.Glossary.Indicators[i].Owner = ""
		}
	}
	reply := &page.Map
	reply.Model.Agreed = unnamed(reply.Model.Agreed, lang)
	for i := range reply.Indicators {
		one := &reply.Indicators[i]
		one.Owner = ""
		if one.Target != nil {
			one.Target.Agreed = unnamed(one.Target.Agreed, lang)
		}
	}
}

func unnamed(agreed []Agreement, lang words.Lang) []Agreement {
	if len(agreed) == 0 {
		return []Agreement{}
	}
	told := words.T("%d人", "%d people", len(agreed))
	if len(agreed) == 1 {
		told = words.T("1人", "one person")
	}
	all := Agreement{By: told.In(lang)}
	for _, a := range agreed {
		if a.On != nil && (all.On == nil || *a.On > *all.On) {
			all.On = a.On
		}
	}
	return []Agreement{all}
}

// namesOf is every name of a person in a model.
func namesOf(model *goal.Model) []string {
	var names []string
	for _, ind := range model.Indicators {
		names = append(names, ind.Owner)
		if ind.Target != nil {
			for _, a := range ind.Target.Agreed {
				names = append(names, a.By)
			}
		}
		for _, stated := range ind.Stated {
			names = append(names, stated.By)
		}
	}
	for _, source := range model.Sources {
		for _, metric := range source.Metrics {
			if metric.Entry != nil {
				names = append(names, metric.Entry.Owner)
			}
		}
	}
	return names
}

// identifiers are the keys of a reply whose texts are for programs: they stay as they are.
var identifiers = map[string]bool{
	"id": true, "slug": true, "from": true, "to": true, "parent": true, "indicator": true, "link": true, "code": true,
	"measure": true,
}

// masked is a reply whose texts hold none of the names. It goes over all of them, so that a
// sentence that is added to the reply one day is masked as well.
func masked(reply any, mask *viewlink.Mask) (any, error) {
	text, err := json.Marshal(reply)
	if err != nil {
		return nil, fmt.Errorf("marshal what is shown: %w", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber() // every digit stays
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		return nil, fmt.Errorf("read what is shown: %w", err)
	}
	return maskedIn(tree, mask), nil
}

func maskedIn(tree any, mask *viewlink.Mask) any {
	switch at := tree.(type) {
	case string:
		return mask.Hide(at)
	case []any:
		for i := range at {
			at[i] = maskedIn(at[i], mask)
		}
	case map[string]any:
		for key, value := range at {
			if !identifiers[key] {
				at[key] = maskedIn(value, mask)
			}
		}
	}
	return tree
}
