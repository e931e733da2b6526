// Package forecast says where a daily number is heading: how its days differ
// from one another (Profile), where a sum, a level or a rate will land, and how
// sure that is (Outcome).
//
// It is a plain projection: recent days, put right for weekday, holiday and
// season, carried on; its width comes from how much such days and such months
// have varied before. There is no model to choose and nothing to tune, so the
// same history always gives the same answer.
//
// The package is pure: histories come in as series, nothing asks the clock.
package forecast
