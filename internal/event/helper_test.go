package event

import (
	"encoding/binary"
	"hash/crc32"
	"reflect"
	"strconv"
)

// fullEvent has something else in every field.
func fullEvent() Event {
	var e Event
	fill(reflect.ValueOf(&e).Elem(), new(int))
	return e
}

func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.String:
		v.SetString("text " + strconv.Itoa(*n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(float64(*n) + 0.5)
	case reflect.Uint8:
		v.SetUint(uint64(*n))
	case reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Slice:
		v.SetBytes([]byte(`{"n":` + strconv.Itoa(*n) + `}`))
	default:
		panic("fullEvent cannot fill a " + v.Kind().String())
	}
}

// sealed puts version and checksum before the body of a batch.
func sealed(body []byte) []byte {
	payload := append([]byte{codecVersion, 0, 0, 0, 0}, body...)
	binary.LittleEndian.PutUint32(payload[1:], crc32.Checksum(body, castagnoli))
	return payload
}
