/** Words of the act screens: conditions and segments. */
export const conditions = {} as const;
