/** How far a score sheet is, as people say it. */
export const sheetWords = (state: string): string => (state === "none" ? "Not begun" : state.charAt(0).toUpperCase() + state.slice(1));
