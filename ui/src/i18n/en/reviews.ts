import type { reviews as ja } from "../ja/reviews.ts";

/** Words of reviews. */
export const reviews: Record<keyof typeof ja, string> = {};
