/** Words of the goals screens. */
export const goals = {} as const;
