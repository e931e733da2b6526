package server

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Maybe is a key of an edit: absent leaves the model's key alone, null takes it
// out, and text sets it. A plain *string could not tell the first two apart.
type Maybe struct {
	Given bool
	Text  *string
}

// UnmarshalJSON is called only for keys that are there.
func (m *Maybe) UnmarshalJSON(text []byte) error {
	m.Given = true
	return json.Unmarshal(text, &m.Text)
}

// Schema is a string or null.
func (Maybe) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Nullable: true}
}

// describeNulls tells clients which objects in replies can be null. The library
// describes a pointer to a struct as the struct itself, and the generated client
// would then not warn of a missing target.
func describeNulls(registry huma.Registry) {
	for name, schema := range registry.Map() {
		t := registry.TypeFromRef("#/components/schemas/" + name)
		if t == nil || t.Kind() != reflect.Struct {
			continue
		}
		for i := range t.NumField() {
			f := t.Field(i)
			key, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			property := schema.Properties[key]
			isObject := f.Type.Kind() == reflect.Pointer && f.Type.Elem().Kind() == reflect.Struct
			if property == nil || property.Ref == "" || !isObject || strings.Contains(options, "omitempty") {
				continue
			}
			schema.Properties[key] = &huma.Schema{
				AnyOf: []*huma.Schema{{Ref: property.Ref}, {Type: "null"}},
			}
		}
	}
}
