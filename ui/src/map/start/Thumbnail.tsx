import type { Template } from "../../api/types.ts";

/** The tree of a template, small: the KGI at the left, what it is made of at the right. */
export function Thumbnail({ shape }: { shape: Template["shape"] }) {
  const kgi = shape.findIndex((node) => node.parent === -1);
  const children = shape.flatMap((node, i) => (node.parent === kgi && i !== kgi ? [i] : []));
  const leaves = children.map((child) => shape.filter((node) => node.parent === child).length);
  const rows = Math.max(
    1,
    leaves.reduce((sum, count) => sum + Math.max(1, count), 0),
  );
  const pitch = 10;
  const height = Math.max(rows * pitch, 22);
  const top = (height - rows * pitch) / 2;
  let row = 0;
  const boxes = children.map((_, i) => {
    const own = Math.max(1, leaves[i] ?? 0);
    const y = top + (row + own / 2) * pitch;
    const grand = Array.from({ length: leaves[i] ?? 0 }, (_, k) => top + (row + k + 0.5) * pitch);
    row += own;
    return { y, grand };
  });
  const middle = height / 2;
  const line = { fill: "none", stroke: "currentColor", strokeWidth: 1.5 } as const;
  return (
    <svg width="84" height={height} viewBox={`0 0 84 ${height}`} aria-hidden="true">
      {boxes.map(({ y, grand }) => (
        <g key={y} {...line}>
          <path d={`M16 ${middle}H24V${y}H32`} strokeLinejoin="round" />
          {grand.map((g) => (
            <g key={g}>
              <path d={`M46 ${y}H54V${g}H62`} strokeLinejoin="round" />
              <rect x="62" y={g - 3} width="12" height="6" rx="2" fill="var(--card)" />
            </g>
          ))}
          <rect x="32" y={y - 4} width="14" height="8" rx="2" fill="var(--card)" />
        </g>
      ))}
      <rect x="1" y={middle - 8} width="16" height="16" rx="3" {...line} fill="var(--card)" />
    </svg>
  );
}
