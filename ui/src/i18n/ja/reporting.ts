/** Words of reporting. */
export const reporting = {};
