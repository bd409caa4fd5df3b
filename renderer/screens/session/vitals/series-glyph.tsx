import type { ReactElement } from 'react';

/** The shape of each series, so that it is known without its colour. 30 × 16. */
const glyphs = {
  pulse: <path d="M1 9h7l2.5-3.500L14 14 17.5 2l3 7H29" />,
  spo2: (
    <>
      <path d="M1 8h9M20 8h9" />
      <circle cx="15" cy="8" r="4.6" />
    </>
  ),
  bp: (
    <>
      <path d="M15 1.500v13" strokeWidth="5" />
      <path d="M8.5 9h13" strokeWidth="2.8" strokeLinecap="butt" />
    </>
  ),
  resp: <path d="M1 8c2.3-8.5 7-8.5 9.3 0s7 8.5 9.3 0S26.7-.5 29 8" />,
  co2: <path d="M1 13h4c2.5 0 1.5-10 5-10h10c3.5 0 2.5 10 5 10h4" strokeDasharray="3.2 3.6" />,
} as const satisfies Record<string, ReactElement>;

type SeriesGlyphName = keyof typeof glyphs;

export function SeriesGlyph({ name }: { readonly name: SeriesGlyphName }) {
  return (
    <svg
      width="30"
      height="16"
      viewBox="0 0 30 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      overflow="visible"
      aria-hidden="true"
      focusable="false"
    >
      {glyphs[name]}
    </svg>
  );
}
