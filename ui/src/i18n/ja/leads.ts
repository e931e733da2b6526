/** Words of the act screens: leads. */
export const leads = {} as const;
