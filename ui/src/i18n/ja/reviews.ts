/** Words of reviews. */
export const reviews = {};
