/** Words of the act screens: mail. */
export const mailing = {} as const;
