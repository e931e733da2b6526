/** Words of the act screens: automations. */
export const automations = {} as const;
