/** Words of questions. */
export const questions = {};
