type Search = Record<string, unknown>;

/**
 * Makes what reads an address the only way in: whatever `read` does not give back is not there.
 * The router itself lays what was read over what the address said, so that a value that was
 * refused would still reach the screen.
 */
export function onlyTold<Told extends object>(read: (search: Search) => Told) {
  return (search: Search): Told => ({
    ...(Object.fromEntries(Object.keys(search).map((key) => [key, undefined])) as Partial<Told>),
    ...read(search),
  });
}
