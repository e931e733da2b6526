package goal

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/shirube/shirube/internal/words"
)

var yamlLine = regexp.MustCompile(`line (\d+): `)

// countedFromZero are the complaints whose line the YAML library counts from 0;
// those of its scanner are counted from 1.
var countedFromZero = regexp.MustCompile(`did not find expected (node content|key|'-' indicator|',' or '[\]}]'|<document start>|<stream-start>)`)

// syntax puts the YAML library's complaint into words, at its line.
func (r *reader) syntax(text []byte, err error) {
	line, said := complaint(err)
	if strings.Contains(said, "expected key") || strings.Contains(said, "'-' indicator") {
		line = firstBroken(text, line, said)
	}
	bad := lineOf(text, line)
	place := Position{Line: line, Col: len(bad) - len(bytes.TrimLeft(bad, " ")) + 1}
	mend := words.T("字下げ、「:」のあとの空白、引用符の閉じ忘れを確かめてください。", "Check the indentation, the space after “:”, and unclosed quotes.")
	switch {
	case bytes.ContainsRune(bad, '\t'):
		mend = words.T("字下げのタブを空白に替えてください。", "Replace the tab with spaces.")
	case strings.Contains(said, "mapping values are not allowed"):
		mend = words.T("値に「: 」が入るときは、値を \" \" で囲んでください。", "Put the value in quotes when it contains “: ”.")
	case strings.Contains(said, "unknown anchor"):
		mend = words.T("「*」で始まる値は \" \" で囲んでください。", "Put a value that begins with “*” in quotes.")
	}
	r.fail(place, words.T("YAMLとして読めません(%s)。", "This is not valid YAML (%s).", said), mend)
}

// complaint takes the library's error apart: the line, counted from 1, and what
// it says.
func complaint(err error) (line int, said string) {
	said = strings.TrimPrefix(err.Error(), "yaml: ")
	line = 1
	if m := yamlLine.FindStringSubmatch(said); m != nil {
		line, _ = strconv.Atoi(m[1])
		said = strings.TrimPrefix(said, m[0])
		if countedFromZero.MatchString(said) {
			line++
		}
	}
	return line, said
}

// firstBroken is the line whose reading first brings the complaint. Of a block
// the library tells where it begins, which may be a screen above the slip.
func firstBroken(text []byte, from int, said string) int {
	const affordable = 64 << 10
	if len(text) > affordable {
		return from
	}
	end := 0
	for line := 1; end < len(text); line++ {
		if next := bytes.IndexByte(text[end:], '\n'); next >= 0 {
			end += next + 1
		} else {
			end = len(text)
		}
		if line < from {
			continue
		}
		var n yaml.Node
		if err := yaml.Unmarshal(text[:end], &n); err != nil {
			if _, now := complaint(err); now == said {
				return line
			}
		}
	}
	return from
}

func lineOf(text []byte, line int) []byte {
	lines := bytes.Split(text, []byte("\n"))
	if line < 1 || line > len(lines) {
		return nil
	}
	return lines[line-1]
}
