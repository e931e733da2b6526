/** Words of the share screens. */
export const share = {} as const;
