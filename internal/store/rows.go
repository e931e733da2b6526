package store

// readRows turns rows into what they stand for; the first that cannot be read ends it.
func readRows[R, T any](rows []R, read func(R) (T, error)) ([]T, error) {
	list := make([]T, len(rows))
	for i, row := range rows {
		var err error
		if list[i], err = read(row); err != nil {
			return nil, err
		}
	}
	return list, nil
}
