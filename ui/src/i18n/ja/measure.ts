/** Words of the measure screens. */
export const measure = {} as const;
