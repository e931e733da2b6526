/** Words of the model screens. */
export const model = {} as const;
