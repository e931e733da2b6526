/** Words of the edit screens. */
export const edit = {} as const;
