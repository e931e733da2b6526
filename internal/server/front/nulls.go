package front

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// DescribeNulls tells clients which objects can be null, and lets them send null.
// The library describes a pointer to a struct as the struct itself, and the
// generated client would then not warn of a missing target.
func DescribeNulls(registry huma.Registry) {
	for name, schema := range registry.Map() {
		t := registry.TypeFromRef("#/components/schemas/" + name)
		if t == nil || t.Kind() != reflect.Struct {
			continue
		}
		for _, f := range reflect.VisibleFields(t) {
			key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			property := schema.Properties[key]
			if property != nil && f.Type.Kind() == reflect.Pointer && f.Type.Elem().Kind() == reflect.Array {
				property.Nullable = true // a pair that is not always there
				continue
			}
			isObject := f.Type.Kind() == reflect.Pointer && f.Type.Elem().Kind() == reflect.Struct
			if property == nil || property.Ref == "" || !isObject {
				continue
			}
			schema.Properties[key] = &huma.Schema{
				AnyOf: []*huma.Schema{{Ref: property.Ref}, {Type: "null"}},
			}
		}
	}
}
