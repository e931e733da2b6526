/** Words of glossary. */
export const glossary = {};
