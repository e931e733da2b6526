import type { ReactNode } from "react";

const shapes = {
  map: (
    <path d="M3 5.5 7.5 3.5 12.5 5.5 17 3.5V14.5L12.5 16.5 7.5 14.5 3 16.5ZM7.5 3.5V14.5M12.5 5.5V16.5" />
  ),
  measure: <path d="M3.5 16.5H17M6 16V10.5M10 16V5M14 16V8" />,
  ask: <path d="M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm2.900 4.100-1.800 4-4 1.800 1.800-4Z" />,
  act: <path d="M4 10H14.500M11 6l4.500 4L11 14" />,
  share: (
    <>
      <circle cx="7" cy="7" r="2.8" />
      <circle cx="14" cy="8.2" r="2.1" />
      <path d="M2.3 16.2c.3-2.9 2.100-4.600 4.700-4.600s4.400 1.700 4.700 4.600M13.400 12.100c2.400-.2 4 1.200 4.300 3.600" />
    </>
  ),
  down: <path d="m5 8 5 5 5-5" />,
  up: <path d="m5 12 5-5 5 5" />,
  left: <path d="m12 5-5 5 5 5" />,
  right: <path d="m8 5 5 5-5 5" />,
  calendar: (
    <>
      <rect x="3.5" y="4.5" width="13" height="12" rx="2" />
      <path d="M3.5 8.5h13M7 2.8v3M13 2.8v3" />
    </>
  ),
  flag: <path d="M5 17V3.5h9.500L12 7l2.500 3.500H5" />,
  search: (
    <>
      <circle cx="9" cy="9" r="5" />
      <path d="m13 13 4 4" />
    </>
  ),
  clock: (
    <>
      <circle cx="10" cy="10" r="6.8" />
      <path d="M10 6v4.200l2.600 1.800" />
    </>
  ),
  info: (
    <>
      <circle cx="10" cy="10" r="6.8" />
      <path d="M10 9.300v4M10 6.700v.1" />
    </>
  ),
  close: <path d="m5 5 10 10M15 5 5 15" />,
  minus: <path d="M4 10h12" />,
  plus: <path d="M10 4v12M4 10h12" />,
  check: <path d="m4 10.500 4 4 8-9" />,
  fit: <path d="M3.5 7V3.5H7M13 3.5h3.500V7M16.500 13v3.500H13M7 16.500H3.500V13" />,
  print: (
    <>
      <path d="M6 7V3h8v4M6 14H3.500V7.500h13V14H14" />
      <path d="M6 11.500h8V17H6Z" />
    </>
  ),
  picture: (
    <>
      <rect x="3" y="4" width="14" height="12" rx="1.500" />
      <path d="m4 14 4-4 3 3 2-2 3 3" />
      <circle cx="13" cy="7.500" r="1.100" />
    </>
  ),
  edit: <path d="M4 16l.8-3.200L13.300 4.300l2.400 2.400L7.200 15.200ZM11.500 6l2.500 2.500" />,
  upload: <path d="M10 13V4M6.500 7.500 10 4l3.500 3.500M4 13v3h12v-3" />,
  download: <path d="M10 4v9M6.500 9.500 10 13l3.500-3.500M4 13v3h12v-3" />,
  trash: <path d="M4.500 6h11M8 6V4h4v2M6 6l.7 10h6.600L14 6" />,
  copy: (
    <>
      <rect x="7" y="7" width="9" height="9" rx="1.500" />
      <path d="M13 7V4H4v9h3" />
    </>
  ),
  link: (
    <path d="M8.500 11.500l3-3M7.500 9 5.500 11a2.500 2.500 0 0 0 3.500 3.500l2-2M12.500 11l2-2A2.500 2.500 0 0 0 11 5.500l-2 2" />
  ),
  more: (
    <g fill="currentColor" stroke="none">
      <circle cx="4.5" cy="10" r="1.500" />
      <circle cx="10" cy="10" r="1.500" />
      <circle cx="15.5" cy="10" r="1.500" />
    </g>
  ),
  key: (
    <>
      <circle cx="7" cy="7" r="3.500" />
      <path d="m9.500 9.500 7 7M13.500 13.500l2-2" />
    </>
  ),
  person: (
    <>
      <circle cx="10" cy="7" r="3" />
      <path d="M4 16.500c.4-3.200 2.700-5 6-5s5.600 1.800 6 5" />
    </>
  ),
  leave: <path d="M8 4H4v12h4M8 10h8.500M13 6.500l3.500 3.500-3.500 3.500" />,
  levels: <path d="M3 5h5v4H3ZM12 3h5v4h-5ZM12 12h5v4h-5ZM8 7h2M10 5v9M10 5h2M10 14h2" />,
  sun: (
    <path d="M10 6.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7ZM10 2v1.500M10 16.500V18M2 10h1.500M16.500 10H18M4.300 4.300l1.100 1.100M14.600 14.600l1.100 1.100M4.300 15.700l1.100-1.100M14.600 5.400l1.100-1.100" />
  ),
  moon: <path d="M16 12.500A6.500 6.500 0 0 1 7.500 4a6.500 6.500 0 1 0 8.500 8.500Z" />,
  device: (
    <>
      <rect x="3" y="4" width="14" height="9.500" rx="1.500" />
      <path d="M7.500 16.500h5" />
    </>
  ),
  eye: (
    <>
      <path d="M2.500 10S5.200 5 10 5s7.500 5 7.500 5-2.700 5-7.500 5-7.500-5-7.500-5Z" />
      <circle cx="10" cy="10" r="2.200" />
    </>
  ),
  mail: <path d="M3 5.500h14v9H3ZM3.500 6l6.500 5 6.500-5" />,
  tag: (
    <>
      <path d="M3.500 3.500h6l7 7-6 6-7-7Z" />
      <circle cx="6.800" cy="6.800" r="1" />
    </>
  ),
  company: <path d="M4 17V4h8v13M12 8h4v9M2.500 17h15M6.500 7h3M6.500 10h3M6.500 13h3" />,
  undo: <path d="M7 5.500 3.500 9 7 12.500M4 9h7.500a4 4 0 0 1 0 8H9" />,
  redo: <path d="M13 5.500 16.500 9 13 12.500M16 9H8.500a4 4 0 0 0 0 8H11" />,
  fork: (
    <path d="M10 17v-5M10 12c0-3-5-3-5-7.500M10 12c0-3 5-3 5-7.500M3 6.500l2-2 2 2M13 6.500l2-2 2 2" />
  ),
  bell: <path d="M5 14c1-1.200 1-2.500 1-5a4 4 0 0 1 8 0c0 2.500 0 3.800 1 5ZM8.500 16.500h3" />,
  warning: <path d="M10 3.500 17.300 16H2.700ZM10 8v4M10 14v.1" />,
  phone: (
    <path d="M5 3.500h2.600l1.200 3.300-1.600 1.400c.8 1.900 2.300 3.400 4.300 4.300l1.500-1.600 3.300 1.200V15c0 .9-.7 1.600-1.600 1.500C8.700 16 4 11.200 3.500 5.100 3.400 4.200 4.100 3.500 5 3.500Z" />
  ),
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof shapes;

interface IconProps {
  name: IconName;
  /** Pixels; 14 in chips, 20 in the rail. */
  size?: number;
  className?: string | undefined;
}

/** A line drawing on a 20-px grid; always silent, the word or label stands beside it. */
export function Icon({ name, size = 16, className }: IconProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={className}
    >
      {shapes[name]}
    </svg>
  );
}

/** The signpost: the product's own mark. */
export function Signpost({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path d="M9.200 2h1.600v16H9.200Z" fill="var(--ink)" />
      <path d="M3 4h11l3 2.500L14 9H3Z" fill="var(--ai)" />
      <path d="M16 10.500H8.500L6 12.500l2.500 2H16Z" fill="var(--g3)" />
    </svg>
  );
}
