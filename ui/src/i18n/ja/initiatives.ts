/** Words of the act screens: initiatives. */
export const initiatives = {} as const;
