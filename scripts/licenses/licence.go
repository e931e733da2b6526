package main

import (
	"fmt"
	"regexp"
	"strings"
)

// known recognises a licence by a phrase that only its text has. The order matters:
// texts that quote others come first.
var known = []struct {
	name   string
	phrase string
}{
	{"Apache-2.0", "apache license version 2.0"},
	{"MPL-2.0", "mozilla public license version 2.0"},
	{"AGPL", "gnu affero general public license"},
	{"LGPL", "gnu lesser general public license"},
	{"GPL", "gnu general public license"},
	{"BSD-3-Clause", "neither the name of"},
	{"BSD-2-Clause", "redistributions in binary form must reproduce"},
	{"ISC", "permission to use copy modify and or distribute this software for any purpose with or without fee is hereby granted provided"},
	{"0BSD", "permission to use copy modify and or distribute this software for any purpose with or without fee is hereby granted"},
	{"MIT", "permission is hereby granted free of charge to any person obtaining a copy"},
	{"Unlicense", "this is free and unencumbered software released into the public domain"},
}

// allowed are the licences whose works may be part of a product under Apache-2.0.
// MPL-2.0 asks for the source of its own files only, which lies in public.
var allowed = map[string]bool{
	"Apache-2.0": true, "MIT": true, "BSD-2-Clause": true, "BSD-3-Clause": true,
	"ISC": true, "0BSD": true, "MPL-2.0": true, "Unlicense": true,
}

var notAWord = regexp.MustCompile(`[^a-z0-9.]+`)

// recognise names the licence of a text, or "" when it is none that we know.
func recognise(content string) string {
	flat := notAWord.ReplaceAllString(strings.ToLower(content), " ")
	for _, k := range known {
		if strings.Contains(flat, k.phrase) {
			return k.name
		}
	}
	return ""
}

// licence names every licence of a component, or explains why it may not be carried.
func (c component) licence() (string, error) {
	var names []string
	seen := map[string]bool{}
	add := func(name string) {
		if name != "" && !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	for _, t := range c.texts {
		add(recognise(t.content))
	}
	if len(names) == 0 {
		add(c.declared)
	}
	if len(names) == 0 {
		return "", fmt.Errorf("%s %s: no licence was recognised; look at it and teach licence.go", c.name, c.version)
	}
	for _, name := range names {
		if !allowed[name] {
			return "", fmt.Errorf("%s %s is under %q, which may not be part of a product under Apache-2.0", c.name, c.version, name)
		}
	}
	return strings.Join(names, ", "), nil
}
