/** Words of links. */
export const links = {};
