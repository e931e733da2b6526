/** Words of the act screens: scores. */
export const scores = {} as const;
