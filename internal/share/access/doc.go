// Package access is who may do what: the roles of people in a workspace, what each
// role may do, the scopes of API keys, passwords and the secrets that stand for a
// person or a program. It thinks only: who is asking, and where all this is kept,
// is known by others. Randomness comes in from outside.
package access
