import type { ReactElement } from 'react';

/** 24 grid, 1.9 stroke, round. No triangle, no exclamation mark, no bell, no heart. */
const shapes = {
  back: <path d="M15 5.5 8.5 12l6.5 6.5" />,
  forward: <path d="M9 5.5 15.5 12 9 18.5" />,
  down: <path d="M5.5 9 12 15.5 18.5 9" />,
  check: <path d="m5 12.8 4.4 4.4L19.2 7" />,
  ring: <circle cx="12" cy="12" r="6.5" />,
  close: <path d="m6 6 12 12M18 6 6 18" />,
  plus: <path d="M12 5v14M5 12h14" />,
  pause: <path d="M9 5.5v13M15 5.5v13" />,
  undo: <path d="M8.5 5 4.5 9l4 4M4.8 9H14a5.5 5.5 0 0 1 0 11H9" />,
  enter: <path d="M19 6v6.5H6M9.5 9 6 12.5 9.5 16" />,
  person: (
    <>
      <circle cx="12" cy="8" r="3.8" />
      <path d="M4.8 20c.7-4 3.5-6 7.2-6s6.5 2 7.2 6" />
    </>
  ),
  lock: (
    <>
      <rect x="5" y="10.5" width="14" height="9.5" rx="2.2" />
      <path d="M8.3 10.500V8a3.7 3.7 0 0 1 7.4 0v2.5" />
    </>
  ),
  sun: (
    <>
      <circle cx="12" cy="12" r="3.9" />
      <path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.400M5.6 18.4 7 17M17 7l1.4-1.4" />
    </>
  ),
  moon: <path d="M19.5 14.200A8 8 0 0 1 9.8 4.500a8 8 0 1 0 9.7 9.700Z" />,
  eye: (
    <>
      <path d="M2.8 12S6.2 5.8 12 5.8 21.2 12 21.2 12 17.8 18.2 12 18.2 2.8 12 2.8 12Z" />
      <circle cx="12" cy="12" r="2.7" />
    </>
  ),
  cuff: (
    <>
      <rect x="3.5" y="6" width="11" height="8.5" rx="2" />
      <path d="M9 14.500v3a2 2 0 0 0 2 2h4.500a2 2 0 0 0 2-2V14" />
      <circle cx="17.5" cy="11.8" r="2.1" />
    </>
  ),
  list: <path d="M5 6.500h14M5 12h14M5 17.500h9" />,
  gauge: (
    <>
      <path d="M4.2 17.500a9 9 0 1 1 15.6 0" />
      <path d="m12 14.5 3.8-5" />
      <circle cx="12" cy="14.5" r="1.2" />
    </>
  ),
  flag: <path d="M6 21V4M6 5h11.500l-2.2 4 2.2 4H6" />,
  hand: (
    <path d="M8.5 12V6.200a1.5 1.5 0 0 1 3 0V11m0-.5V4.700a1.5 1.5 0 0 1 3 0V11m0-.300V6.500a1.5 1.5 0 0 1 3 0v7.700c0 3.5-2.2 6.3-5.7 6.3-2.9 0-4.3-1.4-5.5-3.800l-2-3.900c-.9-1.7 1.3-2.9 2.4-1.500l1.8 2.4" />
  ),
  pencil: <path d="M4.5 19.5 5.6 15 16 4.600l3.4 3.400L9 18.400l-4.5 1.100ZM13.8 6.800l3.4 3.4" />,
  clock: (
    <>
      <circle cx="12" cy="12" r="8.3" />
      <path d="M12 7.300V12l3.2 2" />
    </>
  ),
  plug: <path d="M9 3.500V8M15 3.500V8M6.5 8h11v3.500a5.5 5.5 0 0 1-11 0V8ZM12 17v4" />,
  'cable-out': (
    <path d="M2 12h3M5 8.500h2.800a1.2 1.2 0 0 1 1.2 1.200v4.600a1.2 1.2 0 0 1-1.2 1.200H5v-7ZM9 10.500h2M9 13.500h2M22 12h-3M19 8.500h-2.800a1.2 1.2 0 0 0-1.2 1.200v4.600a1.2 1.2 0 0 0 1.2 1.200H19v-7Z" />
  ),
  keyboard: (
    <>
      <rect x="2.8" y="6" width="18.4" height="12" rx="2.2" />
      <path d="M6.5 10h.01M10 10h.01M13.5 10h.01M17 10h.01M8 14.300h8" />
    </>
  ),
  monitor: (
    <>
      <rect x="3" y="4.5" width="18" height="12" rx="2.2" />
      <path d="M6 10.800h3l1.5-3 2.5 5.5 1.5-2.500H18M9 20h6" />
    </>
  ),
  note: <path d="M6 3.500h8.500L18.5 8v12.500H6v-17ZM14 3.800V8.500h4.300M9 12.500h6M9 16h6" />,
  disk: (
    <>
      <ellipse cx="12" cy="6.3" rx="7.5" ry="2.8" />
      <path d="M4.5 6.300v11.400c0 1.5 3.4 2.8 7.5 2.800s7.5-1.3 7.5-2.800V6.300M4.5 12c0 1.5 3.4 2.8 7.5 2.800s7.5-1.3 7.5-2.8" />
    </>
  ),
  'disk-stopped': (
    <>
      <ellipse cx="12" cy="6.3" rx="7.5" ry="2.8" />
      <path d="M4.5 6.300v11.400c0 1.5 3.4 2.8 7.5 2.8 1 0 2-.1 2.8-.2M19.5 6.300v6M4.5 12c0 1.5 3.4 2.8 7.5 2.800M16.5 15.500l5 5M21.5 15.500l-5 5" />
    </>
  ),
  pump: (
    <>
      <rect x="4.5" y="4" width="15" height="16" rx="2.2" />
      <path d="M8 8h8v3.500H8zM8.5 15.500h.01M12 15.500h.01M15.5 15.500h.01" />
    </>
  ),
  home: <path d="m4 11 8-7 8 7M6 9.500V20h12V9.500M10 20v-5.500h4V20" />,
  search: (
    <>
      <circle cx="10.5" cy="10.5" r="6" />
      <path d="m15 15 5 5" />
    </>
  ),
  print: <path d="M7 9V4h10v5M7 17.500H4.500V9h15v8.500H17M7 14h10v6.500H7z" />,
} as const satisfies Record<string, ReactElement>;

export type IconName = keyof typeof shapes;

interface IconProps {
  readonly name: IconName;
  readonly size?: number;
  readonly className?: string | undefined;
}

/** Hidden from screen readers, because it always stands beside words that say the same. */
export function Icon({ name, size = 24, className }: IconProps) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {shapes[name]}
    </svg>
  );
}
