package main

import (
	"strings"
	"testing"
)

func TestRecogniseLicences(t *testing.T) {
	for content, want := range map[string]string{
		"Apache License\n  Version 2.0, January 2004":                                                                                           "Apache-2.0",
		"Permission is hereby granted, free of charge, to any person obtaining\na copy":                                                         "MIT",
		"Redistributions in binary form must reproduce\n * Neither the name of Google Inc.":                                                     "BSD-3-Clause",
		"Redistributions in binary form must reproduce the above copyright notice":                                                              "BSD-2-Clause",
		"Mozilla Public License Version 2.0\n... GNU General Public License":                                                                    "MPL-2.0",
		"GNU AFFERO GENERAL PUBLIC LICENSE":                                                                                                     "AGPL",
		"Additional IP Rights Grant (Patents)":                                                                                                  "",
		"Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that": "ISC",
	} {
		if got := recognise(content); got != want {
			t.Errorf("%q was taken for %q, want %q", content, got, want)
		}
	}
}

func TestRefuseWhatMayNotBeCarried(t *testing.T) {
	for _, c := range []component{
		{name: "strict", texts: []text{{content: "GNU AFFERO GENERAL PUBLIC LICENSE"}}},
		{name: "declared", declared: "BUSL-1.1"},
		{name: "unknown", texts: []text{{content: "All rights reserved."}}},
	} {
		if licence, err := c.licence(); err == nil || !strings.Contains(err.Error(), c.name) {
			t.Errorf("%s: accepted as %q with error %v", c.name, licence, err)
		}
	}
}
