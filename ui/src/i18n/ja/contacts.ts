/** Words of the act screens: contacts. */
export const contacts = {} as const;
