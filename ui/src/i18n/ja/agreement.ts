/** Words of agreement. */
export const agreement = {};
