package goal

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v3"
)

// document is the text of a model file together with its tree. A change is made
// in the tree and then written back by replacing only the lines of the smallest
// block entry around it.
type document struct {
	lines []string
	root  *yaml.Node
}

func openDocument(text []byte) (*document, error) {
	r := &reader{file: "model"}
	root := r.document(text)
	if root == nil {
		return nil, r.problems.Err()
	}
	s := strings.ReplaceAll(string(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))), "\r\n", "\n")
	return &document{lines: strings.Split(strings.TrimRight(s, "\n"), "\n"), root: root}, nil
}

func (d *document) text() []byte {
	return []byte(strings.Join(d.lines, "\n") + "\n")
}

// reopen reads the tree again after the lines have changed.
func (d *document) reopen() {
	var doc yaml.Node
	if err := yaml.Unmarshal(d.text(), &doc); err == nil && len(doc.Content) > 0 {
		d.root = doc.Content[0]
	}
}

// child finds a key of a mapping: its key and value nodes, or nil.
func child(n *yaml.Node, key string) (k, v *yaml.Node) {
	if n = resolve(n); n == nil || n.Kind != yaml.MappingNode {
		return nil, nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i], n.Content[i+1]
		}
	}
	return nil, nil
}

func (d *document) find(path []string) *yaml.Node {
	n := d.root
	for _, key := range path {
		if _, n = child(n, key); n == nil {
			return nil
		}
	}
	return resolve(n)
}

func (d *document) has(path []string) bool { return d.find(path) != nil }

// set puts a value at a path, creating what is missing on the way.
func (d *document) set(path []string, value *yaml.Node) {
	depth, n := 0, d.root
	for depth < len(path) {
		_, next := child(n, path[depth])
		if next == nil || depth < len(path)-1 && resolve(next).Kind != yaml.MappingNode {
			break
		}
		depth++
		if depth < len(path) {
			n = resolve(next)
		}
	}
	if depth == len(path) { // the entry exists: give it a new value
		k, v := child(n, path[len(path)-1])
		value.LineComment, value.HeadComment, value.FootComment = v.LineComment, v.HeadComment, ""
		replaceValue(n, k, value)
		d.rewrite(path)
		return
	}
	for i := len(path) - 1; i > depth; i-- {
		wrapped := &yaml.Node{Kind: yaml.MappingNode}
		wrapped.Content = []*yaml.Node{textNode(path[i]), value}
		value = wrapped
	}
	if k, v := child(n, path[depth]); k != nil { // an empty entry such as "kpis:"
		value.LineComment = v.LineComment
		replaceValue(n, k, value)
		d.rewrite(path[:depth+1])
		return
	}
	n.Content = append(n.Content, textNode(path[depth]), value)
	if n.Style&yaml.FlowStyle == 0 && len(n.Content) > 2 || n == d.root {
		d.insertAfter(n, path[depth], value)
		return
	}
	d.rewrite(path[:depth])
}

func replaceValue(n, k, value *yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i] == k {
			n.Content[i+1] = value
		}
	}
}

// remove takes an entry out; nothing happens when it is not there.
func (d *document) remove(path []string) {
	n := d.find(path[:len(path)-1])
	k, _ := child(n, path[len(path)-1])
	if k == nil {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i] == k {
			n.Content = append(n.Content[:i:i], n.Content[i+2:]...)
			break
		}
	}
	if n.Style&yaml.FlowStyle != 0 && n != d.root {
		d.rewrite(path[:len(path)-1])
		return
	}
	from, to := d.extent(k)
	d.splice(from, to, nil)
}

// rewrite writes the entry at a path anew, or the nearest one around it that
// stands on lines of its own.
func (d *document) rewrite(path []string) {
	parent, at := d.root, 0
	for i := 0; i < len(path)-1; i++ {
		_, next := child(parent, path[i])
		next = resolve(next)
		if next == nil || next.Kind != yaml.MappingNode || next.Style&yaml.FlowStyle != 0 || next.Line == 0 {
			break
		}
		parent, at = next, i+1
	}
	k, v := child(parent, path[at])
	from, to := d.extent(k)
	d.splice(from, to, render(k, v, k.Column-1))
}

// insertAfter adds a new last entry to a block mapping.
func (d *document) insertAfter(n *yaml.Node, key string, value *yaml.Node) {
	last := n.Content[len(n.Content)-4] // the entry before the new one
	_, to := d.extent(last)
	d.splice(to, to, render(textNode(key), value, last.Column-1))
}

// extent gives the lines of an entry, from its key to before what follows:
// everything indented deeper than the key belongs to it. Lines count from 0; to
// is exclusive.
func (d *document) extent(k *yaml.Node) (from, to int) {
	from = k.Line - 1
	to = from + 1
	for i := from + 1; i < len(d.lines); i++ {
		trimmed := strings.TrimLeft(d.lines[i], " ")
		if trimmed == "" {
			continue
		}
		indent := len(d.lines[i]) - len(trimmed)
		inSequence := indent == k.Column-1 && strings.HasPrefix(trimmed, "- ")
		if indent < k.Column && !inSequence {
			break
		}
		to = i + 1
	}
	return from, to
}

func (d *document) splice(from, to int, with []string) {
	d.lines = append(d.lines[:from:from], append(with, d.lines[to:]...)...)
	d.reopen()
}

// render writes an entry as lines at an indentation.
func render(key, value *yaml.Node, indent int) []string {
	label := textNode(key.Value)
	label.LineComment = key.LineComment // what stands above the entry is not part of it
	entry := &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{label, value}}
	var b bytes.Buffer
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	if err := encoder.Encode(entry); err != nil {
		// Only trees of plain nodes come here; the encoder cannot refuse them.
		panic("encode model entry: " + err.Error())
	}
	lines := strings.Split(strings.TrimRight(b.String(), "\n"), "\n")
	for i := range lines {
		if lines[i] != "" {
			lines[i] = strings.Repeat(" ", indent) + lines[i]
		}
	}
	return lines
}
