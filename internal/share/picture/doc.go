// Package picture draws the map without a browser: cards, roads, signs and legend as plain
// shapes, and the shapes as an SVG file that holds no script and runs nothing. What stands on
// a card comes in as finished words. The same map gives the same picture, byte for byte.
package picture
