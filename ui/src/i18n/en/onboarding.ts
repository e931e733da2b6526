import type { onboarding as ja } from "../ja/onboarding.ts";

/** Words of onboarding. */
export const onboarding: Record<keyof typeof ja, string> = {};
