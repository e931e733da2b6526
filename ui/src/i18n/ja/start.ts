/** Words of the start screens. */
export const start = {} as const;
