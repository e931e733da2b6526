/** Words of signin. */
export const signin = {};
