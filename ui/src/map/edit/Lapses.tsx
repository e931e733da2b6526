import type { ModelCheck } from "../../api/types.ts";
import { Notice } from "../../kit/Notice.tsx";

/** How many signatures a save ends, told before it is saved; nothing where none does. */
export function Lapses({ lapses }: { lapses: ModelCheck["lapses"] | undefined }) {
  if (!lapses) return null;
  return (
    <Notice kind="warn">
      {lapses.sentence}
      <ul>
        {lapses.changes.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </Notice>
  );
}
