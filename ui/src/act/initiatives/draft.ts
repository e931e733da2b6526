import type { Initiative, InitiativeBody } from "../../api/useInitiatives.ts";

/** An initiative while it is being written: every field as its text. */
export interface Draft {
  name: string;
  hypothesis: string;
  kpi: string;
  lever: string;
  state: InitiativeBody["state"];
  from: string;
  to: string;
  cost: string;
  automations: string[];
  campaigns: string;
  did: string;
}

/** A new one, perhaps begun from a finding. */
export function newDraft(kpi = "", because = ""): Draft {
  return {
    name: "",
    hypothesis: because,
    kpi,
    lever: "",
    state: "idea",
    from: "",
    to: "",
    cost: "",
    automations: [],
    campaigns: "",
    did: "",
  };
}

export function draftOf(one: Initiative): Draft {
  return {
    name: one.name,
    hypothesis: one.hypothesis ?? "",
    kpi: one.kpi,
    lever: one.lever ?? "",
    state: one.state,
    from: one.from ?? "",
    to: one.to ?? "",
    cost: one.cost === undefined || one.cost === null ? "" : String(one.cost),
    automations: one.automations ?? [],
    campaigns: (one.campaigns ?? []).join("、"),
    did: one.did ?? "",
  };
}

/** Yen as people write them: 12,000 · 12000円 · １２０００; null where it is no number. */
export function readYen(text: string): number | null {
  const plain = text
    .normalize("NFKC")
    .replace(/[,\s\u5186¥]/g, "")
    .trim();
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

/** What is sent; null where the cost is no number. */
export function bodyOf(draft: Draft): InitiativeBody | null {
  const cost = draft.cost.trim() === "" ? undefined : readYen(draft.cost);
  if (cost === null) return null;
  return {
    name: draft.name.trim(),
    hypothesis: draft.hypothesis.trim(),
    kpi: draft.kpi,
    ...(draft.lever ? { lever: draft.lever } : {}),
    state: draft.state,
    ...(draft.from ? { from: draft.from } : {}),
    ...(draft.to ? { to: draft.to } : {}),
    ...(cost === undefined ? {} : { cost }),
    automations: draft.automations,
    campaigns: draft.campaigns
      .split(/[、,，\n]/)
      .map((one) => one.trim())
      .filter((one) => one !== ""),
    did: draft.did.trim(),
  };
}
