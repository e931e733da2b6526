/** Words of activity. */
export const activity = {};
