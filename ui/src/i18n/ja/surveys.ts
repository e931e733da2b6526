/** Words of the act screens: forms. */
export const surveys = {} as const;
